import { existsSync } from "node:fs";
import { join, resolve } from "node:path";
import { parseArgs } from "node:util";
import { BUYERS, PUBLISHED } from "../src/arena/agents/index.ts";
import { OWN, RATIONAL } from "../src/arena/roster.ts";
import { outcomesOf, type Scenario } from "../src/arena/scenario.ts";
import { type Domains, domainsIn } from "../src/arena/scenario-files.ts";
import { type Half, type Halves, halves, MOST_BESIDE, tuningFamilies, USUAL } from "../src/arena/split.ts";
import { type Results, type Row, tournament } from "../src/arena/tournament.ts";
import { Fault } from "../src/domain/fault.ts";
import { digest } from "../src/domain/hash.ts";
import { type Line, linesOf, print } from "./negotiate-table.ts";
import { BARS, type Comparison, compare, judge, missedBy, missedOf } from "./negotiate-verdict.ts";

const ROOT = resolve(import.meta.dirname, "..");
const RESERVATION = 0.25;
const HORIZONS = [10, 20, 100];
const BOOTSTRAP_SEED = 2026;
/** The vendor that is judged, and the published one it is held against. */
const DEFAULT = OWN[0]?.name ?? "";
const BOULWARE = "boulware";
/** Vendors of the smaller tables. */
const FEW = [...OWN.map(({ name }) => name), BOULWARE];

/**
 * What a vendor's strategies earn beside the published ones, against the published ones as partners, on domains that no
 * parameter was chosen on; `--tuning` plays the other half, on which they are. Every session is played twice.
 */
export async function run(args: string[]): Promise<object> {
  const { tuning, rounds } = optionsOf(args);
  const folder = join(resolve(process.env.PARLEY_DATA ?? "../shared/data"), "negotiation-scenarios");
  const without = (why: string) => {
    process.stdout.write(`${why}\n`);
    return { failures: [why] };
  };
  if (!existsSync(folder))
    return without(`${folder} is not there; set PARLEY_DATA to the folder of data sets`);
  const list = tuningFamilies(join(ROOT, "fixtures/arena/tuning-domains.json"));
  const domains = domainsIn(folder, RESERVATION, list);
  const all = halves(domains.scenarios, list);
  const half = atMost(tuning ? all.tuning : all.untouched);
  if (half.usual.length === 0)
    return without(`${folder} has no domain of this half with ${USUAL.least} to ${USUAL.most} outcomes`);
  process.stdout.write(`${tuning ? "tuning" : "untouched"} domains: ${half.usual.map(sized).join(", ")}\n`);
  for (const { id, why } of domains.left_out) process.stdout.write(`left out: ${id}: ${why}\n`);
  const played = await playAll(half, rounds);
  return report({ tuning, domains, all, half, played });
}

/** Many domains are played fewer times each, and the most by the digests of their names, so that all takes minutes. */
const MOST_DOMAINS = 40;
const MANY_DOMAINS = 20;

function atMost(half: Half): Half {
  const first = (scenarios: readonly Scenario[], most: number) =>
    [...scenarios]
      .sort((a, b) => (digest(a.family) < digest(b.family) ? -1 : 1))
      .slice(0, most)
      .sort((a, b) => (a.family < b.family ? -1 : 1));
  return { usual: first(half.usual, MOST_DOMAINS), beside: first(half.beside, MOST_DOMAINS / 4) };
}

/** Long sessions are the dear ones, and no bar is on them. */
function seedsFor(rounds: number, scenarios: readonly Scenario[]): number[] {
  return rounds > 20 || scenarios.length > MANY_DOMAINS ? [1, 2] : [1, 2, 3, 4];
}

function optionsOf(args: string[]): { tuning: boolean; rounds: number[] } {
  const { values } = parseArgs({
    args,
    options: { tuning: { type: "boolean" }, rounds: { type: "string" } },
  });
  const rounds = values.rounds === undefined ? HORIZONS : values.rounds.split(",").map(Number);
  if (!rounds.every((each) => Number.isInteger(each) && each > 0 && each <= 1_000))
    throw new Fault(
      "bad_config",
      `--rounds takes whole numbers from 1 to 1000, such as 10,20; not ${values.rounds}`,
    );
  return { tuning: values.tuning ?? false, rounds };
}

interface PlayedAll {
  readonly main: ReadonlyMap<number, Results>;
  readonly buyers: Results;
  readonly rational: Results;
  readonly beside: Results | null;
}

async function playAll(half: Half, horizons: readonly number[]): Promise<PlayedAll> {
  const names = (agents: readonly { name: string }[]) => agents.map(({ name }) => name);
  const [vendors, partners] = [names([...OWN, ...PUBLISHED]), names(PUBLISHED)];
  const roster = new URL("../src/arena/roster.ts", import.meta.url).href;
  const meet = (scenarios: readonly Scenario[], some: string[], others: string[], rounds: number) => {
    const seeds = seedsFor(rounds, scenarios);
    return tournament({ scenarios, vendors: some, partners: others, rounds, seeds, packages: 1, roster });
  };
  const main = new Map<number, Results>();
  for (const rounds of horizons) {
    const results = await meet(half.usual, vendors, partners, rounds);
    main.set(rounds, results);
    print(`${rounds} rounds, against ${partners.length} published partners`, tableOf(results));
  }
  const buyers = await meet(half.usual, FEW, names(BUYERS), 10);
  print(`10 rounds, against other buyers (${names(BUYERS).join(", ")})`, tableOf(buyers));
  const rational = await meet(half.usual, FEW, names(RATIONAL), 10);
  print("10 rounds, against the published partners made rational", tableOf(rational));
  const beside = half.beside.length > 0 ? await meet(half.beside, FEW, partners, 10) : null;
  if (beside) print(`10 rounds, beside the bars: ${half.beside.map(sized).join(", ")}`, tableOf(beside));
  return { main, buyers, rational, beside };
}

function tableOf({ rows }: { readonly rows: readonly Row[] }): Line[] {
  return linesOf(rows, BOOTSTRAP_SEED);
}

interface Played {
  readonly tuning: boolean;
  readonly domains: Domains;
  readonly all: Halves;
  readonly half: Half;
  readonly played: PlayedAll;
}

function report({ tuning, domains, all, half, played }: Played): object {
  const tables = new Map([...played.main].map(([rounds, results]) => [rounds, tableOf(results)]));
  const against = new Map(
    [...played.main].map(([rounds, { rows }]) => [rounds, compare(rows, DEFAULT, BOULWARE, BOOTSTRAP_SEED)]),
  );
  const every = [
    ...played.main.values(),
    played.buyers,
    played.rational,
    ...(played.beside ? [played.beside] : []),
  ];
  const replayed = every.reduce((sum, each) => sum + each.replayed, 0);
  const identical = every.reduce((sum, each) => sum + each.identical, 0);
  const missed = missedOf(played.rational.rows, DEFAULT, BOOTSTRAP_SEED);
  const judged = judge({ lines: tables, against, missed, vendor: DEFAULT, replayed, identical });
  for (const [rounds, comparison] of against) printLosses(rounds, comparison);
  process.stdout.write("\n");
  for (const [name, { value, bar, held }] of Object.entries(judged))
    process.stdout.write(`${name}: ${value} (bar ${bar}: ${held ? "held" : "MISSED"})\n`);
  const broken = Object.entries(judged).filter(([, { held }]) => !held);
  return {
    ...{ half: tuning ? "tuning" : "untouched", default: DEFAULT, reservation: RESERVATION, bars: BARS },
    ...figuresOf(tables, against),
    ...{ missed_deals: missed.mean, missed_deals_high: missed.high },
    missed_by_partner: missedBy(played.rational.rows, DEFAULT),
    judged,
    boulware: Object.fromEntries(against),
    tables: Object.fromEntries(tables),
    buyers: tableOf(played.buyers),
    rational: tableOf(played.rational),
    beside: played.beside && tableOf(played.beside),
    ...splitOf(all, domains),
    ...{ families: half.usual.map(sized), seeds: seedsBy(every), bootstrap_seed: BOOTSTRAP_SEED },
    sessions: every.reduce((sum, each) => sum + each.rows.length, 0),
    ...{ replayed, identical, node: process.version },
    // Parameters are chosen on the tuning half: it passes or fails nothing.
    failures: tuning ? [] : broken.map(([name, { value, bar }]) => `${name} is ${value}, not ${bar}`),
  };
}

/** What the bars are on, of the default, by rounds; the whole tables follow. */
function figuresOf(
  tables: ReadonlyMap<number, readonly Line[]>,
  against: ReadonlyMap<number, Comparison>,
): object {
  const by = <T>(of: (rounds: number, line: (vendor: string) => Line | undefined) => T): Record<number, T> =>
    Object.fromEntries(
      [...tables].map(([rounds, lines]) => [
        rounds,
        of(rounds, (vendor) => lines.find((line) => line.vendor === vendor)),
      ]),
    );
  return {
    advantage: by((_, line) => line(DEFAULT)?.advantage?.mean),
    agreement: by((_, line) => line(DEFAULT)?.agreement?.mean),
    gain_over_boulware_low: by((rounds) => against.get(rounds)?.gain.low),
    partner_utility: by((_, line) => line(DEFAULT)?.partner_utility?.mean),
    partner_utility_of_boulware: by((_, line) => line(BOULWARE)?.partner_utility?.mean),
    pareto_distance: by((_, line) => line(DEFAULT)?.pareto_distance?.mean),
    r3: by((_, line) => line(DEFAULT)?.r3?.mean),
  };
}

/** The seeds that were played, by rounds. */
function seedsBy(every: readonly Results[]): Record<number, number[]> {
  const seeds: Record<number, Set<number>> = {};
  for (const { rows } of every)
    for (const { rounds, seed } of rows) {
      seeds[rounds] ??= new Set();
      seeds[rounds].add(seed);
    }
  return Object.fromEntries(Object.entries(seeds).map(([rounds, some]) => [rounds, [...some].sort()]));
}

function printLosses(rounds: number, { gain, partner_gain, cells, losses }: Comparison): void {
  const worst = losses
    .slice(0, 8)
    .map(([domain, partner, less]) => `${domain} x ${partner} ${less.toFixed(3)}`);
  process.stdout.write(
    `\n${rounds} rounds, ${DEFAULT} beside ${BOULWARE}: own ${gain.mean} [${gain.low}, ${gain.high}], partner's ` +
      `${partner_gain.mean} [${partner_gain.low}, ${partner_gain.high}]; loses ${losses.length} of ${cells} cells` +
      `${worst.length > 0 ? `, the worst: ${worst.join("; ")}` : ""}\n`,
  );
}

function splitOf({ tuning, untouched, too_large }: Halves, { files, rows, left_out }: Domains): object {
  const families = (half: Half) => ({ usual: half.usual.map(sized), beside: half.beside.map(sized) });
  const sizes = { usual: USUAL, beside: `up to ${MOST_BESIDE}` };
  return {
    split: {
      tuning: families(tuning),
      untouched: families(untouched),
      too_large,
      left_out,
      sizes,
      files,
      rows,
    },
  };
}

function sized(scenario: Scenario): string {
  const single = scenario.issues.length === 1 ? ", one issue" : "";
  return `${scenario.family} (${outcomesOf(scenario)}${single})`;
}
