import { resolve } from "node:path";
import { report } from "../arena/report.ts";
import { OWN } from "../arena/roster.ts";
import type { Scenario } from "../arena/scenario.ts";
import { SOURCES, scenariosFrom } from "../arena/sources.ts";
import { gainsOf, type Standing, standingsOf } from "../arena/standings.ts";
import { type Results, tournament } from "../arena/tournament.ts";
import { Fault } from "../domain/fault.ts";
import { type ArenaOptions, arenaOptions, GROUPS } from "./arena-options.ts";
import { IN_SHOP, playedInShop } from "./arena-shop.ts";
import { arenaTable } from "./arena-table.ts";
import { writePage } from "./page-file.ts";

/** Of the generated scenarios and of the resampling; players are seeded by `--seeds`. */
const SEED = 2026;
/** Parley's default, which the others are held against session by session where it plays. */
const DEFAULT = OWN[0]?.name ?? "";
/** Compiled, the package has its sources' neighbours under other names. */
const ROSTER = new URL(`../arena/roster.${import.meta.url.endsWith(".ts") ? "ts" : "js"}`, import.meta.url);

/** Plays strategies against buyers over scenarios, and says how each did. */
export async function run(args: string[]): Promise<number> {
  const wanted = arenaOptions(args);
  if (!wanted) {
    process.stdout.write(usage());
    return 0;
  }
  const { scenarios, results, left_out } =
    wanted.scenarios === IN_SHOP.name
      ? { scenarios: [], left_out: [], results: await playedInShop(wanted) }
      : await playedAtTables(wanted);
  const { rounds, seeds } = wanted;
  const standings = standingsOf(results.rows, SEED);
  if (wanted.out !== undefined) {
    const settings = { source: wanted.scenarios, rounds, seeds: seeds.length };
    writePage(wanted.out, report({ scenarios, rows: results.rows, standings, settings }));
  }
  const text = wanted.json
    ? `${JSON.stringify(summary(wanted, standings, results))}\n`
    : told(wanted, standings, results, left_out);
  process.stdout.write(text);
  return results.identical === results.replayed ? 0 : 1;
}

async function playedAtTables(wanted: ArenaOptions) {
  const data = resolve(process.env.PARLEY_DATA ?? "../shared/data");
  const { scenarios: all, left_out } = await scenariosFrom(wanted.scenarios, { data, seed: SEED });
  const scenarios = chosen(all, wanted.domains);
  const { vendors, buyers, rounds, seeds } = wanted;
  const sessions = scenarios.length * vendors.length * buyers.length * 2 * seeds.length;
  if (process.stderr.isTTY) process.stderr.write(`${sessions} sessions, each played twice ...\n`);
  const contest = { scenarios, vendors, partners: buyers, rounds, seeds, roster: ROSTER.href };
  return { scenarios, left_out, results: await tournament(contest) };
}

function chosen(scenarios: readonly Scenario[], domains: readonly string[]): readonly Scenario[] {
  const families = [...new Set(scenarios.map(({ family }) => family))];
  const strange = domains.filter((name) => !families.includes(name));
  if (strange.length > 0)
    throw new Fault("bad_config", `--domains ${strange.join(", ")}: there are ${families.join(", ")}`);
  return domains.length === 0 ? scenarios : scenarios.filter(({ family }) => domains.includes(family));
}

function told(
  { rounds, seeds, out }: ArenaOptions,
  standings: readonly Standing[],
  { rows, replayed, identical }: Results,
  left_out: readonly string[],
): string {
  const count = (of: "family" | "partner" | "side") => new Set(rows.map((row) => row[of])).size;
  const sides = count("side") === 2 ? "both sides" : "as the vendor";
  const lines = [
    `rounds: ${rounds}, domains: ${count("family")}, buyers: ${count("partner")}, seeds: ${seeds.length}, ${sides}; sessions: ${rows.length}`,
    ...(left_out.length > 0 ? [`left out:      ${wrapped(left_out)}`] : []),
    "",
    arenaTable(standings),
    "",
    "mean over domains ± half the 95% interval over domains drawn again; partner: what it leaves the",
    "buyer; Pareto, Nash: distance of deals; missed: no deal though one was worth having to both",
    ...leads(rows),
    `replayed ${replayed} sessions: ${identical === replayed ? "all the same" : `${replayed - identical} CAME OUT DIFFERENT`}`,
    ...(out === undefined ? [] : [`pictures: ${out}`]),
  ];
  return `${lines.join("\n")}\n`;
}

/** Where two stand apart by less than their intervals, only their differences with the same buyers tell. */
function leads(rows: Results["rows"]): string[] {
  const gains = Object.entries(gainsOf(rows, DEFAULT, SEED)).map(
    ([vendor, { mean, low, high }]) =>
      `${vendor} ${mean.toFixed(3)} (${low.toFixed(3)} to ${high.toFixed(3)})`,
  );
  if (gains.length === 0) return [];
  return [
    `advantage of ${DEFAULT} over others with the same buyers, 95%:`,
    `${" ".repeat(15)}${wrapped(gains)}`,
  ];
}

function summary(
  { scenarios: source, rounds, seeds }: ArenaOptions,
  standings: readonly Standing[],
  { rows, replayed, identical }: Results,
): object {
  const each = (of: "family" | "vendor" | "partner") => [...new Set(rows.map((row) => row[of]))];
  const [domains, vendors, buyers] = [each("family"), each("vendor"), each("partner")];
  return {
    ...{ source, domains, vendors, buyers, rounds, seeds, sessions: rows.length },
    ...{ interval: "95%, domains drawn again with replacement", standings, replayed, identical },
    gains: { of: DEFAULT, over: gainsOf(rows, DEFAULT, SEED) },
  };
}

function usage(): string {
  const sources = [...SOURCES, IN_SHOP].map(({ name, says }) => `    ${name.padEnd(22)} ${says}`);
  const groups = Object.entries(GROUPS).map(([name, some]) => `    ${name.padEnd(10)} ${wrapped(some)}`);
  return `usage: parley arena [options]

Lets strategies bargain with buyers over scenarios, on both sides, and shows what each came to.

  --scenarios <source>    where scenarios come from (generated), or a file of domains, one a line
${sources.join("\n")}
  --vendors <a,b>         strategies on trial, or groups of them (own,boulware)
  --buyers <x,y>          whom they meet, or groups of them (published)
${groups.join("\n")}
  --rounds <n>            turns each side has (10)
  --seeds <n>             sessions of each pairing and side (2); buyers begin in every other one
  --domains <a,b>         only these domains
  --out <file.html>       also draw what came of it
  --json                  print one line of JSON instead of the table
`;
}

/** A list in lines that go on under their beginning. */
function wrapped(names: readonly string[]): string {
  const lines = [""];
  for (const name of names) {
    const last = lines.length - 1;
    const longer = lines[last] === "" ? name : `${lines[last]}, ${name}`;
    if (longer.length <= 84) lines[last] = longer;
    else lines.push(name);
  }
  return lines.join(`,\n${" ".repeat(15)}`);
}
