import type { Move } from "../../domain/reply.ts";
import { inLang, type Lang } from "../../domain/text.ts";
import type { Vendor } from "../../domain/vendor.ts";
import { figuresIn } from "./figures.ts";
import type { Objection } from "./objection.ts";

/** One of several packages to choose from: what is told of it, as figures are keyed, and its way of delivery. */
export interface Package {
  readonly total: string;
  readonly unit: ReadonlySet<string>;
  readonly days: string;
  /** Lower-case words of its delivery that the other packages' do not have. */
  readonly label: readonly string[];
}

/** Nothing unless there is something to mix up. */
export function packagesOf({ offers }: Move, vendor: Vendor, lang: Lang): readonly Package[] {
  if (offers.length < 2) return [];
  const labels = offers.map(({ terms }) => {
    const way = vendor.terms.delivery.find(({ id }) => id === terms.delivery.id);
    return way ? wordsOf(inLang(way.label, lang)) : [];
  });
  return offers.map(({ currency, totals, lines, terms: { delivery } }, i) => ({
    total: `${currency} ${totals.total}`,
    unit: new Set(lines.filter(({ gift }) => !gift).map(({ unit_price }) => `${currency} ${unit_price}`)),
    days: `${delivery.days_min === delivery.days_max ? "" : `${delivery.days_min}..`}${delivery.days_max} day`,
    label: (labels[i] ?? []).filter((word) => labels.some((other) => !other.includes(word))),
  }));
}

/** A sentence or row that gives one package's total and another's unit price, days or way of delivery. */
export function packageObjections(text: string, packages: readonly Package[]): Objection[] {
  if (packages.length === 0) return [];
  const out: Objection[] = [];
  for (const { 0: row } of text.matchAll(ROWS)) {
    const { figures } = figuresIn(row);
    const totals = new Set(
      figures.map(({ key }) => key).filter((key) => packages.some(({ total }) => total === key)),
    );
    if (totals.size !== 1) continue;
    const own = packages.filter(({ total }) => totals.has(total));
    const others = packages.filter(({ total }) => !totals.has(total));
    const lower = row.toLowerCase();
    const strange =
      figures.find(
        ({ key }) =>
          !own.some(({ unit, days }) => unit.has(key) || days === key) &&
          others.some(({ unit, days }) => unit.has(key) || days === key),
      )?.words ??
      others
        .flatMap(({ label }) => label)
        .find((word) => lower.includes(word) && !own.some(({ label }) => label.includes(word)));
    if (strange !== undefined)
      out.push({
        kind: "total",
        words: row.trim().slice(0, 80),
        say: `"${strange}" belongs to another package than the total beside it: tell of one package at a time.`,
      });
  }
  return out;
}

const ROWS = /[^;\n!?.]+(?:\.\d+[^;\n!?.]*)*/g;

function wordsOf(label: string): string[] {
  return (label.toLowerCase().match(/[a-z]{4,}|[가-힣]{2,}/g) ?? []).filter(
    (word) => !/^(?:with|delivery|배송)$/.test(word),
  );
}
