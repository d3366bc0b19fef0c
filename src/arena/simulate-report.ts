import type { Shop } from "./conversation.ts";
import type { Row, Trial } from "./simulate.ts";
import {
  type Difference,
  differences,
  type Figures,
  figuresOf,
  grouped,
  type Measure,
} from "./simulate-figures.ts";

/** All that a trial shows, as plain data. SECRET: it holds floors, for the vendor's own eyes. */
export interface Report {
  readonly vendor: string;
  readonly currency: string;
  readonly policy: string;
  readonly against: string | null;
  readonly visitors: number;
  readonly seed: number;
  readonly new_policy: Figures;
  readonly old_policy: Figures | null;
  readonly differences: Readonly<Record<Measure, Difference | null>> | null;
  readonly by: Readonly<Record<"category" | "buyer" | "kind", readonly Group[]>>;
  /** Every visitor met twice under the policy on trial, once as each kind. */
  readonly kinds: { readonly machine: Figures; readonly person: Figures; readonly alike: number };
  /** The deals that leave least of their revenue, and those that leave least above their floor. */
  readonly thinnest: readonly Deal[];
  readonly nearest: readonly Deal[];
  /** Those that give most away; beside another policy those that earn least more by this one. */
  readonly products: readonly ProductFigures[];
  /** Deals with goods that state no cost: their margin is what is left above the floor. */
  readonly uncosted: number;
  /** Messages refused: a buyer that plays by the rules should be refused none. */
  readonly refused: readonly string[];
  readonly replayed: { readonly sessions: number; readonly identical: number };
}

export interface Group {
  readonly name: string;
  readonly new_policy: Figures;
  readonly old_policy: Figures | null;
}

export interface Deal {
  readonly visitor: number;
  readonly goods: string;
  readonly buyer: string;
  readonly kind: string;
  readonly total: number;
  readonly discount: number;
  readonly margin: number;
  readonly margin_share: number;
  readonly net: number;
  readonly floor: number;
}

export interface ProductFigures {
  readonly sku: string;
  readonly title: string;
  readonly visitors: number;
  readonly deals: number;
  /** All visitors together. */
  readonly given: number;
  readonly margin: number;
  readonly old_margin: number | null;
}

/** Lines of a list of the worst. */
const WORST = 5;

export function reportOf(trial: Trial, rows: readonly Row[]): Report {
  const { shop, against, currency, seed } = trial;
  const deals = rows.flatMap((row) => dealOf(row, shop));
  const sessions = rows.flatMap(({ new_policy, old_policy, as_other }) => [
    new_policy,
    as_other,
    ...(old_policy ? [old_policy] : []),
  ]);
  const groups = (key: (row: Row) => string) =>
    [...grouped(rows, key)].map(([name, some]) => groupOf(name, some));
  return {
    vendor: shop.vendor.name.en ?? shop.vendor.name.ko ?? shop.vendor.id,
    ...{ currency, seed, visitors: rows.length },
    policy: shop.limits.version,
    against: against?.limits.version ?? null,
    ...sidesOf(rows),
    differences: against ? differences(rows, seed) : null,
    by: {
      category: groups((row) => row.category),
      buyer: groups((row) => row.buyer),
      kind: groups((row) => row.kind),
    },
    kinds: kindsOf(rows),
    thinnest: lowest(deals, (deal) => deal.margin_share),
    nearest: lowest(deals, (deal) => (deal.net - deal.floor) / Math.max(1, deal.floor)),
    products: productsOf(rows, trial),
    uncosted: rows.filter(({ new_policy }) => new_policy.ledger?.uncosted).length,
    refused: [...new Set(sessions.flatMap(({ refused }) => refused ?? []))],
    replayed: {
      sessions: sessions.length,
      identical: sessions.filter((one) => one.differences === 0).length,
    },
  };
}

function sidesOf(rows: readonly Row[]): { new_policy: Figures; old_policy: Figures | null } {
  const earlier = rows.flatMap(({ old_policy }) => old_policy ?? []);
  return {
    new_policy: figuresOf(rows.map(({ new_policy }) => new_policy)),
    old_policy: earlier.length > 0 ? figuresOf(earlier) : null,
  };
}

function groupOf(name: string, rows: readonly Row[]): Group {
  return { name, ...sidesOf(rows) };
}

function kindsOf(rows: readonly Row[]): Report["kinds"] {
  const as = (kind: Row["kind"]) =>
    figuresOf(rows.map((row) => (row.kind === kind ? row.new_policy : row.as_other)));
  const alike = rows.filter(({ treated_alike }) => treated_alike).length;
  return { machine: as("machine"), person: as("person"), alike: rows.length === 0 ? 1 : alike / rows.length };
}

function dealOf({ visitor, want, buyer, kind, new_policy }: Row, { products }: Shop): Deal[] {
  const { deal, ledger } = new_policy;
  if (!deal || !ledger) return [];
  const { list, given, margin, revenue, net, floor } = ledger;
  const goods = want.lines.map(({ sku, quantity }) => `${quantity} x ${titleOf(products, sku)}`).join(", ");
  return [
    {
      ...{ visitor, goods, buyer, kind, margin, net, floor, total: deal.totals.total },
      discount: given / Math.max(1, list),
      margin_share: margin / Math.max(1, revenue),
    },
  ];
}

function productsOf(rows: readonly Row[], { shop, against }: Trial): ProductFigures[] {
  const all = [...grouped(rows, ({ want }) => want.lines[0]?.sku ?? "")].map(
    ([sku, some]): ProductFigures => {
      const sum = (value: (row: Row) => number) => some.reduce((total, row) => total + value(row), 0);
      return {
        ...{ sku, title: titleOf(shop.products, sku), visitors: some.length },
        deals: some.filter(({ new_policy }) => new_policy.deal !== null).length,
        given: sum(({ new_policy }) => new_policy.ledger?.given ?? 0),
        margin: sum(({ new_policy }) => new_policy.ledger?.margin ?? 0),
        old_margin: against && sum(({ old_policy }) => old_policy?.ledger?.margin ?? 0),
      };
    },
  );
  return lowest(all, (one) =>
    one.old_margin === null ? Math.min(one.margin, -one.given) : one.margin - one.old_margin,
  );
}

function titleOf(products: Shop["products"], sku: string): string {
  const title = products.get(sku)?.product.title;
  return title?.en ?? title?.ko ?? sku;
}

function lowest<T>(all: readonly T[], by: (one: T) => number): T[] {
  return all.toSorted((a, b) => by(a) - by(b)).slice(0, WORST);
}
