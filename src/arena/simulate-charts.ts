import { esc } from "./picture.ts";
import type { Row } from "./simulate.ts";
import type { Figures } from "./simulate-figures.ts";
import type { Group, Report } from "./simulate-report.ts";
import { cash } from "./simulate-verdict.ts";

/** One quantity for each group, under the new policy and the old one. */
export interface Bars {
  readonly title: string;
  readonly groups: readonly Group[];
  value(figures: Figures): number;
  say(value: number): string;
}

const WIDTH = 760;
const LABEL = 190;
const BAR = 13;

/** Horizontal bars from zero, those of the old policy above those of the new one; the figure stands beside each bar. */
export function barsOf({ title, groups, value, say }: Bars): string {
  const compared = groups.some(({ old_policy }) => old_policy !== null);
  const all = groups.flatMap(({ new_policy, old_policy }) => [
    value(new_policy),
    ...(old_policy ? [value(old_policy)] : []),
  ]);
  const [least, most] = [Math.min(0, ...all), Math.max(1e-9, ...all)];
  const room = WIDTH - LABEL - 90;
  const x = (amount: number) => LABEL + ((amount - least) / (most - least)) * room;
  const step = compared ? 2 * BAR + 10 : BAR + 9;
  const bar = (amount: number, y: number, look: string) => {
    const [from, to] = [Math.min(x(0), x(amount)), Math.max(x(0), x(amount))];
    return `<rect class="${look}" x="${fixed(from)}" y="${y}" width="${fixed(Math.max(1, to - from))}" height="${BAR}" rx="2"/><text class="value" x="${fixed(to + 6)}" y="${y + BAR - 2.5}">${esc(say(amount))}</text>`;
  };
  const rows = groups.map(({ name, new_policy, old_policy }, i) => {
    const y = 6 + i * step;
    const label = `<text class="tick end" x="${LABEL - 8}" y="${y + (compared ? BAR + 4 : BAR - 2.5)}">${esc(name)}</text>`;
    return `${label}${old_policy ? bar(value(old_policy), y, "was") : ""}${bar(value(new_policy), old_policy ? y + BAR + 2 : y, "is")}`;
  });
  const height = 12 + groups.length * step;
  const zero = `<line class="grid" x1="${fixed(x(0))}" x2="${fixed(x(0))}" y1="0" y2="${height}"/>`;
  return figure(title, height, zero + rows.join(""));
}

const PLOT = { left: 76, right: 20, top: 12, bottom: 44, height: 340 };
/** More dots than this say nothing more about where deals lie, and make a page that is slow to open. */
const DOTS = 3_000;

/** Deals, the first of them where they are many: what was given away against what is left above the floor, as shares. */
export function dealsOf(rows: readonly Row[], { currency }: Report): string {
  const all = rows.flatMap((row) => dealOf(row, currency));
  const deals = all.slice(0, DOTS);
  const most = Math.max(0.1, ...deals.map(({ given }) => given));
  const low = Math.min(0, ...deals.map(({ above }) => above));
  const high = Math.max(0.1, ...deals.map(({ above }) => above));
  const [right, foot] = [WIDTH - PLOT.right, PLOT.height - PLOT.bottom];
  const x = (given: number) => PLOT.left + (given / most) * (right - PLOT.left);
  const y = (above: number) => PLOT.top + ((high - above) / (high - low)) * (foot - PLOT.top);
  const level = (look: string, at: number) =>
    `<line class="${look}" x1="${PLOT.left}" x2="${right}" y1="${fixed(y(at))}" y2="${fixed(y(at))}"/>`;
  const parts = [
    ...ticksOf(low, high).map(
      (at) =>
        `${level("grid", at)}<text class="tick end" x="${PLOT.left - 8}" y="${fixed(y(at) + 4)}">${percent(at)}</text>`,
    ),
    level("floor", 0),
    ...ticksOf(0, most).map(
      (at) => `<text class="tick" x="${fixed(x(at))}" y="${foot + 18}">${percent(at)}</text>`,
    ),
    `<text class="axis" x="${(right + PLOT.left) / 2}" y="${PLOT.height - 6}">given away, of list price</text>`,
    `<text class="axis" transform="translate(16 ${(foot + PLOT.top) / 2}) rotate(-90)">left above the floor, of it</text>`,
    ...deals.map(
      ({ given, above, kind, told }) =>
        `<circle class="${kind}" cx="${fixed(x(given))}" cy="${fixed(y(above))}" r="3.2"><title>${esc(told)}</title></circle>`,
    ),
  ];
  const some =
    all.length > DOTS
      ? `The first ${DOTS.toLocaleString("en")} of ${all.length.toLocaleString("en")} deals`
      : "Deals";
  return figure(
    `${some}: what was given away, and what is left above the floor (the red line); dots are machines, rings are people`,
    PLOT.height,
    parts.join(""),
  );
}

function dealOf({ new_policy, kind, buyer, want }: Row, currency: string) {
  const { deal, ledger } = new_policy;
  if (!deal || !ledger || ledger.list === 0 || ledger.floor === 0) return [];
  const goods = want.lines.map(({ sku, quantity }) => `${quantity} x ${sku}`).join(", ");
  const told = `${goods}: ${cash(deal.totals.total, currency)}, ${buyer}, ${kind}`;
  return [
    { given: ledger.given / ledger.list, above: (ledger.net - ledger.floor) / ledger.floor, kind, told },
  ];
}

/** Round shares from one to the other, at most seven. */
function ticksOf(low: number, high: number): number[] {
  const steps = [0.01, 0.02, 0.05, 0.1, 0.2, 0.5, 1, 2, 5, 10];
  const step = steps.find((each) => (high - low) / each <= 6) ?? (high - low) / 6;
  const first = Math.ceil(low / step - 1e-9);
  return Array.from({ length: Math.floor(high / step + 1e-9) - first + 1 }, (_, i) => (first + i) * step);
}

function percent(value: number): string {
  return `${Math.round(value * 100)}%`;
}

function figure(title: string, height: number, content: string): string {
  return `<figure class="card"><figcaption>${esc(title)}</figcaption><svg viewBox="0 0 ${WIDTH} ${height}" role="img" aria-label="${esc(title)}">${content}</svg></figure>`;
}

function fixed(value: number): string {
  return value.toFixed(1);
}
