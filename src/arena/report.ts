import { byDomain } from "./bootstrap.ts";
import { type Row, stageOf } from "./encounter.ts";
import { esc, frontierPicture, type Looks } from "./picture.ts";
import { COLOUR_COUNT, STYLE } from "./report-style.ts";
import type { Scenario } from "./scenario.ts";
import { MEASURE_NAMES, type MeasureName, type Standing } from "./standings.ts";
import { standingsPicture } from "./standings-picture.ts";

export interface Played {
  readonly scenarios: readonly Scenario[];
  readonly rows: readonly Row[];
  readonly standings: readonly Standing[];
  readonly settings: {
    readonly source: string;
    readonly rounds: number;
    readonly seeds: number;
  };
}

/** A page with more pictures than this takes long to open; the rest are in the figures alone. */
const PICTURES = 24;

/**
 * One HTML file that needs nothing beside it, runs nothing and reaches for nothing: how the strategies stand, against
 * whom, and where their agreements lie. Names from scenarios are text, never markup.
 */
export function report({ scenarios, rows, standings, settings }: Played): string {
  const colours: Looks = new Map(standings.map(({ vendor }, i) => [vendor, colour(i)]));
  const domains = new Set(rows.map(({ family }) => family)).size;
  const sides = new Set(rows.map(({ side }) => side)).size === 2 ? "both sides" : "as the vendor";
  const partners = [...new Set(rows.map(({ partner }) => partner))];
  const { source, rounds, seeds } = settings;
  const about = `Rounds: ${rounds}, domains: ${domains} (${source}), buyers: ${partners.length}, seeds: ${seeds}, ${sides}; sessions: ${rows.length}.`;
  return `<!doctype html>
<html lang="en"><head><meta charset="utf-8"><meta name="viewport" content="width=device-width,initial-scale=1">
<meta http-equiv="Content-Security-Policy" content="default-src 'none'; style-src 'unsafe-inline'">
<title>Parley arena</title><style>${STYLE}${standings.map((_, i) => hiding(i)).join("")}</style></head><body><main>
<h1>Parley arena</h1><p class="about">${esc(about)}</p>
<h2>How they stand</h2>
<p class="about">Advantage is utility beyond what no agreement is worth, as a share of the most there is; 0 without a deal. Lines are 95% intervals over domains drawn again.</p>
<div class="card scroll wide">${standingsPicture(standings, colours)}</div>
<h2>Every measure</h2>
<div class="card scroll">${tableOf(standings)}</div>
<h2>Against whom</h2>
<p class="about">Mean advantage of each strategy with each buyer.</p>
<div class="card scroll">${pairings(rows, standings, partners)}</div>
${scenarios.length === 0 ? "" : pictures(scenarios, rows, standings)}
</main></body></html>
`;
}

function colour(i: number): string {
  return `s${i % COLOUR_COUNT}`;
}

function pictures(
  scenarios: readonly Scenario[],
  rows: readonly Row[],
  standings: readonly Standing[],
): string {
  const marks: Looks = new Map(standings.map(({ vendor }, i) => [vendor, `${colour(i)} v${i}`]));
  const drawn = scenarios
    .slice(0, PICTURES)
    .map((scenario) => pictureOf(scenario, rows, standings, marks))
    .join("\n");
  const left = scenarios.length - PICTURES;
  const boxes = standings.map(
    ({ vendor }, i) =>
      `<label class="${colour(i)}"><input type="checkbox" id="v${i}" checked><i></i><span>${esc(vendor)}</span></label>`,
  );
  return `<h2>Where agreements lie</h2>
<div class="legend">${boxes.join("")}</div>
${KEY}
<div class="pictures">
${drawn}
</div>
${left > 0 ? `<p class="about">${left} more scenarios count in the figures and are not drawn.</p>` : ""}`;
}

/** The boxes of the legend work without a script: what is not ticked is not shown. */
function hiding(i: number): string {
  return `body:has(#v${i}:not(:checked)) .v${i}{display:none}`;
}

const KEY = `<p class="key"><span><svg viewBox="0 0 16 16"><circle class="mark s9" cx="8" cy="8" r="5"/></svg>as side 1</span>
<span><svg viewBox="0 0 16 16"><rect class="mark s9" x="3.5" y="3.5" width="9" height="9"/></svg>as side 2; larger: more often</span>
<span><svg viewBox="0 0 16 16"><path class="frontier" d="M1 3Q12 4 14 15"/></svg>Pareto frontier</span>
<span><svg viewBox="0 0 16 16"><polygon class="nash" points="8,1 10,6 15,6 11,9 12.5,15 8,11.5 3.5,15 5,9 1,6 6,6"/></svg>Nash point</span>
<span><svg viewBox="0 0 16 16"><path class="limit" d="M0 8H16"/></svg>no agreement; shaded: worth having to both</span></p>`;

function pictureOf(
  scenario: Scenario,
  rows: readonly Row[],
  standings: readonly Standing[],
  marks: Looks,
): string {
  const { space, frontier } = stageOf(scenario);
  const own = rows.filter((row) => row.scenario === scenario.id);
  const groups = standings.map(({ vendor }, i) => {
    const its = own.filter((row) => row.vendor === vendor);
    return { i, vendor, its, none: its.filter(({ agreed }) => !agreed).length };
  });
  const failed = groups.filter(({ none }) => none > 0);
  const none =
    failed.length === 0
      ? "All sessions ended with a deal."
      : `Without a deal: ${failed.map(({ i, vendor, its, none }) => `<span class="v${i}">${esc(vendor)} ${none} of ${its.length}</span>`).join(", ")}`;
  const title = scenario.issues.map(({ name, values }) => `${name} (${values.length})`).join(", ");
  const drawn = frontierPicture(space, frontier, own, marks);
  return `<section class="card"><h3>${esc(scenario.family)}</h3><p class="about">${esc(title)}; ${space.outcomes} outcomes</p>${drawn}<p class="nodeal">${none}</p></section>`;
}

const HEADS: Readonly<Record<MeasureName, string>> = {
  advantage: "advantage",
  agreement: "agreement",
  partner_utility: "partner's utility",
  welfare: "welfare",
  pareto_distance: "Pareto distance",
  nash_distance: "Nash distance",
  rounds: "rounds",
  missed: "missed deals",
};

function tableOf(standings: readonly Standing[]): string {
  const head = ["strategy", ...MEASURE_NAMES.map((name) => HEADS[name])];
  const lines = standings.map(({ vendor, measures }) => {
    const cells = MEASURE_NAMES.map((name) => {
      const estimate = measures[name];
      if (!estimate) return "<td>–</td>";
      const digits = name === "rounds" ? 1 : 3;
      const [mean, low, high] = [estimate.mean, estimate.low, estimate.high].map((n) => n.toFixed(digits));
      return `<td>${mean} <small>${low}–${high}</small></td>`;
    });
    return `<tr><td>${esc(vendor)}</td>${cells.join("")}</tr>`;
  });
  return `<table><tr>${head.map((each) => `<th>${each}</th>`).join("")}</tr>${lines.join("")}</table>`;
}

function pairings(rows: readonly Row[], standings: readonly Standing[], partners: readonly string[]): string {
  const cells = Map.groupBy(rows, ({ vendor, partner }) => `${vendor}\n${partner}`);
  const lines = standings.map(({ vendor }) => {
    const means = partners.map((partner) => {
      const own = cells.get(`${vendor}\n${partner}`) ?? [];
      const domains = [...byDomain(own, ({ advantage }) => advantage).values()];
      const mean = average(domains.map(average));
      return `<td style="--v:${Math.max(0, mean).toFixed(2)}">${mean.toFixed(2)}</td>`;
    });
    return `<tr><td>${esc(vendor)}</td>${means.join("")}</tr>`;
  });
  const head = partners.map((partner) => `<th>${esc(partner)}</th>`).join("");
  return `<table class="heat"><tr><th>strategy</th>${head}</tr>${lines.join("")}</table>`;
}

function average(values: readonly number[]): number {
  return values.reduce((sum, value) => sum + value, 0) / Math.max(1, values.length);
}
