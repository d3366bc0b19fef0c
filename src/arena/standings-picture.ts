import type { Estimate } from "./bootstrap.ts";
import { esc, type Looks } from "./picture.ts";
import type { Standing } from "./standings.ts";

/** One panel a measure, a line a strategy, and what a letter of its name takes at most, in user units. */
const SHAPE = { letter: 8.4, panel: 330, gap: 52, line: 27, top: 34, bottom: 30 } as const;
const PANELS = ["advantage", "agreement"] as const;

/**
 * How much each strategy gained and how often it closed, side by side: one that holds out gains much where it closes, and
 * only both together tell. A bar to the mean, a line over the 95% interval.
 */
export function standingsPicture(standings: readonly Standing[], looks: Looks): string {
  const height = SHAPE.top + SHAPE.line * standings.length + SHAPE.bottom;
  const longest = Math.max(18, ...standings.map(({ vendor }) => vendor.length));
  const names = Math.round(longest * SHAPE.letter) + 18;
  const width = names + PANELS.length * (SHAPE.panel + SHAPE.gap);
  const labels = standings.map(
    ({ vendor }, i) =>
      `<text class="name end ${looks.get(vendor) ?? ""}" x="${names - 14}" y="${middle(i) + 4}">${esc(vendor)}</text>`,
  );
  const panels = PANELS.map((measure, panel) => {
    const left = names + panel * (SHAPE.panel + SHAPE.gap);
    const lines = standings.map(({ vendor, measures }, i) => {
      const estimate = measures[measure];
      return estimate ? bar(left, i, vendor, measure, estimate, looks.get(vendor) ?? "") : "";
    });
    return `${frame(left, height, measure)}${lines.join("\n")}`;
  });
  return `<svg viewBox="0 0 ${width} ${height}" role="img" aria-label="advantage and agreement by strategy">
${labels.join("")}
${panels.join("\n")}
</svg>`;
}

function middle(line: number): number {
  return SHAPE.top + SHAPE.line * (line + 0.5);
}

function frame(left: number, height: number, measure: string): string {
  const steps = [0, 0.25, 0.5, 0.75, 1];
  const at = (step: number) => left + SHAPE.panel * step;
  const foot = height - SHAPE.bottom;
  return [
    `<text class="panel" x="${left}" y="${SHAPE.top - 16}">${measure}</text>`,
    `<path class="grid" d="${steps.map((step) => `M${at(step)} ${SHAPE.top - 4}V${foot + 4}`).join("")}"/>`,
    ...steps.map((step) => `<text class="tick" x="${at(step)}" y="${foot + 18}">${step}</text>`),
  ].join("");
}

function bar(
  left: number,
  line: number,
  vendor: string,
  measure: string,
  { mean, low, high }: Estimate,
  look: string,
): string {
  const at = (value: number) => Math.round((left + SHAPE.panel * Math.min(1, Math.max(0, value))) * 10) / 10;
  const y = middle(line);
  const title = `${vendor}: ${measure} ${mean.toFixed(3)}, 95% interval ${low.toFixed(3)} to ${high.toFixed(3)}`;
  return `<g class="bar ${look}"><title>${esc(title)}</title><rect class="fill" x="${left}" y="${y - 8}" width="${Math.round((at(mean) - left) * 10) / 10}" height="16" rx="3"/><path class="interval" d="M${at(low)} ${y}H${at(high)}M${at(low)} ${y - 5}v10M${at(high)} ${y - 5}v10"/><circle class="mean" cx="${at(mean)}" cy="${y}" r="4"/><text class="value" x="${left + SHAPE.panel + 6}" y="${y + 4}">${mean.toFixed(3)}</text></g>`;
}
