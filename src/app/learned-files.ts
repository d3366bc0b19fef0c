import { readFile, rm } from "node:fs/promises";
import { join } from "node:path";
import { Entry } from "../domain/entry.ts";
import { type Drafted, fixtureId, fixtureText, LEARNED } from "../learning/draft.ts";
import { replaceFile } from "./replace-file.ts";

/** Where conversations that published answers must hold are kept, in a gateway's home. */
export const LEARNED_FIXTURES = "learned/dialogues";

/**
 * What was published from gaps, as files in a home: entries as `ingest` takes them and fixtures as the lab plays them. The
 * knowledge base is what counts; these are to be kept, read and carried elsewhere.
 */
export function learnedFiles(home: string) {
  const file = join(home, LEARNED);
  const all = async (): Promise<readonly Entry[]> => {
    const text = await readFile(file, "utf8").catch(() => "");
    const lines = text.split("\n").filter((line) => line !== "");
    return lines.map((line) => Entry.parse({ source: { name: LEARNED }, ...JSON.parse(line) }));
  };
  const isOf = (gap: string) => (entry: Pick<Entry, "id">) => entry.id.startsWith(`learned/${gap}/`);
  return {
    of: async (gap: string): Promise<readonly Entry[]> => (await all()).filter(isOf(gap)),
    /** In the stead of what the gap had. */
    put: async (gap: string, { entries, fixtures }: Drafted): Promise<void> => {
      const known = await all();
      for (const { id } of known.filter(isOf(gap)))
        await rm(join(home, LEARNED_FIXTURES, `${fixtureId(id)}.yaml`), { force: true });
      for (const fixture of fixtures)
        await replaceFile(join(home, LEARNED_FIXTURES, `${fixture.id}.yaml`), fixtureText(fixture));
      const others = known.filter((entry) => !isOf(gap)(entry));
      const lines = [...others, ...entries].map(({ source: _, ...entry }) => `${JSON.stringify(entry)}\n`);
      await replaceFile(file, lines.join(""));
    },
  };
}
