import type { Product } from "../domain/entry.ts";
import { formatMoney } from "../domain/money.ts";

/** Something wrong or odd in a vendor's files, in words for whoever keeps them. */
export interface Finding {
  /** `vendor.yaml`, `limits.yaml`, or a file of goods as the vendor names it. */
  readonly file: string;
  /** In a YAML file where to mend it; the last steps may not be there yet. */
  readonly path?: readonly (string | number)[];
  /** In any other file. */
  readonly line?: number;
  readonly problem: string;
  /** It sells as it says, but hardly what is meant: no reason to refuse it. */
  readonly odd?: boolean;
}

/** Findings of one sort that are written out; the rest is more of the same. */
const NAMED = 3;

/** The first few of one sort of finding, the last of them with the count of the others. */
export function firstOf(findings: readonly Finding[]): Finding[] {
  const more = findings.length - NAMED;
  return findings
    .slice(0, NAMED)
    .map((one, i) =>
      more > 0 && i === NAMED - 1 ? { ...one, problem: `${one.problem} (and ${more} more like it)` } : one,
    );
}

/** "NB-14A (products.jsonl:3)". */
export function named({ id, source }: Pick<Product, "id" | "source">): string {
  return `${id} (${source.name}${source.line === undefined ? "" : `:${source.line}`})`;
}

/** "$769.00", "₩1,019,000", "-$5.20". */
export function money(amount: number, currency: string): string {
  return amount < 0 ? `-${formatMoney(-amount, currency, "en")}` : formatMoney(amount, currency, "en");
}

/** Basis points as people write a share: 8600 is "86%", 850 "8.5%". */
export function percent(bp: number): string {
  return `${bp / 100}%`;
}
