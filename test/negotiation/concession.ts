import type { Objective } from "../../src/domain/limits.ts";
import { boulware } from "../../src/negotiation/strategies/boulware.ts";
import { conceder } from "../../src/negotiation/strategies/conceder.ts";
import { fixed } from "../../src/negotiation/strategies/fixed.ts";
import { linear } from "../../src/negotiation/strategies/linear.ts";
import { roundAware } from "../../src/negotiation/strategies/round-aware.ts";
import type { Strategy } from "../../src/negotiation/strategies/strategy.ts";
import { WHOLE } from "../../src/negotiation/utility.ts";

const ROUNDS = 10;
const [WIDTH, HEIGHT] = [760, 400];
const FRAME = { left: 84, top: 24, right: 520, bottom: 344 };

const CURVES: readonly (readonly [string, Strategy, Objective, string, string])[] = [
  ["fixed", fixed, "balance", "#7a7a7a", "2 4"],
  ["round-aware, margin", roundAware, "margin", "#0b4f8a", ""],
  ["round-aware, balance", roundAware, "balance", "#1d84d8", ""],
  ["round-aware, conversion", roundAware, "conversion", "#74b9f2", ""],
  ["boulware", boulware, "balance", "#a33b20", "7 4"],
  ["linear", linear, "balance", "#d98032", "7 4"],
  ["conceder", conceder, "balance", "#8a6fb0", "7 4"],
];

/** What a strategy aims at in each round with a counterpart who shows nothing: parts per million of the room. */
export function targets(strategy: Strategy, objective: Objective): number[] {
  return Array.from({ length: ROUNDS }, (_, i) =>
    strategy.target({
      ...{ round: i + 1, rounds: ROUNDS, last_word: i + 1 === ROUNDS, objective },
      ...{ received: [], sent: [], distinct: 0, anchor: null, ladder: () => [] },
    }),
  );
}

/** The picture in docs/limits.md. */
export function picture(): string {
  const x = (round: number) =>
    FRAME.left + Math.round(((FRAME.right - FRAME.left) * (round - 1)) / (ROUNDS - 1));
  const y = (part: number) => FRAME.bottom - Math.round(((FRAME.bottom - FRAME.top) * part) / WHOLE);
  const grid = [0, 250_000, 500_000, 750_000, WHOLE].map((part) => {
    const name = part === WHOLE ? "list price" : part === 0 ? "limit" : `${part / 10_000} %`;
    return (
      `<line x1="${FRAME.left}" y1="${y(part)}" x2="${FRAME.right}" y2="${y(part)}" class="grid"/>` +
      `<text x="${FRAME.left - 8}" y="${y(part) + 4}" text-anchor="end">${name}</text>`
    );
  });
  const rounds = Array.from(
    { length: ROUNDS },
    (_, i) => `<text x="${x(i + 1)}" y="${FRAME.bottom + 20}" text-anchor="middle">${i + 1}</text>`,
  );
  const curves = CURVES.map(([name, strategy, objective, colour, dash], i) => {
    const points = targets(strategy, objective).map((part, round) => `${x(round + 1)},${y(part)}`);
    const style = `stroke="${colour}"${dash ? ` stroke-dasharray="${dash}"` : ""}`;
    const row = FRAME.top + 24 + i * 28;
    return (
      `<polyline points="${points.join(" ")}" ${style}/>` +
      `<line x1="544" y1="${row}" x2="580" y2="${row}" ${style} stroke-width="2.5"/>` +
      `<text x="590" y="${row + 4}">${name}</text>`
    );
  });
  return `${[
    `<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 ${WIDTH} ${HEIGHT}" role="img" aria-labelledby="title">`,
    '<title id="title">How much of the room each strategy still asks for in each of ten rounds</title>',
    "<style>text{font:13px system-ui,sans-serif;fill:#333}polyline{fill:none;stroke-width:2.5}.grid{stroke:#ddd}</style>",
    `<rect width="${WIDTH}" height="${HEIGHT}" fill="#fff"/>`,
    ...grid,
    ...rounds,
    `<text x="${(FRAME.left + FRAME.right) / 2}" y="${FRAME.bottom + 42}" text-anchor="middle">round</text>`,
    ...curves,
    "</svg>",
  ].join("\n")}\n`;
}
