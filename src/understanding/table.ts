import type { Item } from "../domain/act.ts";
import type { Offer } from "../domain/offer.ts";
import { colourIn, refsIn, withoutRefs } from "./items.ts";
import type { Setting } from "./setting.ts";

/** Words that name goods, as said: lower case, without what counts them. */
export type Goods = string;
type Line = Offer["lines"][number];

export function onOffer({ lines }: Offer): readonly Line[] {
  return lines.filter(({ gift }) => !gift);
}

/** The line of the live offer that is meant: by its place, by words of its title, or as the only one there is. */
export function lineFor(goods: Goods, setting: Setting): Line | null {
  const { offer } = setting;
  if (!offer) return null;
  const lines = onOffer(offer);
  const pointed = placed(goods, lines, setting);
  if (pointed) return pointed;
  const words = wordsIn(goods);
  const fitting = lines.filter(({ title }) => words.every((word) => has(title, word)));
  const [only] = fitting;
  return words.length > 0 && only && fitting.length === 1 ? only : null;
}

/** The goods as an item: a line that stands, one of what was shown, or words for the catalogue. */
export function itemFor(goods: Goods, setting: Setting): Item | null {
  const line = lineFor(goods, setting);
  if (line) return { sku: line.sku };
  const [ref] = refsIn(goods, setting);
  const color = colourIn(goods, setting);
  const options = color === undefined ? {} : { options: { color } };
  const bare = wordsIn(withoutRefs(goods, setting).replace(setting.lexicon.colour, " "));
  if (ref !== undefined && bare.length === 0) {
    const place = PLACES.indexOf(ref);
    if (setting.offer && place >= onOffer(setting.offer).length) return null;
    return setting.pointed ? { ref, ...options } : null;
  }
  if (color !== undefined && bare.length === 0)
    return setting.pointed && setting.offer === null ? { ref: "that", ...options } : null;
  const words = wordsIn(goods);
  return words.length === 0 || words.length > 8 ? null : { query: words.join(" ") };
}

/**
 * One thing in the place of a line that stands, `goods` or the only one. A colour or a size alone is that of the same
 * thing; "the mesh one" is of the same kind, in English the last word of what it replaces.
 */
export function swapped(
  goods: Goods | null,
  into: Goods,
  setting: Setting,
): { readonly line: Line; readonly item: Item } | null {
  const { offer } = setting;
  const lines = offer ? onOffer(offer) : [];
  const line = goods === null ? (lines.length === 1 ? lines[0] : null) : lineFor(goods, setting);
  if (!line) return null;
  const color = colourIn(into, setting);
  const words = wordsIn(into.replace(setting.lexicon.colour, " ").replace(/^낱개/, "1개입"));
  const name = kindOf(line, setting);
  if (words.length === 0)
    return color === undefined ? null : { line, item: { query: name, options: { color } } };
  const [size, more] = words;
  if (size !== undefined && more === undefined && color === undefined && MEASURE.test(size)) {
    const unit = /\d+ ?([a-z]+)\b/.exec(sizeIn(line.title)?.trim() ?? "")?.[1] ?? "";
    const value = /^\d+$/.test(size) ? `${size} ${unit}` : size.replace(/^(\d+(?:\.\d+)?)/, "$1 ");
    return unit === ""
      ? { line, item: { query: `${name} ${size}` } }
      : { line, item: { query: name, options: { size: value.trim() } } };
  }
  if (words.every((word) => has(line.title, word)) && color === undefined) return null;
  const noun = ONES.test(into) ? (wordsIn(goods ?? "").findLast((word) => !/\d/.test(word)) ?? "") : "";
  return { line, item: { query: [...wordsIn(into), noun].filter((word) => word !== "").join(" ") } };
}

/** Whether the words only say which of several alike: a colour, a size, and nothing of what it is. */
export function onlyWhich(goods: Goods, setting: Setting): boolean {
  const left = wordsIn(goods.replace(setting.lexicon.colour, " ").replace(MORE_COLOURS, " "));
  return left.every((word) => MEASURE.test(word) && /\d/.test(word));
}

const MORE_COLOURS = /\b(?:cyan|magenta|sand|oak|walnut|charcoal|ivory|mint|khaki)\b/g;

const PLACES: readonly string[] = ["first", "second", "third"];

function placed(goods: Goods, lines: readonly Line[], setting: Setting): Line | null {
  const [ref, more] = refsIn(goods, setting);
  if (ref === undefined || more !== undefined || wordsIn(withoutRefs(goods, setting)).length > 0) return null;
  const place = PLACES.indexOf(ref);
  if (place >= 0) return lines.length > 1 ? (lines[place] ?? null) : null;
  if (ref === "last") return lines.at(-1) ?? null;
  const [only, other] = lines;
  return ref === "that" && only && !other ? only : null;
}

/** "Gadan Lift Standing Desk, 140 cm" without what tells it from its like. */
function kindOf({ title }: Line, setting: Setting): string {
  return title
    .toLowerCase()
    .replace(setting.lexicon.colour, " ")
    .replace(SIZE, " ")
    .replace(/,\s*(?:single|pack of \d+|[a-z]+ switches)\s*$|\s(?:적축|갈축|\d개입)\s*$/, " ")
    .replace(MORE_COLOURS, " ")
    .replace(/샌드|[/,]/g, " ")
    .replace(/\s+/g, " ")
    .trim();
}

function sizeIn(title: string): string | undefined {
  return title.toLowerCase().match(SIZE)?.[0];
}

const SIZE = /\b\d+(?:\.\d+)? ?(?:cm|mm|m|kg|g|gb|tb|ml|l|w|inch|in|인치)(?![a-z])/g;
const MEASURE =
  /^\d+(?:\.\d+)?(?:cm|센티|mm|m|미터|kg|킬로|kilos?|g|그램|grams?|gb|기가|gigs?|tb|테라|ml|l|w|와트|inch(?:es)?|인치)?(?:짜리)?$/;
const ONES = /\b(?:one|ones)\b/;

/** The words of goods without articles, containers and what points: "the boxes of paper" is "paper". */
export function wordsIn(goods: Goods): string[] {
  return goods
    .toLowerCase()
    .replace(JOINED_MEASURE, "$1$2")
    .replace(CONTAINERS, " ")
    .replace(/[^\p{L}\p{N}.+/-]+/gu, " ")
    .split(" ")
    .filter((word) => word !== "" && !ARTICLES.test(word) && /[\p{L}\p{N}]/u.test(word));
}

const JOINED_MEASURE =
  /(?<![\w.])(\d+(?:\.\d+)?)[\s-](cm|centimet(?:er|re)s?|mm|met(?:er|re)s?|m|kg|kilos?|g|grams?|gb|gigs?|tb|ml|l|w|watts?|inch(?:es)?)(?![a-z])/g;
const CONTAINERS =
  /\b(?:boxes|box|bags?|packs?|packets?|pairs?|pieces?|units?|cartons?|sets?|bottles?|cans?|rolls?) of (?!\d)|(?<=\d)(?:개|대)?\s?(?:박스|봉지|세트)(?=\s|$)/g;
const ARTICLES =
  /^(?:the|a|an|of|those|these|that|this|them|it|one|ones|our|my|your|in|with|for|some|any|all|both|total|altogether|overall|and|units?|pieces?|그|이|저|좀)$/;

function has(title: string, word: string): boolean {
  const plain = squeezed(title);
  const meant = squeezed(IRREGULAR[word] ?? word);
  return (
    plain.includes(meant) ||
    plain.includes(meant.replace(/(?<=[a-z]{3})s$/, "")) ||
    plain.includes(meant.replace(/(?<=[a-z]{2}(?:ch|sh|x|s))es$/, ""))
  );
}

const IRREGULAR: Readonly<Record<string, string>> = { mice: "mouse", shelves: "shelf" };

function squeezed(text: string): string {
  return text
    .toLowerCase()
    .replace(/\s+/g, "")
    .replace(/그램/g, "g")
    .replace(/킬로/g, "kg")
    .replace(/기가/g, "gb")
    .replace(/grams?/g, "g")
    .replace(/gigs?(?=$|[^a-z])/g, "gb")
    .replace(/(?<=\d)(?:met(?:er|re)s?|미터)/g, "m")
    .replace(/(?<=\d)(?:kilos?)/g, "kg");
}
