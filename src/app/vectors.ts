import type { DatabaseSync } from "node:sqlite";
import { openEmbeddings } from "../adapters/model/embeddings.ts";
import { type Filled, fill } from "../adapters/vectors/fill.ts";
import { hybridSearch } from "../adapters/vectors/hybrid.ts";
import { nearest } from "../adapters/vectors/nearest.ts";
import { Fault } from "../domain/fault.ts";
import type { Embed } from "../ports/embed.ts";
import type { Log } from "../ports/log.ts";
import type { Search } from "../ports/search.ts";
import { count } from "./progress.ts";

export interface EmbedConfig {
  readonly url: string;
  readonly model: string;
  readonly key: string | undefined;
}

/** A search that vectors have a say in; `begin` makes those that products lack, and ends with the search. */
export async function openVectors(
  config: EmbedConfig,
  { db, search: words }: { readonly db: DatabaseSync; readonly search: Search },
  log: Log,
): Promise<{ readonly search: Search; begin(): void }> {
  const path = db.location();
  if (path === null) throw new Fault("bad_config", "vectors need a database in a file");
  const embed = await opened(config);
  const near = nearest(
    path,
    once((problem) => log.warn({ problem }, "no vectors to search by")),
  );
  const hybrid = hybridSearch({ words, embed, nearest: near, log });
  const ending = new AbortController();
  let filling: Promise<void> = Promise.resolve();
  return {
    search: {
      ...hybrid,
      close: async () => {
        ending.abort();
        await filling;
        await hybrid.close();
      },
    },
    begin: () => {
      filling = fill(db, embed, ending.signal).then(
        (filled) =>
          log[filled.problem === null ? "info" : "warn"](
            { ...filled, model: embed.id },
            "vectors of products",
          ),
        (error: unknown) => log.warn({ problem: String(error) }, "no vectors were made"),
      );
    },
  };
}

/** Makes the vectors that products lack; gives a line for a person. */
export async function makeVectors(config: EmbedConfig, db: DatabaseSync): Promise<string> {
  const filled = await fill(db, await opened(config), new AbortController().signal);
  return `vectors: ${told(filled)}\n`;
}

function told({ made, reused, missing, problem }: Filled): string {
  const done = `${count(made)} made, ${count(reused)} taken over`;
  if (problem === null) return done;
  return `${done}, ${count(missing)} missing (${problem}); what has none is found by its words`;
}

function opened({ url, model, key }: EmbedConfig): Promise<Embed> {
  return openEmbeddings({ base_url: url, model, key });
}

/** The same sentence is told once, however many searches run into it. */
function once(tell: (problem: string) => void): (problem: string) => void {
  const known = new Set<string>();
  return (problem) => {
    if (known.size > 20 || known.has(problem)) return;
    known.add(problem);
    tell(problem);
  };
}
