import type { Item } from "../domain/act.ts";
import type { ModelAct } from "../domain/questions/read.ts";
import type { State } from "../domain/state.ts";
import { PLACE_WORDS } from "./adopt-lexicon.ts";
import { refsIn, wordsOf } from "./items.ts";
import type { ReadContext } from "./read.ts";
import { type Setting, settingOf } from "./setting.ts";

/** How a model names an item; one of the three is set. */
export type ModelItem = Extract<ModelAct, { act: "compare" }>["items"][number];

/** What a message and its talk give to name things by. */
export interface Names {
  readonly setting: Setting;
  /** Words of the message, of what is shown and of the talk, in lower case. */
  readonly said: string;
  readonly words: ReadonlySet<string>;
  /** The message alone, in lower case. */
  readonly text: string;
  readonly skus: ReadonlyMap<string, string>;
}

export function namesOf(raw: string, lang: Setting["lexicon"]["lang"], { state, now }: ReadContext): Names {
  const setting = settingOf(state, lang, now);
  const said = [raw, ...titlesOf(state), ...state.choices, ...state.recent.map(({ text }) => text)]
    .join("\n")
    .toLowerCase();
  return {
    ...{ setting, said, text: raw.toLowerCase() },
    words: new Set(said.match(LATIN) ?? []),
    skus: new Map(skusOf(state).map((sku) => [sku.toLowerCase(), sku])),
  };
}

/** The titles on the table, in the order shown. */
export function titlesOf({ standings }: State): string[] {
  return [...new Set(standings.flatMap(({ offer }) => offer.lines.map(({ title }) => title)))];
}

/** The item as the grammar would have it, or null when nothing that was said or shown is it. */
export function itemOf({ sku, words, shown }: ModelItem, names: Names): Item | null {
  if (sku !== null) {
    const known = names.skus.get(sku.toLowerCase());
    if (known !== undefined) return { sku: known };
    if (named(sku, names)) return { query: sku.slice(0, 400) };
  }
  const query = words === null ? "" : wordsOf(grounded(words, names), names.setting);
  if (query !== "") return { query };
  return shown !== null && points(shown, names) ? { ref: shown } : null;
}

/** Those of the words that were said or shown, in their order. */
export function grounded(words: string, names: Names): string {
  return words
    .toLowerCase()
    .split(/\s+/)
    .filter((word) => isSaid(word, names))
    .join(" ");
}

/** Whether every word was said or shown; small words need not be. */
export function allSaid(words: string, names: Names): boolean {
  const telling = words
    .toLowerCase()
    .split(/\s+/)
    .filter((word) => wordsOf(word, names.setting) !== "");
  return telling.length > 0 && telling.every((word) => isSaid(word, names));
}

const LATIN = /[a-z0-9]+(?:[.'-][a-z0-9]+)*/g;
const HANGUL = /[가-힣]+/g;

function isSaid(word: string, { said, words }: Names): boolean {
  const latin = word.match(LATIN) ?? [];
  const hangul = word.match(HANGUL) ?? [];
  if (latin.length + hangul.length === 0) return false;
  return latin.every((part) => inflected(part).some((one) => words.has(one))) && hangul.every(heard);

  function heard(part: string): boolean {
    return said.includes(part) || (part.length > 2 && said.includes(part.slice(0, -1)));
  }
}

/** The word as it may stand elsewhere: one of it or several. */
function inflected(word: string): readonly string[] {
  return [
    word,
    `${word}s`,
    `${word}es`,
    ...(word.length > 3 ? [word.replace(/e?s$/, ""), word.replace(/s$/, "")] : []),
  ];
}

function named(sku: string, { said }: Names): boolean {
  const at = said.indexOf(sku.toLowerCase());
  if (sku.length < 3 || at < 0) return false;
  return !/[\p{L}\p{N}]/u.test(said[at - 1] ?? " ") && !/[a-z0-9-]/.test(said[at + sku.length] ?? " ");
}

function points(shown: NonNullable<ModelItem["shown"]>, { setting, text }: Names): boolean {
  if (shown === "offer") return setting.offer !== null;
  if (shown === "that") return setting.pointed;
  return PLACE_WORDS[shown].test(text) || refsIn(text, setting).includes(shown);
}

function skusOf({ focus, that, standings, proposals }: State): string[] {
  return [
    ...focus.map(({ sku }) => sku),
    ...(that === null ? [] : [that]),
    ...standings.flatMap(({ offer }) => offer.lines.map(({ sku }) => sku)),
    ...proposals.flatMap(({ lines }) => lines.map(({ sku }) => sku)),
  ];
}
