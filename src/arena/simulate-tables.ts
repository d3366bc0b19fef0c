import type { Figures } from "./simulate-figures.ts";
import type { Deal, Group, Report } from "./simulate-report.ts";
import { cash, share } from "./simulate-verdict.ts";

/** One table: its columns' names, and its rows. */
export interface Cells {
  readonly head: readonly string[];
  readonly rows: readonly (readonly string[])[];
}

/** What a policy came to in all; beside what another did where there is a before. */
export function totals({ now, before, currency }: Pick<Report, "now" | "before" | "currency">): Cells {
  return {
    head: [MONEY, ...(before ? ["before"] : []), "now"],
    rows: measured(before ? [before, now] : [now], currency),
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
  const compared = all.some(({ before }) => before !== null);
  const head = compared
    ? [name, "visitors", "closed before", "now", "margin/100 before", "now", "off list before", "now"]
    : [name, "visitors", "closed", "margin/100", "off list", "rounds"];
  return { head, rows: all.map((group) => groupRow(group, currency)) };
}

function groupRow({ name, now, before }: Group, currency: string): string[] {
  const off = ({ discount }: Figures) => (discount === null ? "-" : share(discount));
  const margin = (figures: Figures) => cash(figures.margin, currency);
  if (!before)
    return [name, String(now.visitors), share(now.close), margin(now), off(now), now.rounds.toFixed(1)];
  return [
    ...[name, String(now.visitors), share(before.close), share(now.close)],
    ...[margin(before), margin(now), off(before), off(now)],
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
      : [name, "visitors", "deals", "margin before", "margin now"];
  const rows = products.map(({ sku, visitors, deals: sold, given, margin, margin_before }) => [
    ...[sku, String(visitors), String(sold)],
    ...[cash(margin_before ?? given, currency), cash(margin, currency)],
  ]);
  return { head, rows };
}
