import { resolve } from "node:path";
import { stages } from "../../src/app/lab-stage.ts";
import { Fixture } from "../../src/lab/fixture.ts";
import type { Outcome } from "../../src/lab/outcome.ts";
import { HOUSE, play } from "../../src/lab/play.ts";

const set = stages(resolve(import.meta.dirname, "../.."), () => {});

/** A real play by the house, in the words given. */
export async function played(
  id: string,
  lang: "en" | "ko",
  turns: readonly { readonly say: string; readonly expect?: object }[],
): Promise<Outcome> {
  const currency = lang === "ko" ? "KRW" : "USD";
  const fixture = Fixture.parse({ id, about: `About ${id} & "quotes" <b>`, lang, currency, turns });
  return play({ fixture, file: `fixtures/dialogues/${id}.yaml` }, await set.open(fixture), HOUSE);
}

const call = {
  prompt: "word",
  version: 3,
  hash: "0a1b2c3d4e5f6071",
  inputs: "ffff",
  model: "openai:gpt-5-mini",
  outcome: "answered",
  requests: 1,
  repaired: false,
  tokens: { in: 812, out: 64 },
  micro_usd: 310,
  ms: 640,
} as const;

/** The same as it would have come with a model whose prompt was edited since. */
export function stale(outcome: Outcome): Outcome {
  const turns = outcome.turns.map((turn) => ({
    ...turn,
    calls: [
      {
        call,
        source: "stale" as const,
        stale: {
          changed: ["prompt" as const],
          diff: "--- word as recorded\n+++ word now\n@@ -1,2 +1,2 @@\n-Be <brief>.\n+Be kind.",
          tokens: { before: 700, after: 720 },
        },
      },
    ],
    tokens: { in: 812, out: 64 },
    micro_usd: 310,
  }));
  return { ...outcome, mode: "tape", model: "openai:gpt-5-mini", verdict: "stale", turns, house: outcome };
}
