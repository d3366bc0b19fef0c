import { randomUUID } from "node:crypto";
import { Fault } from "../../domain/fault.ts";
import { digest } from "../../domain/hash.ts";
import type { Catalogue, LoadReport } from "../../ports/catalogue.ts";
import { written } from "../lexical/words.ts";
import { documentOf, mapping } from "./documents.ts";
import { Bulk, type Call, callsTo } from "./wire.ts";

/** Keeps the products' words in the index; everything else of a catalogue stays where its facts are. Makes the index. */
export async function openSearchCatalogue(url: string): Promise<Catalogue> {
  const call = callsTo(url);
  await call("PUT", "", mapping).catch((error: unknown) => {
    const cause = error instanceof Fault ? String((error.cause as Error)?.message) : "";
    if (!cause.includes("resource_already_exists_exception")) throw error;
  });
  return {
    begin: async (origin) => {
      const load = randomUUID();
      const none: LoadReport = { added: 0, changed: 0, unchanged: 0, withdrawn: 0 };
      return {
        put: async (entries) => {
          const products = entries.filter((entry) => entry.kind === "product");
          const at = Date.now();
          for (let from = 0; from < products.length; from += BATCH) {
            const batch = products.slice(from, from + BATCH);
            const lines = batch.flatMap((product) => [
              { index: { _id: digest(product.id) } },
              documentOf(product, origin, load, at),
            ]);
            await bulk(call, lines, from + BATCH >= products.length);
          }
        },
        finish: async () => {
          const query = {
            bool: {
              filter: [{ term: { origin: written(origin) } }],
              must_not: [{ term: { load } }],
            },
          };
          await call("POST", "/_delete_by_query?conflicts=proceed&refresh=true", { query });
          return none;
        },
        leave: async () => none,
      };
    },
  };
}

const BATCH = 500;

/** The last of several makes all of them searchable. */
async function bulk(call: Call, lines: readonly object[], last: boolean): Promise<void> {
  const body = lines.map((line) => `${JSON.stringify(line)}\n`).join("");
  const { errors, items } = Bulk.parse(await call("POST", `/_bulk?refresh=${last}`, body));
  if (!errors) return;
  const reasons = items.flatMap((item) => Object.values(item).flatMap(({ error }) => error?.reason ?? []));
  throw new Fault("unavailable", `the search engine did not take ${reasons.length} products`, {
    cause: new Error(reasons.slice(0, 5).join("; ")),
  });
}
