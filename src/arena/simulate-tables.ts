import type { Figures } from "./simulate-figures.ts";
import type { Deal, Group, Report } from "./simulate-report.ts";
import { cash, share } from "./simulate-verdict.ts";

/** One table: its columns' names, and its rows. */
export interface Cells {
  readonly head: readonly string[];
  readonly rows: readonly (readonly string[])[];
}

/** What a policy came to in all; beside what the old one did where there is one. */
export function totals({
  new_policy,
  old_policy,
  currency,
}: Pick<Report, "new_policy" | "old_policy" | "currency">): Cells {
  return {
    head: [MONEY, ...(old_policy ? ["old policy"] : []), "new policy"],
    rows: measured(old_policy ? [old_policy, new_policy] : [new_policy], currency),
  };
}

/** Money of all visitors together means nothing beside that of another number of them. */
const MONEY = "money a hundred visitors";

/** Every table but that of the totals. */
export function sections(report: Report): Cells[] {
  const { currency, by, kinds } = report;
  return [
    groups("category", by.category, currency),
    groups("way of buying", by.buyer, currency),
    groups("counterpart", by.kind, currency),
    {
      head: ["the same visitors", "as machines", "as people"],
      rows: measured([kinds.machine, kinds.person], currency),
    },
    deals("least margin", report.thinnest, currency),
    deals("nearest to the floor", report.nearest, currency),
    products(report),
  ];
}

const MEASURES: readonly (readonly [string, (figures: Figures, currency: string) => string])[] = [
  ["closed", ({ close }) => share(close)],
  ["missed although possible", ({ missed }) => share(missed)],
  ["revenue", ({ revenue }, currency) => cash(revenue, currency)],
  ["contribution margin", ({ margin }, currency) => cash(margin, currency)],
  ["  of revenue", ({ margin_share }) => (margin_share === null ? "-" : share(margin_share))],
  ["given away", ({ given }, currency) => cash(given, currency)],
  ["  of list price", ({ discount }) => (discount === null ? "-" : share(discount))],
  ["renewals, beside it", ({ renewals }, currency) => cash(renewals, currency)],
  ["worth of new orders, beside it", ({ acquisition }, currency) => cash(acquisition, currency)],
  ["buyers' own gain", ({ buyers_gain }, currency) => cash(buyers_gain, currency)],
  ["rounds of bargaining", ({ rounds }) => rounds.toFixed(1)],
];

/** A row a measure, a column for each of the figures. */
function measured(columns: readonly Figures[], currency: string): string[][] {
  return MEASURES.map(([name, say]) => [name, ...columns.map((figures) => say(figures, currency))]);
}

function groups(name: string, all: readonly Group[], currency: string): Cells {
  const compared = all.some(({ old_policy }) => old_policy !== null);
  const head = compared
    ? [name, "visitors", "closed: old", "new", "margin/100: old", "new", "off list: old", "new"]
    : [name, "visitors", "closed", "margin/100", "off list", "rounds"];
  return { head, rows: all.map((group) => groupRow(group, currency)) };
}

function groupRow({ name, new_policy, old_policy }: Group, currency: string): string[] {
  const off = ({ discount }: Figures) => (discount === null ? "-" : share(discount));
  const margin = (figures: Figures) => cash(figures.margin, currency);
  if (!old_policy)
    return [
      name,
      String(new_policy.visitors),
      share(new_policy.close),
      margin(new_policy),
      off(new_policy),
      new_policy.rounds.toFixed(1),
    ];
  return [
    ...[name, String(new_policy.visitors), share(old_policy.close), share(new_policy.close)],
    ...[margin(old_policy), margin(new_policy), off(old_policy), off(new_policy)],
  ];
}

function deals(name: string, all: readonly Deal[], currency: string): Cells {
  const head = [name, "by", "paid", "off list", "margin", "floor", "above it"];
  return { head, rows: all.map((deal) => dealRow(deal, currency)) };
}

function dealRow(deal: Deal, currency: string): string[] {
  const { goods, buyer, kind, total, discount, margin, net, floor } = deal;
  return [
    ...[goods.length > 44 ? `${goods.slice(0, 43)}…` : goods, `${buyer}, ${kind}`, cash(total, currency)],
    ...[share(discount), cash(margin, currency), cash(floor, currency), cash(net - floor, currency)],
  ];
}

function products({ currency, against, products }: Report): Cells {
  const name = against === null ? "gives most away" : "loses most";
  const head =
    against === null
      ? [name, "visitors", "deals", "given away", "margin"]
      : [name, "visitors", "deals", "margin: old", "new"];
  const rows = products.map(({ sku, visitors, deals: sold, given, margin, old_margin }) => [
    ...[sku, String(visitors), String(sold)],
    ...[cash(old_margin ?? given, currency), cash(margin, currency)],
  ]);
  return { head, rows };
}
