import { existsSync } from "node:fs";
import { join, resolve } from "node:path";
import { parseArgs } from "node:util";
import type { Estimate } from "../src/arena/bootstrap.ts";
import { type Domains, domainsIn } from "../src/arena/scenario-files.ts";
import { type Half, type Halves, halves, MOST_BESIDE, tuningFamilies, USUAL } from "../src/arena/split.ts";
import type { Results } from "../src/arena/tournament.ts";
import { Fault } from "../src/domain/fault.ts";
import { CLOCK, HISTORY } from "./negotiate-history.ts";
import { atMost, BARRED, BOULWARE, DEFAULT, type PlayedAll, playAll, sized } from "./negotiate-play.ts";
import { BOOTSTRAP_SEED, type Line, tableOf } from "./negotiate-table.ts";
import {
  aheadOf,
  BARS,
  type Comparison,
  compare,
  gainOver,
  judge,
  missedBy,
  missedOf,
} from "./negotiate-verdict.ts";

const ROOT = resolve(import.meta.dirname, "..");
const RESERVATION = 0.25;
const HORIZONS = [10, 20, 100];
/** Everybody who goes by that name; the bar is on the first, which was published for this protocol. */
const BOULWARES = [BOULWARE, "faratin-boulware", "parley/boulware"];

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

interface Played {
  readonly tuning: boolean;
  readonly domains: Domains;
  readonly all: Halves;
  readonly half: Half;
  readonly played: PlayedAll;
}

function report({ tuning, domains, all, half, played }: Played): object {
  const tables = tablesOf(played.main);
  const against = byRounds(played.main, ({ rows }) => compare(rows, DEFAULT, BOULWARE));
  const barred = new Map([...played.main].filter(([rounds]) => BARRED.includes(rounds)));
  const ahead = byRounds(barred, ({ rows }, rounds) => aheadOf(rows, tables.get(rounds) ?? [], DEFAULT));
  const boulwares = byRounds(barred, ({ rows }) => {
    const others = BOULWARES.filter((other) => other !== DEFAULT);
    return Object.fromEntries(
      others.map((other) => [other, gainOver(rows, DEFAULT, other, (row) => row.utility)]),
    );
  });
  const every = [
    ...[...played.main.values(), ...played.last_turn.values(), played.buyers, played.rational],
    ...(played.beside ? [played.beside] : []),
  ];
  const replayed = every.reduce((sum, each) => sum + each.replayed, 0);
  const identical = every.reduce((sum, each) => sum + each.identical, 0);
  const missed = missedOf(played.rational.rows, DEFAULT);
  const judged = judge({ lines: tables, against, missed, vendor: DEFAULT, replayed, identical });
  for (const [rounds, comparison] of against) printLosses(rounds, comparison);
  process.stdout.write(`\n${[CLOCK.judged, CLOCK.beside, ...HISTORY].join("\n")}\n\n`);
  for (const [name, { value, bar, held }] of Object.entries(judged))
    process.stdout.write(`${name}: ${value} (bar ${bar}: ${held ? "held" : "MISSED"})\n`);
  for (const [rounds, one] of ahead)
    if (one) process.stdout.write(`advantage_${rounds} over ${one.runner_up}: ${interval(one.advantage)}\n`);
  for (const [rounds, gains] of boulwares)
    for (const [other, gain] of Object.entries(gains))
      process.stdout.write(`utility at ${rounds} rounds over ${other}: ${interval(gain)}\n`);
  const broken = Object.entries(judged).filter(([, { held }]) => !held);
  return {
    ...{ half: tuning ? "tuning" : "untouched", default: DEFAULT, reservation: RESERVATION, bars: BARS },
    ...figuresOf(tables, against),
    ...{ missed_deals: missed.mean, missed_deals_high: missed.high },
    missed_by_partner: missedBy(played.rational.rows, DEFAULT),
    ...{ judged, clock: CLOCK, history: HISTORY },
    ...{ ahead: Object.fromEntries(ahead), gain_over: Object.fromEntries(boulwares) },
    boulware: Object.fromEntries(against),
    tables: Object.fromEntries(tables),
    tables_where_the_last_turn_is_known: Object.fromEntries(tablesOf(played.last_turn)),
    buyers: tableOf(played.buyers.rows),
    rational: tableOf(played.rational.rows),
    beside: played.beside && tableOf(played.beside.rows),
    ...splitOf(all, domains),
    ...{ families: half.usual.map(sized), seeds: seedsBy(every), bootstrap_seed: BOOTSTRAP_SEED },
    sessions: every.reduce((sum, each) => sum + each.rows.length, 0),
    ...{ replayed, identical, node: process.version },
    // Parameters are chosen on the tuning half: it passes or fails nothing.
    failures: tuning ? [] : broken.map(([name, { value, bar }]) => `${name} is ${value}, not ${bar}`),
  };
}

function byRounds<T>(
  played: ReadonlyMap<number, Results>,
  of: (results: Results, rounds: number) => T,
): Map<number, T> {
  return new Map([...played].map(([rounds, results]) => [rounds, of(results, rounds)]));
}

function tablesOf(played: ReadonlyMap<number, Results>): Map<number, Line[]> {
  return byRounds(played, ({ rows }) => tableOf(rows));
}

function interval({ mean, low, high }: Estimate): string {
  return `${mean}, from ${low} to ${high} (paired, 95% over domains drawn again)`;
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
