import type { State } from "../domain/state.ts";
import { settled } from "./clause.ts";
import type { Understood } from "./conclude.ts";
import type { Setting } from "./setting.ts";
import { CUES } from "./vocabulary.ts";

/** What a message can be meant to do; a confirm is an accept, of what was read back. */
export const LABELS = [
  ...["greet", "ask", "search", "compare", "propose", "accept", "reject", "withdraw", "inform"],
  ...["order_status", "cancel_order", "handoff", "leave", "thank", "help", "none"],
] as const;
export type Label = (typeof LABELS)[number];

/** Where the talk stands, as far as it changes what words mean. */
export const SITUATIONS = ["start", "shown", "offer", "readback", "address", "ordered"] as const;
export type Situation = (typeof SITUATIONS)[number];

export function situationOf({ readback, ask, standings, intents, focus }: State): Situation {
  if (readback) return "readback";
  if (ask === "ship_to" || ask === "payer") return "address";
  if (standings.some(({ status }) => status === "live")) return "offer";
  if (intents.length > 0) return "ordered";
  return focus.length > 0 ? "shown" : "start";
}

/** Features are hashed into so many places (Weinberger et al. 2009, "Feature hashing"). */
export const PLACES = 1 << 15;

/** Letters a run of them may have, from and to. Korean syllables say more each. */
const RUNS = { en: [2, 5], ko: [1, 3] } as const;

/**
 * The places of a message's features, each once: runs of letters, words, pairs of words, cues of the grammar and what it
 * made of the message, alone and together with where the talk stands. All figures of a message are alike.
 */
export function featuresOf(raw: string, setting: Setting, house: Understood): Uint32Array {
  const found = new Set<number>();
  const situation = hashed(situationOf(setting.state), SEED);
  const add = (hash: number) => {
    found.add(placed(hash));
    found.add(placed(Math.imul(hash ^ situation, 0x9e3779b1)));
  };
  const text = settled(raw, setting);
  const words = wordsIn(text);
  const line = ` ${words.join(" ")} `;
  const [from, to] = RUNS[setting.lexicon.lang];
  for (let at = 0; at < line.length; at++) {
    let hash = SEED;
    for (let length = 1; length <= to && at + length <= line.length; length++) {
      hash = step(hash, line.charCodeAt(at + length - 1));
      if (length >= from) add(hash);
    }
  }
  for (const [i, word] of words.entries()) {
    add(hashed(word, WORD));
    const next = words[i + 1];
    if (next !== undefined) add(hashed(next, hashed(word, PAIR)));
  }
  add(hashed(words[0] ?? "", FIRST));
  add(hashed(words.at(-1) ?? "", LAST));
  add(hashed(/[?？]/.test(raw) ? "?" : ".", LENGTH + Math.min(12, words.length)));
  for (const cue of CUES) if (setting.lexicon.cues[cue].test(text)) add(hashed(cue, CUE));
  const acts = house.acts.map(({ act }) => act).sort();
  for (const act of acts) add(hashed(act, ACT));
  add(hashed(`${acts.join("+")} ${house.unsure ?? ""}`, MADE));
  add(hashed(house.unsure ?? "", MADE + Math.round(house.confidence * 10)));
  return Uint32Array.from(found);
}

/** The words of a text put right, its figures alike. */
export function wordsIn(text: string): string[] {
  return text
    .split(/[\s.,!?;:"()~]+/)
    .filter((word) => word !== "")
    .map((word) => word.replace(/\d+/g, "0"));
}

const [SEED, WORD, PAIR, FIRST, LAST, LENGTH, CUE, ACT, MADE] = [
  2166136261, 40_503, 65_537, 92_821, 131_071, 174_763, 262_147, 393_241, 524_287,
];

/** FNV-1a. */
function step(hash: number, code: number): number {
  return Math.imul(hash ^ code, 16_777_619);
}

function hashed(text: string, seed: number): number {
  let hash = seed;
  for (let i = 0; i < text.length; i++) hash = step(hash, text.charCodeAt(i));
  return hash;
}

function placed(hash: number): number {
  return ((hash ^ (hash >>> 15)) >>> 0) % PLACES;
}
