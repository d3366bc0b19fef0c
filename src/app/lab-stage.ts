import { join } from "node:path";
import { passingKey } from "../adapters/passing-key.ts";
import { sqliteCatalogue } from "../adapters/sqlite/catalogue.ts";
import { open } from "../adapters/sqlite/database.ts";
import { directSearch, directStore, forked } from "../adapters/sqlite/direct.ts";
import { keptBodies } from "../adapters/sqlite/reader.ts";
import type { Fixture } from "../lab/fixture.ts";
import type { Stage } from "../lab/play.ts";
import { loadKnowledge, loadVendor } from "./vendor.ts";

/** Vendors as the lab plays them: each read once, then a copy in memory for every play. */
export interface Stages {
  open(fixture: Fixture): Promise<Stage>;
  /** Vendors' files changed: read them again when they are next needed. */
  forget(): void;
}

/** `root` holds fixtures/vendors/. A row that cannot be read is told to `onProblem`. */
export function stages(root: string, onProblem: (line: string) => void): Stages {
  const vendors = new Map<string, ReturnType<typeof read>>();
  return {
    open: async ({ vendor: name }) => {
      let coming = vendors.get(name);
      if (!coming) {
        coming = read(join(root, "fixtures/vendors", name), onProblem);
        vendors.set(name, coming);
      }
      const { image, bodies, policy, signer } = await coming;
      const db = forked(image);
      return {
        house: { store: directStore(db), search: directSearch(db, bodies), signer, policy: () => policy },
        close: () => db.close(),
      };
    },
    forget: () => vendors.clear(),
  };
}

async function read(folder: string, onProblem: (line: string) => void) {
  const { vendor, limits, digest } = await loadVendor(folder);
  const db = open(":memory:");
  await loadKnowledge(folder, sqliteCatalogue(db, vendor.default_stock), onProblem);
  const image = db.serialize();
  db.close();
  return {
    image,
    bodies: keptBodies(),
    policy: { vendor, limits, policy: digest },
    signer: passingKey("parley-intent+jws"),
  };
}
