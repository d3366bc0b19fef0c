import type { PartialDetails } from "../domain/order.ts";
import { dice } from "./dice.ts";
import { type Kind, PATTERNS } from "./mask-patterns.ts";
import { standIn } from "./mask-stand-ins.ts";
import { COMPANY_WORDS, NOBODY_KO } from "./mask-words.ts";

/** A value that is known to be somebody's, wherever it stands. */
export interface Known {
  readonly kind: Kind;
  readonly value: string;
}

/** Replaces personal data, the same value by the same stand-in, wherever it is used. */
export interface Mask {
  text(text: string): string;
  /** Every string in a value of plain JSON; keys stay. */
  deep<T>(value: T): T;
  /** How many different values were replaced so far. */
  count(): number;
}

export interface MaskOptions {
  readonly seed?: number;
  /** Beginnings of postal codes on which fees depend: as much of a code is kept, and three digits at least. */
  readonly postal_prefixes?: readonly string[];
}

/**
 * Country, region and city stay, for prices depend on them; so does the beginning of a postal code. Everything else
 * that is known, or looks like personal data in English or Korean, is replaced by something of the same shape, so that
 * the house reads it as it read the original.
 */
export function masking(known: readonly Known[], options: MaskOptions = {}): Mask {
  const made = new Map<string, string>();
  const reserved = new Set(known.map(({ value }) => value.toLowerCase()));
  const standFor = (kind: Kind, value: string): string => {
    const key = `${kind}|${value.toLowerCase().replace(/\s+/g, " ")}`;
    const before = made.get(key);
    if (before !== undefined) return before;
    let chosen = value;
    // A stand-in that is itself somebody's would undo the masking.
    for (let n = 0; n < 50 && (chosen === value || reserved.has(chosen.toLowerCase())); n++)
      chosen = standIn(kind, value, dice(options.seed ?? 1, kind, value.toLowerCase(), String(n)), options);
    made.set(key, chosen);
    return chosen;
  };
  const literals = known.flatMap(literalsOf).toSorted((a, b) => b.value.length - a.value.length);
  for (const { kind, value } of literals)
    reserved.add(value.toLowerCase().concat(kind === "name" ? "" : " "));

  const text = (original: string): string => {
    const held: string[] = [];
    // What was replaced is held back, so that nothing looks at a stand-in again.
    const hold = (stand: string) => `\ue000${held.push(stand) - 1}\ue001`;
    let rest = original;
    for (const literal of literals) {
      const { kind, value, stand = () => standFor(kind, value) } = literal;
      rest = rest.replace(literal.regex, (found) => hold(stand(standFor, found)));
    }
    for (const { kind, regex } of PATTERNS)
      rest = replaced(rest, kind, regex, (found) => hold(standFor(kind, found)));
    while (/\ue000\d+\ue001/.test(rest))
      rest = rest.replace(/\ue000(\d+)\ue001/g, (_, n: string) => held[Number(n)] ?? "");
    return rest;
  };
  const deep = <T>(value: T): T => {
    if (typeof value === "string") return text(value) as T;
    if (Array.isArray(value)) return value.map(deep) as T;
    if (typeof value !== "object" || value === null) return value;
    return Object.fromEntries(Object.entries(value).map(([key, one]) => [key, deep(one)])) as T;
  };
  return { text, deep, count: () => made.size };
}

/** What an order's details tell of people. */
export function knownIn({ ship_to, payer, purchase_order }: PartialDetails): Known[] {
  const some: [Kind, string | undefined][] = [
    ["name", ship_to?.name],
    ["phone", ship_to?.phone],
    ["postal", ship_to?.postal_code],
    ["name", payer?.name],
    ["email", payer?.email],
    ["tax_id", payer?.tax_id],
    ["reference", purchase_order],
    ...(ship_to?.lines ?? []).map((line): [Kind, string] => ["street", line]),
  ];
  return some.flatMap(([kind, value]) => (value !== undefined && value.length > 1 ? [{ kind, value }] : []));
}

interface Literal extends Known {
  readonly regex: RegExp;
  /** A part of a known value is replaced by the same part of its stand-in. */
  readonly stand?: (standFor: (kind: Kind, value: string) => string, found: string) => string;
}

function literalsOf(known: Known): Literal[] {
  const { kind, value } = known;
  const whole: Literal = { ...known, regex: literal(value, "gi") };
  if (kind !== "name") return [whole];
  const given = /^(?:남궁|독고|황보|제갈|사공|선우|서문|동방|[가-힣])([가-힣]{2})$/.exec(value)?.[1];
  if (given !== undefined) {
    const regex = new RegExp(
      `(?<![가-힣])${given}(?=\\s?(?:씨|님|이가|이는|이한테|아[\\s,!]|야[\\s,!])|이?(?:예요|에요|라고|라는)|입니다)`,
      "gu",
    );
    return [whole, { kind, value: given, regex, stand: (standFor) => standFor(kind, value).slice(1) }];
  }
  const words = value.split(/\s+/);
  if (words.length < 2) return [whole];
  const parts = words.flatMap((word, i): Literal[] => {
    if (word.length < 3 || COMPANY_WORDS.test(word)) return [];
    // Only as a name is written: "mark" and "will" are words.
    const stand = (standFor: (kind: Kind, value: string) => string) =>
      standFor(kind, value).split(/\s+/)[i] ?? "";
    return [{ kind, value: word, regex: literal(word, "g"), stand }];
  });
  const family = words.at(-1) ?? "";
  if (family.length < 3 || COMPANY_WORDS.test(family)) return [whole, ...parts];
  // Somebody else of the family: the first name stands only before the known one.
  const relative: Literal = {
    ...{ kind, value: `${family} ` },
    regex: new RegExp(
      `(?<!\\p{L})(?!${NO_FIRST_NAME}\\b)\\p{Lu}\\p{Ll}+(?=\\s+${family.replace(/[^\p{L}]/gu, ".")}(?!\\p{L}))`,
      "gu",
    ),
    stand: (standFor, found) => standFor(kind, found),
  };
  return [whole, relative, ...parts];
}

const NO_FIRST_NAME =
  "(?:Mr|Mrs|Ms|Dr|Miss|Dear|Hi|Hello|The|For|To|And|From|Thanks|Name|Recipient|Payer|Attn)";

/** Whole words, whatever the spaces between them. */
function literal(value: string, flags: string): RegExp {
  const source = value
    .trim()
    .split(/\s+/)
    .map((word) => word.replace(/[\\^$.*+?()[\]{}|/]/g, "\\$&"))
    .join("\\s+");
  const latin = (at: string | undefined) => /[A-Za-z\d]/.test(at ?? "");
  return new RegExp(
    `${latin(value[0]) ? "(?<![A-Za-z\\d])" : ""}${source}${latin(value.at(-1)) ? "(?![A-Za-z\\d])" : ""}`,
    `${flags}u`,
  );
}

function replaced(text: string, kind: Kind, regex: RegExp, make: (found: string) => string): string {
  let out = "";
  let from = 0;
  for (const match of text.matchAll(regex)) {
    const at = match.indices?.findLast((span, i) => i > 0 && span !== undefined) ?? match.indices?.[0];
    if (!at || at[0] < from) continue;
    const found = text.slice(at[0], at[1]);
    if (found.includes("\ue000") || (kind === "name" && NOBODY_KO.test(found))) continue;
    out += text.slice(from, at[0]) + make(found);
    from = at[1];
  }
  return out + text.slice(from);
}
