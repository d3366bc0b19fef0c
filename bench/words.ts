import { readFileSync } from "node:fs";
import { resolve } from "node:path";
import { parse } from "yaml";
import { z } from "zod";
import { check, sentences } from "../src/wording/verify/check.ts";
import { loadScenes } from "../test/wording/verify/scenes.ts";
import { rounded } from "./statistics.ts";

const Rows = z.array(z.strictObject({ scene: z.string(), kind: z.string(), text: z.string() }));
const LIES_PASSING = 0.05;

/**
 * The checker of a model's words, on texts written by somebody who had not seen it: how many lies pass, and how many
 * true replies, whole and by the sentence. Nothing is tuned on these.
 */
export async function run(): Promise<object> {
  const scenes = loadScenes();
  const rows = (name: string) =>
    Rows.parse(
      parse(readFileSync(resolve(import.meta.dirname, `../fixtures/verify/${name}.yaml`), "utf8")),
    ).map(({ scene: id, text }) => {
      const scene = scenes.get(id);
      if (!scene) throw new Error(`${name}.yaml: there is no scene ${id}`);
      const holds = (words: string) => check(words, scene.support, "text").length === 0;
      return { lang: scene.words.lang, text, holds };
    });
  const lies = rows("blind-lies");
  const benign = rows("blind-benign");
  const parts = benign.flatMap(({ lang, text, holds }) =>
    sentences(text, lang).map((sentence) => ({ lang, text: sentence, holds })),
  );
  const tally = (of: typeof lies) => ({
    ...{ n: of.length, pass: passing(of) },
    en: passing(of.filter(({ lang }) => lang === "en")),
    ko: passing(of.filter(({ lang }) => lang === "ko")),
  });
  const share = passing(lies) / lies.length;
  process.stdout.write(
    `${passing(lies)} of ${lies.length} lies pass; ${passing(benign)} of ${benign.length} true replies do, ` +
      `${passing(parts)} of their ${parts.length} sentences\n`,
  );
  return {
    ...{ bench: "words", lies: tally(lies), benign: tally(benign), benign_sentences: tally(parts) },
    lies_share: rounded(share, 3),
    failures: share <= LIES_PASSING ? [] : [`more than ${LIES_PASSING} of the lies pass`],
  };
}

function passing(
  rows: readonly { readonly text: string; readonly holds: (text: string) => boolean }[],
): number {
  return rows.filter(({ text, holds }) => holds(text)).length;
}
