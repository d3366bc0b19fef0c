import type { Figures } from "./simulate-figures.ts";
import type { Deal, Group, Report } from "./simulate-report.ts";
import { cash, share, verdictOf } from "./simulate-verdict.ts";

/** One table: its columns' names, and its rows. */
export interface Cells {
  readonly head: readonly string[];
  readonly rows: readonly (readonly string[])[];
}

/** A trial for a terminal. */
export function table(report: Report): string {
  const { vendor, policy, against, visitors, currency, seed, now, before } = report;
  const over = against === null ? "" : ` against ${against}`;
  const all = [
    { head: before ? ["", "before", "now"] : ["", "now"], rows: totals(now, before, currency) },
    ...sections(report),
  ];
  return [
    `${vendor}: policy ${policy}${over}, ${visitors} simulated visitors, ${currency}, seed ${seed}`,
    "SECRET: floors and margins, for the vendor's own eyes.",
    "",
    ...verdictOf(report).map((line) => `  ${line}`),
    ...all.flatMap((cells) => ["", ...columns(cells)]),
    "",
    `${report.replayed.identical} of ${report.replayed.sessions} sessions came out byte-identical when decided again.`,
    "",
  ].join("\n");
}

/** Every table but that of the totals. */
export function sections(report: Report): Cells[] {
  const { currency, by, kinds } = report;
  return [
    groups("category", by.category, currency),
    groups("way of buying", by.buyer, currency),
    groups("counterpart", by.kind, currency),
    {
      head: ["the same visitors", "as machines", "as people"],
      rows: totals(kinds.person, kinds.machine, currency),
    },
    deals("least margin", report.thinnest, currency),
    deals("nearest to the floor", report.nearest, currency),
    products(report),
  ];
}

const MEASURES: readonly (readonly [string, (figures: Figures, currency: string) => string])[] = [
  ["closed", ({ close }) => share(close)],
  ["missed although possible", ({ missed }) => share(missed)],
  ["revenue a hundred visitors", ({ revenue }, currency) => cash(revenue, currency)],
  ["contribution margin", ({ margin }, currency) => cash(margin, currency)],
  ["  of revenue", ({ margin_share }) => (margin_share === null ? "-" : share(margin_share))],
  ["given away", ({ given }, currency) => cash(given, currency)],
  ["  of list price", ({ discount }) => (discount === null ? "-" : share(discount))],
  ["renewals, beside it", ({ renewals }, currency) => cash(renewals, currency)],
  ["worth of new orders, beside it", ({ acquisition }, currency) => cash(acquisition, currency)],
  ["buyers' own gain", ({ buyers_gain }, currency) => cash(buyers_gain, currency)],
  ["rounds of bargaining", ({ rounds }) => rounds.toFixed(1)],
];

/** The rows of the main table: the name, what it was before where there is a before, what it is now. */
export function totals(now: Figures, before: Figures | null, currency: string): string[][] {
  return MEASURES.map(([name, say]) => [
    name,
    ...(before ? [say(before, currency)] : []),
    say(now, currency),
  ]);
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

/** Columns as wide as their widest cell, figures to the right. */
function columns({ head, rows }: Cells): string[] {
  const widths = head.map((cell, i) => Math.max(cell.length, ...rows.map((row) => row[i]?.length ?? 0)));
  const line = (cells: readonly string[]) =>
    cells
      .map((cell, i) => (i === 0 ? cell.padEnd(widths[i] ?? 0) : cell.padStart(widths[i] ?? 0)))
      .join("  ");
  return [line(head), ...rows.map(line)].map((each) => `  ${each.trimEnd()}`);
}
