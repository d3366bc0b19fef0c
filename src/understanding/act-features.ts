import { minorUnits } from "../domain/money.ts";
import type { Offer } from "../domain/offer.ts";
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
 * made of the message, alone and together with where the talk stands. Of a figure counts only how it compares with what
 * stands, and a word of the goods on the table is as good as another.
 */
export function featuresOf(raw: string, setting: Setting, house: Understood): Uint32Array {
  const found: number[] = [];
  stamp = (stamp + 1) >>> 0 || 1;
  const once = (place: number) => {
    if (STAMPS[place] === stamp) return;
    STAMPS[place] = stamp;
    found.push(place);
  };
  const situation = hashed(situationOf(setting.state), SEED);
  const add = (hash: number) => {
    once(placed(hash));
    once(placed(Math.imul(hash ^ situation, 0x9e3779b1)));
  };
  add(BIAS);
  const text = settled(raw, setting);
  const words = alike(text, setting);
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

/** Which message last had each place: a scratch pad, of which nothing is read that an earlier message wrote. */
const STAMPS = new Uint32Array(PLACES);
let stamp = 0;

/** The words of a text, with a sign for each figure and each word of a title on the table. */
function alike(text: string, { offer, lexicon }: Setting): string[] {
  if (!offer) return wordsIn(text);
  const named = titleWords(offer);
  const ends = lexicon.lang === "en" ? PLURAL : PARTICLES;
  return splitWords(text.replace(FIGURE, (figure) => signOf(figure, offer))).map((word) => {
    if (named.has(word)) return NAMED;
    const bare = word.replace(ends, "");
    return named.has(bare) ? NAMED + word.slice(bare.length) : word;
  });
}

const FIGURE = /\d+(?:,\d{3})*(?:\.\d+)?/g;
const NAMED = "@";
const PLURAL = /e?s$/;
const PARTICLES = /(?:을|를|은|는|이|가|도|만|로|으로|랑|하고|요|이요)$/;

/** `=` a price or the total that stands, `#` the count, `<` and `>` beside a price, `0` anything else. */
function signOf(figure: string, { currency, lines, totals }: Offer): string {
  const plain = figure.replaceAll(",", "");
  const amount = minorUnits(plain, currency) ?? 0;
  const prices = lines.map(({ unit_price }) => unit_price);
  if (amount === totals.total || amount === totals.goods || prices.includes(amount)) return "=";
  if (lines.some(({ quantity }) => quantity === Number(plain))) return "#";
  const nearest = [...prices, totals.total].find((price) => amount > price * NEAR && amount < price / NEAR);
  if (nearest === undefined) return "0";
  return amount < nearest ? "<" : ">";
}

/** A price within this share of another is spoken of instead of it. */
const NEAR = 0.5;

/** The words of a text put right, its figures alike. */
export function wordsIn(text: string): string[] {
  return splitWords(text).map((word) => word.replace(/\d+/g, "0"));
}

function splitWords(text: string): string[] {
  return text.split(/[\s.,!?;:"()~]+/).filter((word) => word !== "");
}

function titleWords({ lines }: Offer): ReadonlySet<string> {
  return new Set(
    lines.flatMap(({ title }) => splitWords(title.toLowerCase())).filter((word) => word.length > 1),
  );
}

const BIAS = 7_919;
const [SEED, WORD, PAIR, FIRST, LAST, LENGTH, CUE, ACT, MADE] = [
  2166136261, 40_503, 65_537, 92_821, 131_071, 174_763, 262_147, 393_241, 524_287,
];

/** What a word is known by where only whether it is known counts. */
export function markOf(word: string): number {
  return hashed(word, SEED) >>> 0;
}

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
