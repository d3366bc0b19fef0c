import { mkdtempSync, rmSync } from "node:fs";
import { availableParallelism, tmpdir } from "node:os";
import { join, resolve } from "node:path";
import { Worker } from "node:worker_threads";
import { limitShare, several } from "./confidential-attacks.ts";
import { costOf } from "./confidential-cost.ts";
import { FOCUS, type Row } from "./confidential-features.ts";
import { guessed, ratio, rmse, rounded } from "./confidential-learn.ts";
import { probed } from "./confidential-probes.ts";
import { type Stall, shopOf, stall, TARGET } from "./confidential-shop.ts";
import { twins } from "./confidential-twins.ts";
import type { Played } from "./confidential-worker.ts";

const DEMO = resolve(import.meta.dirname, "../fixtures/vendors/demo");
/** Vendors whose limits attackers are told, without a session: so that they may be many. */
const TOLD = 240;
const PROBES = 1_000;
const TWINS = [2_001, 2_002, 2_003, 2_004, 2_005, 2_006, 2_007, 2_008];
const WIDTHS = [1_000, 2_500, 5_000];

/**
 * How well somebody who has read the source tells a floor from outside. `--vendors <n>` plays 200 sessions with each of
 * so many (120), and with half as many that keep nothing back. Errors are shares of the list price.
 *
 * `rmse_ratio`: who has all transcripts against who has the list price and the final price of every session, what was
 * paid or what was asked for last. `..._to_visitors`: against who has those of the 160 alone who came to buy;
 * `..._to_prices_paid`: of those alone who bought. Where the limit lies is no secret, and prices paid tell it worse than
 * asking does; that it is not the floor is what keeps the floor. `bisect_ratio`: who bisects against who is told the limit.
 * `twins`: sessions that went otherwise with a vendor of another floor and the same limit.
 */
export async function run(args: string[]): Promise<object> {
  const began = performance.now();
  const vendors = Number(args.includes("--vendors") ? args[args.indexOf("--vendors") + 1] : 120);
  if (!(vendors >= 40))
    throw new Error("--vendors: at least 40 are needed to learn on some and be tested on others");
  const seeds = Array.from({ length: vendors }, (_, i) => i + 1);
  const concealed = await played(seeds);
  const open = await played(seeds.slice(0, Math.ceil(vendors / 2)), 0);
  const on = { ...judged(concealed), planted_ratio: plantedRatio(concealed) };
  const off = judged(open);
  say("who has which error, concealed and open", on.rmse, off.rmse);
  const alike = twins(TWINS);
  const stalls = Array.from({ length: TOLD }, (_, i) => stall(1_000 + i));
  const many = several(stalls, shopOf(stall(1)).limits.conceal_bp);
  const place = mkdtempSync(join(tmpdir(), "parley-confidential-"));
  const probes = await probed(place, PROBES).finally(() => rmSync(place, { recursive: true, force: true }));
  const costs = await costOf(DEMO, WIDTHS, 12, 250);
  const widths = costs.map((cost) => ({ ...cost, told_limit_rmse: toldRmse(stalls, cost.conceal_bp) }));
  const failures = [
    ...(on.rmse_ratio.value < 0.95 ? [`rmse_ratio ${on.rmse_ratio.value}, less than .95`] : []),
    ...(on.bisect_ratio.value < 0.9 ? [`bisect_ratio ${on.bisect_ratio.value}, less than .9`] : []),
    ...(alike.different > 0 ? [`${alike.different} sessions tell twins with other floors apart`] : []),
    ...(off.rmse.everything > 0.005
      ? ["attackers miss a floor that is not concealed: they prove nothing"]
      : []),
    ...(on.planted_ratio.value > 0.95 ? ["learners miss a floor that is planted in what they see"] : []),
    ...(probes.finds ? [] : ["the search misses a planted leak"]),
    ...probes.leaks.slice(0, 5),
  ];
  return {
    bench: "confidential",
    ...{ rmse_ratio: on.rmse_ratio, bisect_ratio: on.bisect_ratio, literal_leaks: probes.leaks.length },
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
  const by = (rowOf: (one: Played) => Row, focus: readonly number[] = []) =>
    guessed(of.map(rowOf), truth, focus);
  const mean = truth.reduce((sum, one) => sum + one, 0) / truth.length;
  const all = by((one) => one.everything, FOCUS.everything);
  const final = by((one) => one.final, FOCUS.prices);
  const visitors = by((one) => one.visitors, FOCUS.prices);
  const paid = by((one) => one.paid, FOCUS.prices);
  const told = by(({ limit }) => [limit]);
  const bisecting = by(({ found }) => [found.bisected]);
  const error = (guesses: readonly number[]) => rounded(rmse(guesses, truth));
  return {
    vendors: of.length,
    rmse_ratio: ratio(all, final, truth),
    rmse_ratio_to_visitors: ratio(all, visitors, truth),
    rmse_ratio_to_prices_paid: ratio(all, paid, truth),
    bisect_ratio: ratio(bisecting, told, truth),
    rmse: {
      ...{ nothing: error(truth.map(() => mean)), prices_paid: error(paid), visitors: error(visitors) },
      ...{
        final_prices: error(final),
        everything: error(all),
        bisecting: error(bisecting),
        told_limit: error(told),
      },
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
  const final = guessed(
    of.map((one) => one.final),
    truth,
    FOCUS.prices,
  );
  return ratio(guessed(rows, truth), final, truth);
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

function say(title: string, ...rows: Readonly<Record<string, number>>[]): void {
  process.stdout.write(`${title}\n`);
  for (const name of Object.keys(rows[0] ?? {})) {
    const figures = rows.map((row) => (row[name] ?? Number.NaN).toFixed(4)).join("  ");
    process.stdout.write(`  ${name.replaceAll("_", " ").padEnd(34)}${figures}\n`);
  }
}
