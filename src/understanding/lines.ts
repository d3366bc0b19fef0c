import type { Item, WantedLine } from "../domain/act.ts";
import { takePrices } from "./amounts.ts";
import { colourIn, itemIn, wordsOf } from "./items.ts";
import { NO_NOUN, type Quantity, takeQuantity } from "./quantities.ts";
import type { Setting } from "./setting.ts";
import { COUNTERS_KO } from "./words-ko.ts";

/** Several goods in one clause, each with a count or price of its own: "2 lamps and 1 desk at 90". */
export function linesOf(
  text: string,
  setting: Setting,
  named: (item: Item | null) => Item | null,
  buys: boolean,
): readonly WantedLine[] {
  const pieces = piecesOf(text, setting);
  if (pieces.length < 2) return [];
  const lines: WantedLine[] = [];
  const each = EACH.test(pieces.at(-1) ?? "") ? takeQuantity(pieces.at(-1) ?? "", setting).quantity : null;
  for (const piece of pieces) {
    if (LEFT_OUT.test(piece) || NO_ORDER.test(piece) || SAME_COUNT.test(piece) || forAll(piece)) continue;
    const money = priceIn(piece, setting);
    const coloured = inAnother(money.rest, lines.at(-1), setting);
    if (coloured) {
      lines.push(coloured);
      continue;
    }
    const { quantity: own, rest } = countIn(money.rest, setting);
    const quantity = own ?? each ?? ((buys || lines.length > 0) && A_THING.test(piece) ? 1 : null);
    const item = named(itemIn(withoutHaggling(rest, setting), setting));
    if (!item || "sku" in item || ("ref" in item && !(setting.pointed && item.options))) continue;
    const before = lines.at(-1);
    if (own === null && before && "query" in before.item && "query" in item && WHICH.test(piece)) {
      lines[lines.length - 1] = {
        ...before,
        item: { query: `${before.item.query} ${item.query}`.slice(0, 400) },
      };
      continue;
    }
    const price = money.prices.length === 1 ? money.prices[0] : undefined;
    if (quantity === null && !(price && PRICED.test(piece))) continue;
    lines.push({
      item,
      ...(quantity === null ? {} : { quantity }),
      ...(price ? { unit_price: price.amount } : {}),
    });
  }
  return lines.length >= 2 ? asMany(lines, text) : [];
}

/** "4 monitors and the arms, same count": the one count that was said is that of all. */
function asMany(lines: readonly WantedLine[], text: string): readonly WantedLine[] {
  const counts = new Set(lines.flatMap(({ quantity = 1 }) => (quantity > 1 ? [quantity] : [])));
  const [quantity] = counts;
  if (quantity === undefined || counts.size > 1 || !SAME_COUNT.test(text)) return lines;
  return lines.map((line) => ({ ...line, quantity }));
}

const SAME_COUNT = /\bsame (?:count|number|quantity|amount)\b|(?:같은|동일한?) (?:수량|개수)/;
const JOINTS = /\s*(?:,\s|&|\+| and | plus | as well as |그리고|하고 |이랑 |랑 |(?<=[가-힣])[와과] )\s*/;

/** "A and B, two each": the count is of every one of them. */
const EACH = /(?:하나|\d+(?:개|대|세트|박스|팩|병|장))\s?씩|\beach\b/;

/** "A desk and a chair" are one of each. */
const A_THING = /(?:^|\s)(?:an?|the) (?!bit|few|lot|little|couple)[a-z]/;
/** "..., the 140 cm one": which of those named before. */
const WHICH = /^\s*the .*\bones?\s*$/;

/** Where one thing ends and the next begins: at a joint, in Korean also behind a count. */
function piecesOf(text: string, { lexicon }: Setting): readonly string[] {
  const counts = lexicon.lang === "ko" ? [...text.matchAll(COUNTED_KO)].length : 0;
  return (counts > 1 ? text.replace(COUNTED_KO, "$1, ") : text).split(JOINTS);
}

const COUNTED_KO = new RegExp(`(\\d\\s?(?:${COUNTERS_KO})(?:씩|만)?)\\s+(?=[가-힣a-z0-9])`, "g");
/** "no decaf this time", "노랑은 패스". */
const LEFT_OUT =
  /^\s*(?:and |but )?(?:no|not|without|skip|minus|except|none of) |(?:빼고|말고|제외|패스|필요 ?없|없이|은 됐|는 됐)/;

/** "I just can't find the link": what is said not to be so orders nothing. */
const NO_ORDER =
  /\b(?:i|we|you|they|it|he|she)\b[a-z ]{0,12} (?:can't|cannot|couldn't|don't|didn't|won't|haven't|isn't)\b/;

/** "..., 200 each across the board": a price for all that was named, and no thing. */
function forAll(piece: string): boolean {
  return FOR_ALL.test(piece);
}

const FOR_ALL =
  /^\s*(?:at |for |would |say |make it )?\S{0,3}\d[\d.,]*\S{0,3} (?:all(?: |-)in|(?:all )?in all|all told|all together|altogether|(?:in )?total|overall|each|apiece|a piece|per (?:unit|piece))\b|^\s*(?:전부 |모두 |다 )?(?:개당|하나에|대당) /;

function priceIn(piece: string, setting: Setting): ReturnType<typeof takePrices> {
  const sure = takePrices(piece, setting, false);
  return sure.prices.length === 0 && AT_PRICE.test(piece) ? takePrices(piece, setting, true) : sure;
}

const AT_PRICE = /\b(?:at|for|@) ?\d/;

/** A count where a list has it: before the goods, whatever leads to it. */
function countIn(piece: string, setting: Setting): Pick<Quantity, "quantity" | "rest"> {
  const taken = takeQuantity(piece, setting);
  const first = taken.quantity === null && setting.lexicon.lang === "en" ? FIRST_COUNT.exec(piece) : null;
  const quantity = first?.[1] === "one" ? 1 : Number(first?.[1]);
  if (!first || quantity < 1) return taken;
  return { quantity, rest: `${piece.slice(0, first.index)} ¦ ${piece.slice(first.index + first[0].length)}` };
}

/** A measure was taken out where a rune stands. */
const FIRST_COUNT = new RegExp(
  `(?<![\\w.,$-])(\\d{1,4}|one(?=\\s+[ᚠ-᛿]))(?=\\s+(?:[¦ᚠ-᛿]\\s*)*${NO_NOUN}[a-z])`,
);

/** "$20 for the cable", "마우스는 2만원": the price of the one thing named beside it. */
const PRICED =
  /\d (?:dollars |bucks )?for (?:the|a|an|that|this) [a-z]|[가-힣](?:은|는)\s(?:개당\s)?\d[\d,]*원/;

/** "3 lamps in white and 1 in black": more of what was named before, in another colour. */
function inAnother(piece: string, before: WantedLine | undefined, setting: Setting): WantedLine | null {
  const colour = colourIn(piece, setting);
  if (colour === undefined || !before || !("query" in before.item)) return null;
  const left = piece.replace(setting.lexicon.colour, " ");
  const count =
    /^[^\p{L}\d]*(\d{1,4})(?:\s?(?:개|대|장|권|세트))?(?=[^\d]|$)/u.exec(left)?.[1] ??
    LONE_KO[/하나|둘|셋|넷/.exec(left)?.[0] ?? ""];
  const more = wordsOf(
    left.replace(/\d+\s?(?:개|대|장|권|세트)?|하나|둘|셋|넷/g, " ").replace(/\bin\b/g, " "),
    setting,
  );
  if (count === undefined || more !== "") return null;
  const noun = before.item.query.replace(setting.lexicon.colour, " ").replace(/\s+/g, " ").trim();
  return noun === ""
    ? null
    : { ...before, item: { query: noun, options: { color: colour } }, quantity: Number(count) };
}

const LONE_KO: Readonly<Record<string, string>> = { 하나: "1", 둘: "2", 셋: "3", 넷: "4" };

/** Without the words by which a total, a unit or a last offer is spoken of. */
export function withoutHaggling(text: string, setting: Setting): string {
  return setting.lexicon.haggling.reduce((rest, cue) => rest.replace(cue, " ¦ "), text);
}
