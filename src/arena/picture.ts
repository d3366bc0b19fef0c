import type { Row } from "./encounter.ts";
import type { Frontier } from "./frontier.ts";
import { type Scenario, type SideNumber, WHOLE } from "./scenario.ts";
import type { Space } from "./view.ts";

/** Plot area and what stands around it, in user units. */
const PLOT = { width: 380, height: 340, left: 54, top: 14, right: 14, bottom: 44 } as const;
/** More dots than this say nothing more about where outcomes lie. */
const DOTS = 1_500;

/** Classes of each strategy's marks: its colour, and by what the page hides them. */
export type Looks = ReadonlyMap<string, string>;

/**
 * What was agreed on one scenario, in the space of both sides' utilities: every outcome that there is, the frontier, the
 * Nash point, what no agreement is worth, and a mark for each agreement, round where the strategy was the first side and
 * square where it was the second, the larger the more often.
 */
export function frontierPicture(
  space: Space,
  frontier: Frontier,
  rows: readonly Row[],
  looks: Looks,
): string {
  const { scenario, views } = space;
  const [first, second] = scenario.sides;
  const at = (outcome: number): readonly [number, number] => [
    x((views[0].utility[outcome] as number) / WHOLE),
    y((views[1].utility[outcome] as number) / WHOLE),
  ];
  const zone = [x(first.reservation / WHOLE), y(second.reservation / WHOLE)] as const;
  const line = [...frontier.pareto].map((outcome) => at(outcome).map(short).join(" "));
  const { nash } = frontier;
  const [width, height] = [PLOT.left + PLOT.width + PLOT.right, PLOT.top + PLOT.height + PLOT.bottom];
  return `<svg viewBox="0 0 ${width} ${height}" role="img" aria-label="${esc(scenario.family)}: agreements against the Pareto frontier">
${grid()}
<rect class="zone" x="${short(zone[0])}" y="${PLOT.top}" width="${short(x(1) - zone[0])}" height="${short(zone[1] - PLOT.top)}"><title>worth having to both</title></rect>
<path class="limit" d="M${short(zone[0])} ${PLOT.top}V${y(0)}M${x(0)} ${short(zone[1])}H${x(1)}"/>
<path class="all" d="${dotsOf(space, at)}"/>
<polyline class="frontier" points="${line.join(" ")}"/>
${marksOf(space, rows, looks, at)}
${nash === null ? "" : star(at(nash), `Nash point, ${described(scenario, views, nash)}`)}
<text class="axis" x="${x(0.5)}" y="${height - 6}">utility of side 1, ${esc(first.name)}</text>
<text class="axis" transform="translate(13 ${y(0.5)}) rotate(-90)">utility of side 2, ${esc(second.name)}</text>
</svg>`;
}

function x(utility: number): number {
  return PLOT.left + PLOT.width * Math.max(0, utility);
}

function y(utility: number): number {
  return PLOT.top + PLOT.height * (1 - Math.max(0, utility));
}

function grid(): string {
  const steps = [0, 0.25, 0.5, 0.75, 1];
  const lines = steps.map((step) => `M${x(step)} ${y(0)}V${y(1)}M${x(0)} ${y(step)}H${x(1)}`);
  const labels = steps.map(
    (step) =>
      `<text class="tick" x="${x(step)}" y="${y(0) + 15}">${step}</text><text class="tick end" x="${x(0) - 6}" y="${y(step) + 4}">${step}</text>`,
  );
  return `<path class="grid" d="${lines.join("")}"/>${labels.join("")}`;
}

/** All outcomes in one path of points; of many every so-manieth, so that no corner is left out. */
function dotsOf(space: Space, at: (outcome: number) => readonly [number, number]): string {
  const every = Math.max(1, Math.ceil(space.outcomes / DOTS));
  const dots = new Set<string>();
  for (let outcome = 0; outcome < space.outcomes; outcome += every)
    dots.add(`M${at(outcome).map(short).join(" ")}h0`);
  return [...dots].join("");
}

interface Mark {
  readonly vendor: string;
  readonly side: SideNumber;
  readonly outcome: number;
  readonly times: number;
}

/** Large marks first, so that small ones stay in sight. */
function marksOf(
  space: Space,
  rows: readonly Row[],
  looks: Looks,
  at: (outcome: number) => readonly [number, number],
): string {
  const marks = [
    ...Map.groupBy(
      rows.filter(({ outcome }) => outcome !== null),
      ({ vendor, side, outcome }) => `${vendor}\n${side}\n${outcome}`,
    ).values(),
  ].map(([one, ...more]): Mark => {
    const { vendor, side, outcome } = one as Row;
    return { vendor, side, outcome: outcome as number, times: more.length + 1 };
  });
  marks.sort((one, other) => other.times - one.times);
  return marks
    .map(({ vendor, side, outcome, times }) => {
      const [cx, cy] = at(outcome);
      const size = 3 + 1.2 * Math.sqrt(times);
      const title = `${vendor} as ${space.scenario.sides[side].name}, ${times === 1 ? "once" : `${times} times`}, ${described(space.scenario, space.views, outcome)}`;
      const shape =
        side === 0
          ? `<circle cx="${short(cx)}" cy="${short(cy)}" r="${short(size)}"`
          : `<rect x="${short(cx - size * 0.88)}" y="${short(cy - size * 0.88)}" width="${short(size * 1.76)}" height="${short(size * 1.76)}"`;
      return `${shape} class="mark ${looks.get(vendor) ?? ""}"><title>${esc(title)}</title></${side === 0 ? "circle" : "rect"}>`;
    })
    .join("\n");
}

function star([cx, cy]: readonly [number, number], title: string): string {
  const points = Array.from({ length: 10 }, (_, i) => {
    const [radius, angle] = [i % 2 === 0 ? 9 : 3.8, (Math.PI * i) / 5 - Math.PI / 2];
    return `${short(cx + radius * Math.cos(angle))},${short(cy + radius * Math.sin(angle))}`;
  });
  return `<polygon class="nash" points="${points.join(" ")}"><title>${esc(title)}</title></polygon>`;
}

/** What an outcome is worth to either side, and what it is. */
function described({ issues, sides }: Scenario, views: Space["views"], outcome: number): string {
  const worth = views.map(({ utility }) => ((utility[outcome] as number) / WHOLE).toFixed(2));
  const values = views[0]
    .values(outcome)
    .map((value, i) => `${issues[i]?.name}: ${issues[i]?.values[value]}`);
  return `${sides[0].name} ${worth[0]}, ${sides[1].name} ${worth[1]}\n${values.join("\n")}`;
}

function short(value: number): string {
  return String(Math.round(value * 10) / 10);
}

/** Text of others as text, in elements and attributes alike. */
export function esc(text: string): string {
  const named: Readonly<Record<string, string>> = { "&": "&amp;", "<": "&lt;", ">": "&gt;", '"': "&quot;" };
  return text.replace(/[&<>"]/g, (character) => named[character] ?? character);
}
