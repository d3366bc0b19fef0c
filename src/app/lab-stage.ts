import { join } from "node:path";
import { passingKey } from "../adapters/passing-key.ts";
import { sqliteCatalogue } from "../adapters/sqlite/catalogue.ts";
import { open } from "../adapters/sqlite/database.ts";
import { directSearch, directStore, forked, renewal } from "../adapters/sqlite/direct.ts";
import { type Bodies, keptBodies } from "../adapters/sqlite/reader.ts";
import { drawsFor } from "../domain/draws.ts";
import type { Fixture } from "../lab/fixture.ts";
import type { Stage } from "../lab/play.ts";
import type { Search } from "../ports/search.ts";
import type { Store } from "../ports/store.ts";
import { ingest } from "./loading.ts";
import { loadKnowledge, loadVendor } from "./vendor.ts";

/** Vendors as the lab plays them: each read once, then copies in memory, each for one play at a time. */
export interface Stages {
  open(fixture: Pick<Fixture, "vendor">): Promise<Stage>;
  /** Vendors' files changed: read them again when they are next needed. */
  forget(): void;
}

/** `root` holds fixtures/vendors/. A row that cannot be read is told to `onProblem`. */
export function stages(root: string, onProblem: (line: string) => void): Stages {
  return stagesIn((name) => ({ folder: join(root, "fixtures/vendors", name) }), onProblem);
}

/** Where a vendor's files are, and what else it knows: a file or folder as `ingest` takes it. */
export interface Known {
  readonly folder: string;
  readonly more?: string;
}

export function stagesIn(known: (vendor: string) => Known, onProblem: (line: string) => void): Stages {
  const vendors = new Map<string, ReturnType<typeof read>>();
  return {
    open: async ({ vendor: name }) => {
      let coming = vendors.get(name);
      if (!coming) {
        coming = read(known(name), onProblem);
        vendors.set(name, coming);
      }
      const vendor = await coming;
      const copy = vendor.idle.pop() ?? copyOf(vendor);
      return {
        house: { ...copy.base, signer: vendor.signer, policy: () => vendor.policy },
        close: () => {
          copy.renew();
          vendor.idle.push(copy);
        },
      };
    },
    forget: () => vendors.clear(),
  };
}

/** Fixtures expect amounts, so that the lab draws its limits with a key that everybody may know. */
export const LAB_KEY = "every-fixture-is-played-with-this-known-key";

interface Copy {
  readonly base: { readonly store: Store; readonly search: Search };
  readonly renew: () => void;
}

function copyOf({ image, bodies }: { readonly image: Uint8Array; readonly bodies: Bodies }): Copy {
  const db = forked(image);
  return { base: { store: directStore(db), search: directSearch(db, bodies) }, renew: renewal(db) };
}

async function read({ folder, more }: Known, onProblem: (line: string) => void) {
  const { vendor, limits, digest } = await loadVendor(folder);
  const db = open(":memory:");
  const catalogue = sqliteCatalogue(db, vendor.default_stock);
  await loadKnowledge(folder, catalogue, onProblem);
  if (more !== undefined) {
    const options = { origin: "learned", now: new Date().toISOString(), onProblem };
    await ingest([more], options, { catalogue, out: { write: () => true } });
  }
  const image = db.serialize();
  db.close();
  return {
    image,
    idle: [] as Copy[],
    bodies: keptBodies(),
    policy: { vendor, limits, draws: drawsFor(limits, LAB_KEY, 1), policy: digest },
    signer: passingKey("parley-intent+jws"),
  };
}
