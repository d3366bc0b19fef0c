import { mkdtempSync, rmSync } from "node:fs";
import { availableParallelism, tmpdir } from "node:os";
import { join, resolve } from "node:path";
import { Worker } from "node:worker_threads";
import { Fault } from "../src/domain/fault.ts";
import { limitShare, several } from "./confidential-attacks.ts";
import { costOf } from "./confidential-cost.ts";
import { type Features, FOCUS } from "./confidential-features.ts";
import { guessed, ratio, rmse, rounded } from "./confidential-learn.ts";
import { BUYING } from "./confidential-play.ts";
import { probed } from "./confidential-probes.ts";
import { rounding } from "./confidential-rounding.ts";
import { type Stall, shopOf, stall, TARGET } from "./confidential-shop.ts";
import { twins } from "./confidential-twins.ts";
import type { Played } from "./confidential-worker.ts";

const DEMO = resolve(import.meta.dirname, "../fixtures/vendors/demo");
/** Vendors whose limits attackers are told, without a session: so that they may be many. */
const TOLD = 240;
const PROBES = 1_000;
const TWINS = [2_001, 2_002, 2_003, 2_004, 2_005, 2_006, 2_007, 2_008];
const WIDTHS = [1_000, 2_500, 5_000];
/** Vendors whose limits of forty products each are searched for the floors that explain them all. */
const ROUNDED = 20;
const BARS = {
  rmse_ratio: 0.95,
  bisect_ratio: 0.9,
  floors_left: 200,
  open_rmse: 0.005,
  planted_ratio: 0.95,
} as const;

/**
 * How well somebody who has read the source tells a floor from outside. `--vendors <n>` plays 200 sessions with each of
 * so many (120), and with half as many that keep nothing back. Errors are shares of the list price.
 *
 * `rmse_ratio`: who has all transcripts against an ordinary observer, who has the list price and the final prices of the
 * 160 visits of those who came to buy: what was paid, or what was asked for last. What bisecting and prying sessions end at
 * is no part of that: they are the attack. `rmse_ratio_paid`: against who has the prices alone that were paid. Where the
 * limit lies is no secret, and prices paid tell it worse than asking does; that it is not the floor is what keeps the
 * floor. `bisect_ratio`: who bisects against who is told the limit. `rounding`: how many floors exact limits of many
 * products leave. `twins`: sessions that went otherwise with a vendor of another floor and the same limit.
 */
export async function run(args: string[]): Promise<object> {
  const began = performance.now();
  const vendors = Number(args.includes("--vendors") ? args[args.indexOf("--vendors") + 1] : 120);
  if (!(vendors >= 40))
    throw new Fault(
      "bad_config",
      "--vendors: at least 40 are needed to learn on some and be tested on others",
    );
  const seeds = Array.from({ length: vendors }, (_, i) => i + 1);
  const concealed = await played(seeds);
  const open = await played(seeds.slice(0, Math.ceil(vendors / 2)), 0);
  const on = { ...judged(concealed), planted_ratio: plantedRatio(concealed) };
  const off = judged(open);
  say("who has which error, concealed and open", on.rmse, off.rmse);
  const alike = twins(TWINS);
  const stalls = Array.from({ length: TOLD }, (_, i) => stall(1_000 + i));
  const left = rounding(stalls.slice(0, ROUNDED));
  const many = several(stalls, shopOf(stall(1)).limits.conceal_bp);
  const place = mkdtempSync(join(tmpdir(), "parley-confidential-"));
  const probes = await probed(place, PROBES).finally(() => rmSync(place, { recursive: true, force: true }));
  const costs = await costOf(DEMO, WIDTHS, 12, 250);
  const widths = costs.map((cost) => ({ ...cost, told_limit_rmse: toldRmse(stalls, cost.conceal_bp) }));
  process.stdout.write(
    `rmse_ratio ${shown(on.rmse_ratio)} to what visitors ended at (bar: ${BARS.rmse_ratio} or more)\n` +
      `rmse_ratio_paid ${shown(on.rmse_ratio_paid)} to what was paid: asking tells this much more than buying (no bar)\n` +
      `rounding: of ${left.vendors} vendors, ${JSON.stringify(left.left)} floors left by products known (bar: ${BARS.floors_left} or more)\n`,
  );
  // Said as what has to hold: a figure that is missing or no number fails.
  const held: readonly (readonly [boolean, string])[] = [
    [on.vendors === vendors, `${on.vendors} of ${vendors} vendors were played`],
    [
      off.vendors === Math.ceil(vendors / 2),
      `${off.vendors} open vendors were played, not half of ${vendors}`,
    ],
    [
      on.rmse_ratio.value >= BARS.rmse_ratio,
      `rmse_ratio ${on.rmse_ratio.value}, less than ${BARS.rmse_ratio}`,
    ],
    [
      on.bisect_ratio.value >= BARS.bisect_ratio,
      `bisect_ratio ${on.bisect_ratio.value}, less than ${BARS.bisect_ratio}`,
    ],
    [
      left.vendors === ROUNDED && left.left[40] >= BARS.floors_left,
      `the limits of 40 products leave ${left.left[40]} floors, fewer than ${BARS.floors_left}`,
    ],
    [
      left.missed === 0,
      `the search by rounding misses the floors of ${left.missed} vendors: it proves nothing`,
    ],
    [
      alike.sessions > TWINS.length * BUYING && alike.different === 0,
      `${alike.different} of ${alike.sessions} sessions tell twins with other floors apart`,
    ],
    [
      off.rmse.everything <= BARS.open_rmse,
      "attackers miss a floor that is not concealed: they prove nothing",
    ],
    [on.planted_ratio.value <= BARS.planted_ratio, "learners miss a floor that is planted in what they see"],
    [
      on.sold_by === vendors,
      `only ${on.sold_by} of ${vendors} vendors sold anything: what was paid tells nothing`,
    ],
    [
      costs.every(({ deals }) => deals.open > 0 && deals.concealed > 0),
      "the demo shop sold nothing: what keeping back costs is not known",
    ],
    [probes.probes === PROBES, `${probes.probes} of ${PROBES} probes were asked`],
    [probes.finds, "the search misses a planted leak"],
  ];
  const failures = [...held.filter(([holds]) => !holds).map(([, why]) => why), ...probes.leaks.slice(0, 5)];
  return {
    bench: "confidential",
    ...{ rmse_ratio: on.rmse_ratio, rmse_ratio_paid: on.rmse_ratio_paid, bisect_ratio: on.bisect_ratio },
    ...{ rounding: left, literal_leaks: probes.leaks.length, bars: BARS },
    twins: alike,
    margin_cost: widths.find((one) => one.conceal_bp === shopOf(stall(1)).limits.conceal_bp),
    ...{ concealed: on, open: off, several: many, widths },
    probes: { asked: probes.probes, typed: probes.typed, refused: probes.refused },
    seeds: {
      vendors: [1, vendors],
      told: [1_000, 999 + TOLD],
      sessions: (concealed.length + open.length) * 200,
    },
    seconds: Math.round((performance.now() - began) / 100) / 10,
    failures,
  };
}

/** Learned on four fifths of the vendors and tested on the rest, five times over. */
function judged(of: readonly Played[]) {
  const truth = of.map(({ floor }) => floor);
  const by = (rowOf: (one: Played) => Features, focus: readonly number[] = []) =>
    guessed(of.map(rowOf), truth, focus);
  const mean = truth.reduce((sum, one) => sum + one, 0) / truth.length;
  const all = by((one) => one.everything, FOCUS.everything);
  const visitors = by((one) => one.visitors, FOCUS.prices);
  const paid = by((one) => one.paid, FOCUS.prices);
  const told = by(({ limit }) => [limit]);
  const bisecting = by(({ found }) => [found.bisected]);
  const error = (guesses: readonly number[]) => rounded(rmse(guesses, truth));
  return {
    vendors: of.length,
    sold_by: of.filter(({ sold }) => sold > 0).length,
    rmse_ratio: ratio(all, visitors, truth),
    rmse_ratio_paid: ratio(all, paid, truth),
    bisect_ratio: ratio(bisecting, told, truth),
    rmse: {
      ...{ nothing: error(truth.map(() => mean)), prices_paid: error(paid), visitors: error(visitors) },
      ...{ everything: error(all), bisecting: error(bisecting), told_limit: error(told) },
      solved_curve: error(by(({ found }) => [found.solved])),
      solved_curve_taken_for_the_floor: error(of.map(({ found }) => found.solved)),
    },
    limit_found_within: rounded(Math.max(...of.map(({ found, limit }) => Math.abs(found.bisected - limit)))),
    turns: of.reduce((sum, { turns }) => sum + turns, 0),
  };
}

/** What a core would show that let one figure hang on the floor, blurred by a hundredth of the list price. */
function plantedRatio(of: readonly Played[]) {
  const truth = of.map(({ floor }) => floor);
  const rows = of.map((one, i) => [...one.everything, one.floor + Math.sin(i * 7.3) * 0.01]);
  const visitors = guessed(
    of.map((one) => one.visitors),
    truth,
    FOCUS.prices,
  );
  return ratio(guessed(rows, truth), visitors, truth);
}

function toldRmse(stalls: readonly Stall[], conceal_bp: number): number {
  const truth = stalls.map(({ floor_bp }) => floor_bp / 10_000);
  const rows = stalls.map((each) => [limitShare(each, TARGET, "USD", { conceal_bp })]);
  return rounded(rmse(guessed(rows, truth), truth));
}

/** The same for any number of threads. */
async function played(seeds: readonly number[], conceal_bp?: number): Promise<Played[]> {
  const threads = Math.min(4, availableParallelism());
  const parts = Array.from({ length: threads }, (_, i) => seeds.filter((_, n) => n % threads === i));
  const done = await Promise.all(parts.map((part) => partPlayed(part, conceal_bp)));
  return done.flat().sort((a, b) => a.seed - b.seed);
}

function partPlayed(seeds: readonly number[], conceal_bp?: number): Promise<Played[]> {
  const found: Played[] = [];
  const worker = new Worker(new URL("./confidential-worker.ts", import.meta.url), {
    workerData: { seeds, conceal_bp },
  });
  return new Promise((resolve, reject) => {
    worker.on("message", (one: Played) => found.push(one));
    worker.on("error", reject);
    worker.on("exit", () => resolve(found));
  });
}

function shown({ value, interval }: ReturnType<typeof ratio>): string {
  return `${value} (95%: ${interval.join(" to ")})`;
}

function say(title: string, ...rows: Readonly<Record<string, number>>[]): void {
  process.stdout.write(`${title}\n`);
  for (const name of Object.keys(rows[0] ?? {})) {
    const figures = rows.map((row) => (row[name] ?? Number.NaN).toFixed(4)).join("  ");
    process.stdout.write(`  ${name.replaceAll("_", " ").padEnd(34)}${figures}\n`);
  }
}
