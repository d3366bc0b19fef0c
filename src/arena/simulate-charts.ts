import { esc } from "./picture.ts";
import type { Row } from "./simulate.ts";
import type { Group, Report } from "./simulate-report.ts";
import { cash, share } from "./simulate-verdict.ts";

/** One quantity for each group, before and now. */
export interface Bars {
  readonly title: string;
  readonly groups: readonly Group[];
  value(figures: Group["now"]): number;
  say(value: number): string;
}

const WIDTH = 760;
const LABEL = 190;
const BAR = 13;

/** Horizontal bars from zero, those of before above those of now; the figure stands beside each bar. */
export function barsOf({ title, groups, value, say }: Bars): string {
  const compared = groups.some(({ before }) => before !== null);
  const all = groups.flatMap(({ now, before }) => [value(now), ...(before ? [value(before)] : [])]);
  const [least, most] = [Math.min(0, ...all), Math.max(1e-9, ...all)];
  const room = WIDTH - LABEL - 90;
  const x = (amount: number) => LABEL + ((amount - least) / (most - least)) * room;
  const step = compared ? 2 * BAR + 10 : BAR + 9;
  const bar = (amount: number, y: number, look: string) => {
    const [from, to] = [Math.min(x(0), x(amount)), Math.max(x(0), x(amount))];
    return `<rect class="${look}" x="${fixed(from)}" y="${y}" width="${fixed(Math.max(1, to - from))}" height="${BAR}" rx="2"/><text class="value" x="${fixed(to + 6)}" y="${y + BAR - 2.5}">${esc(say(amount))}</text>`;
  };
  const rows = groups.map(({ name, now, before }, i) => {
    const y = 6 + i * step;
    const label = `<text class="tick end" x="${LABEL - 8}" y="${y + (compared ? BAR + 4 : BAR - 2.5)}">${esc(name)}</text>`;
    return `${label}${before ? bar(value(before), y, "was") : ""}${bar(value(now), before ? y + BAR + 2 : y, "is")}`;
  });
  const height = 12 + groups.length * step;
  const zero = `<line class="grid" x1="${fixed(x(0))}" x2="${fixed(x(0))}" y1="0" y2="${height}"/>`;
  return figure(title, height, zero + rows.join(""));
}

const PLOT = { left: 70, right: 20, top: 12, bottom: 44, height: 340 };

/** Every deal: what was given away against what is left above the floor, both as shares. */
export function dealsOf(rows: readonly Row[], { currency }: Report): string {
  const deals = rows.flatMap(({ now, kind, buyer, want }) => {
    const { deal, ledger } = now;
    if (!deal || !ledger || ledger.list === 0 || ledger.floor === 0) return [];
    const given = ledger.given / ledger.list;
    const above = (ledger.net - ledger.floor) / ledger.floor;
    const told = `${want.lines.map(({ sku, quantity }) => `${quantity} x ${sku}`).join(", ")}: ${cash(deal.totals.total, currency)}, ${buyer}, ${kind}`;
    return [{ given, above, kind, told }];
  });
  const most = Math.max(0.1, ...deals.map(({ given }) => given));
  const low = Math.min(0, ...deals.map(({ above }) => above));
  const high = Math.max(0.1, ...deals.map(({ above }) => above));
  const x = (given: number) => PLOT.left + (given / most) * (WIDTH - PLOT.left - PLOT.right);
  const y = (above: number) =>
    PLOT.top + ((high - above) / (high - low)) * (PLOT.height - PLOT.top - PLOT.bottom);
  const ticks = [0, 0.25, 0.5, 0.75, 1];
  const across = ticks.map((t) => {
    const at = fixed(x(t * most));
    return `<text class="tick" x="${at}" y="${PLOT.height - PLOT.bottom + 18}">${share(t * most)}</text>`;
  });
  const up = ticks.map((t) => {
    const at = low + t * (high - low);
    return `<line class="grid" x1="${PLOT.left}" x2="${WIDTH - PLOT.right}" y1="${fixed(y(at))}" y2="${fixed(y(at))}"/><text class="tick end" x="${PLOT.left - 8}" y="${fixed(y(at) + 4)}">${share(at)}</text>`;
  });
  const floor = `<line class="floor" x1="${PLOT.left}" x2="${WIDTH - PLOT.right}" y1="${fixed(y(0))}" y2="${fixed(y(0))}"/>`;
  const points = deals.map(
    ({ given, above, kind, told }) =>
      `<circle class="${kind}" cx="${fixed(x(given))}" cy="${fixed(y(above))}" r="3.2"><title>${esc(told)}</title></circle>`,
  );
  const named = `<text class="tick" x="${(WIDTH + PLOT.left) / 2}" y="${PLOT.height - 6}">given away, of list price</text>`;
  return figure(
    "Deals: what was given away, and what is left above the floor (the line); dots are machines, rings are people",
    PLOT.height,
    [...up, floor, ...across, named, ...points].join(""),
  );
}

function figure(title: string, height: number, content: string): string {
  return `<figure class="card"><figcaption>${esc(title)}</figcaption><svg viewBox="0 0 ${WIDTH} ${height}" role="img" aria-label="${esc(title)}">${content}</svg></figure>`;
}

function fixed(value: number): string {
  return value.toFixed(1);
}
