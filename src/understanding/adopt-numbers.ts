import type { Act } from "../domain/act.ts";
import { minorUnits } from "../domain/money.ts";
import { COUNT_BEFORE, COUNTED_ELSE, PRICE_BEFORE } from "./adopt-lexicon.ts";
import { takePrices } from "./amounts.ts";
import { type Mentions, mentionsOf, settled } from "./clause.ts";
import { proposalOf } from "./proposal.ts";
import type { ReadContext } from "./read.ts";
import { clausesOf } from "./segment.ts";
import { type Setting, settingOf } from "./setting.ts";

/** The numbers a message names, by what they may stand for. Only these may come back from a model. */
export interface Numbers {
  /** Minor units of the session's currency. */
  readonly amounts: ReadonlySet<number>;
  /** Basis points off. */
  readonly shares: ReadonlySet<number>;
  /** Units of goods. */
  readonly counts: ReadonlySet<number>;
}

/**
 * Reads the numbers of a message as the house grammar reads them, whole and clause by clause, and those left over that
 * nothing else claims. Numbers of the talk before count only where the message points at them.
 */
export function numbersOf(raw: string, { state, now }: ReadContext): Numbers {
  const amounts = new Set<number>();
  const shares = new Set<number>();
  const counts = new Set<number>();
  for (const lang of ["en", "ko"] as const) {
    const setting = settingOf(state, lang, now);
    for (const piece of [raw, ...clausesOf(raw, setting)]) {
      const heard = mentionsOf(settled(piece, setting).replace(COUNTED_ELSE, " ¦ "), setting);
      for (const { amount, high } of heard.prices) {
        amounts.add(amount);
        if (high !== undefined) amounts.add(high);
      }
      if (heard.off_bp !== null) shares.add(heard.off_bp);
      if (heard.quantity !== null && heard.unclear !== "quantity") counts.add(heard.quantity);
      noteAct(proposalOf(heard, setting, false), heard, { amounts, shares, counts });
      noteLeft(heard, setting, amounts, counts);
    }
  }
  const text = raw.toLowerCase();
  if (PRICE_BEFORE.test(text)) for (const amount of named(state).amounts) amounts.add(amount);
  if (COUNT_BEFORE.test(text)) for (const count of named(state).counts) counts.add(count);
  return { amounts, shares, counts };
}

/** A number of a model, in major units, as an amount; null when it is none. */
export function amountOf(value: number, currency: string): number | null {
  return minorUnits(String(value), currency);
}

/** A percentage in basis points; by its digits, since 2.3 times 100 is no whole number. */
export function sharesOf(percent: number): number | null {
  const [, whole = "", fraction = ""] = /^(\d{1,3})(?:\.(\d{1,2}))?$/.exec(String(percent)) ?? [];
  return whole === "" ? null : Number(`${whole}${fraction.padEnd(2, "0")}`);
}

interface Noted {
  readonly amounts: Set<number>;
  readonly shares: Set<number>;
  readonly counts: Set<number>;
}

/** What the grammar works out of the words: "5 off", "half", "meet in the middle", "one more". */
function noteAct(act: Extract<Act, { act: "propose" }>, heard: Mentions, noted: Noted): void {
  if (act.total !== undefined) noted.amounts.add(act.total);
  if (act.off_bp !== undefined) noted.shares.add(act.off_bp);
  for (const { quantity, unit_price } of act.lines ?? []) {
    if (unit_price !== undefined) noted.amounts.add(unit_price);
    if (quantity !== undefined && heard.unclear !== "quantity") noted.counts.add(quantity);
  }
}

const NUMBER = /(?<![\w.,-])\d[\d,]*(?:\.\d+)?(?![\w]*[a-z]\d|\.\d)/g;

/** Numbers no rule took: of money's size a price, whole ones a count. */
function noteLeft({ rest }: Mentions, setting: Setting, amounts: Set<number>, counts: Set<number>): void {
  for (const match of rest.matchAll(NUMBER)) {
    const [digits] = match;
    for (const { amount } of takePrices(digits, setting, true).prices) amounts.add(amount);
    if (/^\d{1,5}$/.test(digits)) counts.add(Number(digits));
  }
}

function named({ standings, proposals }: ReadContext["state"]): {
  readonly amounts: readonly number[];
  readonly counts: readonly number[];
} {
  const lines = [
    ...standings.flatMap(({ offer }) => offer.lines.filter((line) => !line.gift)),
    ...proposals.flatMap((proposal) => proposal.lines),
  ];
  const totals = [
    ...standings.map(({ offer }) => offer.totals.total),
    ...proposals.flatMap(({ total }) => total ?? []),
  ];
  return {
    amounts: [...totals, ...lines.flatMap(({ unit_price }) => unit_price ?? [])],
    counts: lines.flatMap(({ quantity }) => quantity ?? []),
  };
}
