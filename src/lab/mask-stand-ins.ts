import type { Dice } from "./dice.ts";
import type { Kind } from "./mask-patterns.ts";
import {
  BUILDINGS_KO,
  COMPANY_EN,
  COMPANY_KO,
  COMPANY_WORDS,
  FAMILY_EN,
  FAMILY_KO,
  GIVEN_EN,
  GIVEN_KO,
  ROADS_KO,
  STREETS_EN,
} from "./mask-words.ts";

/** Something of the same kind and shape that is nobody's. */
export function standIn(
  kind: Kind,
  value: string,
  chance: Dice,
  { postal_prefixes = [] }: { readonly postal_prefixes?: readonly string[] },
): string {
  switch (kind) {
    case "email":
      return `${chance.pick(GIVEN_EN)?.toLowerCase()}${chance.roll(900) + 100}@${chance.pick(COMPANY_EN)?.toLowerCase()}.example`;
    case "card":
      // Its figures may be read as an amount: how long they are, and where they have noughts, stays.
      return value.replace(/[1-9]/g, (digit) => String(((Number(digit) + chance.roll(8)) % 9) + 1));
    case "phone":
      return digits(value, chance, /^\+/.test(value) ? 4 : 3);
    case "resident":
    case "account":
    case "tax_id":
      return digits(value, chance, 0);
    case "reference":
      return digits(
        value.replace(/(?<=^|[-/_])(?!PO\b)[A-Za-z]{3,}/gi, (word) => letters(word, chance)),
        chance,
        0,
      );
    case "postal":
      return postal(value, chance, postal_prefixes);
    case "unit":
      return digits(value, chance, 0).replace(
        /(?<![A-Za-z])[A-Z](?![A-Za-z])/g,
        () => chance.pick([..."ABCDEFGH"]) ?? "A",
      );
    case "building":
      return chance.pick(BUILDINGS_KO) ?? "";
    case "road":
      return road(value, chance);
    case "street":
      return /[가-힣]/.test(value) ? lineKo(value, chance) : lineEn(value, chance);
    case "name":
      return name(value, chance);
  }
}

/** Other digits in the same places; the first `kept` stay. */
function digits(value: string, chance: Dice, kept: number): string {
  let seen = 0;
  return value.replace(/\d/g, (digit) => {
    seen += 1;
    return seen <= kept ? digit : String((Number(digit) + 1 + chance.roll(9)) % 10);
  });
}

function letters(word: string, chance: Dice): string {
  const other = (letter: string, from: number) =>
    String.fromCharCode(from + ((letter.charCodeAt(0) - from + 1 + chance.roll(25)) % 26));
  return word
    .replace(/[a-z]/g, (letter) => other(letter, 97))
    .replace(/[A-Z]/g, (letter) => other(letter, 65));
}

function postal(value: string, chance: Dice, prefixes: readonly string[]): string {
  const kept = prefixes
    .filter((prefix) => value.startsWith(prefix))
    .reduce((most, { length }) => Math.max(most, length), 3);
  // A code that is all prefix keeps it: the decision rests on it.
  return digits(value, chance, Math.min(kept, value.replace(/\D/g, "").length));
}

function road(value: string, chance: Dice): string {
  const number = /\d+(?:-\d+)?$/.exec(value)?.[0] ?? "";
  const lot = /^([가-힣]+)(?:동|읍|면|리|가)\s/.test(value);
  const place = lot ? `${chance.pick(BUILDINGS_KO)}동` : chance.pick(ROADS_KO);
  return `${place} ${digits(number, chance, 0).replace(/^0/, "7")}`;
}

/** State, city and district stay; the road, the number and the house go. */
function lineKo(value: string, chance: Dice): string {
  const kept =
    /^(?:[가-힣]+(?:특별자치시|특별자치도|특별시|광역시|도|시|군|구|읍|면)\s+)+/.exec(value)?.[0] ?? "";
  const rest = value.slice(kept.length);
  const street = /[가-힣]+(?:대로|로|길)(?:\s?\d+번?길)?\s?\d+(?:-\d+)?/.exec(rest)?.[0] ?? "1";
  const home = /\d+동\s?\d+호|\d+호|\d+층/.exec(rest.replace(street, ""))?.[0];
  if (home !== undefined && street === "1") return `${kept}${digits(home, chance, 0)}`;
  return `${kept}${road(street, chance)}${home ? `, ${digits(home, chance, 0)}` : ""}`;
}

function lineEn(value: string, chance: Dice): string {
  const unit = /^(?:Apt|Apartment|Suite|Ste|Unit|Flat|Floor|#)/i.test(value);
  if (unit) return standIn("unit", value, chance, {});
  const number = /^\d+/.exec(value)?.[0] ?? "12";
  const words = value.replace(/^\d+\s*/, "").split(/\s+/);
  const end = words.length > 1 ? (words.at(-1) ?? "Street") : "Street";
  const rest = /,\s*(.+)$/.exec(value)?.[1];
  const tail = rest === undefined ? "" : `, ${standIn("unit", rest, chance, {})}`;
  const suffix = rest === undefined ? end : (/(\p{L}+),/u.exec(value)?.[1] ?? "Street");
  const kind = /^broadway$/i.test(suffix) ? "Street" : suffix;
  return `${digits(number, chance, 0).replace(/^0/, "8")} ${chance.pick(STREETS_EN)} ${kind}${tail}`;
}

function name(value: string, chance: Dice): string {
  if (/[가-힣]/.test(value)) {
    const company = /^(주식회사\s?|\(주\)\s?|유한회사\s?)?(.+?)(\s?주식회사|\s?\(주\))?$/.exec(value);
    const core = company?.[2] ?? value;
    if (company?.[1] || company?.[3] || core.length > 4)
      return `${company?.[1] ?? ""}${alike(core, COMPANY_KO, chance)}${company?.[3] ?? ""}`;
    const given = alike(core, GIVEN_KO, chance);
    return core.length === 2 ? given : `${chance.pick(FAMILY_KO)}${given}`;
  }
  const words = value.split(/\s+/);
  const company = words.some((word) => COMPANY_WORDS.test(word));
  return words
    .map((word, i) => {
      if (COMPANY_WORDS.test(word) || /^\p{L}\.?$/u.test(word)) return word;
      const pool = company ? COMPANY_EN : i === 0 ? GIVEN_EN : FAMILY_EN;
      return chance.pick(pool);
    })
    .join(" ");
}

/** One that ends as the original does, in a vowel or a consonant: the particle after it then still fits. */
function alike(value: string, pool: readonly string[], chance: Dice): string {
  const closed = ends(value);
  const fitting = pool.filter((one) => ends(one) === closed);
  return chance.pick(fitting.length > 0 ? fitting : pool) ?? "";
}

function ends(word: string): boolean {
  const code = word.charCodeAt(word.length - 1) - 0xac00;
  return code >= 0 && code < 11_172 && code % 28 !== 0;
}
