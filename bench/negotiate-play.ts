import { BUYERS, PUBLISHED } from "../src/arena/agents/index.ts";
import { OWN, RATIONAL } from "../src/arena/roster.ts";
import { outcomesOf, type Scenario } from "../src/arena/scenario.ts";
import type { Half } from "../src/arena/split.ts";
import { type Contest, type Results, tournament } from "../src/arena/tournament.ts";
import { digest } from "../src/domain/hash.ts";
import { print, tableOf } from "./negotiate-table.ts";

/** The vendor that is judged, and the published one it is held against. */
export const DEFAULT = OWN[0]?.name ?? "";
export const BOULWARE = "boulware";
/** Vendors of the smaller tables. */
const FEW = [...OWN.map(({ name }) => name), BOULWARE];

/** Rounds that bars are on, and that are also played with every agent knowing its last turn. */
export const BARRED = [10, 20];

/** Many domains are played fewer times each, and the most by the digests of their names, so that all takes minutes. */
const MOST_DOMAINS = 40;
const MANY_DOMAINS = 20;

export function atMost(half: Half): Half {
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

/** Everything that was played; what is by rounds is by all that were asked for, or those of them that are barred. */
export interface PlayedAll {
  readonly main: ReadonlyMap<number, Results>;
  readonly last_turn: ReadonlyMap<number, Results>;
  readonly buyers: Results;
  readonly rational: Results;
  readonly beside: Results | null;
}

export async function playAll(half: Half, horizons: readonly number[]): Promise<PlayedAll> {
  const names = (agents: readonly { name: string }[]) => agents.map(({ name }) => name);
  const [vendors, partners] = [names([...OWN, ...PUBLISHED]), names(PUBLISHED)];
  const roster = new URL("../src/arena/roster.ts", import.meta.url).href;
  const meet = (
    scenarios: readonly Scenario[],
    some: string[],
    others: string[],
    rounds: number,
    clock: Contest["clock"] = "published",
  ) => {
    const seeds = seedsFor(rounds, scenarios);
    return tournament({
      ...{ scenarios, vendors: some, partners: others, rounds, clock },
      ...{ seeds, roster },
    });
  };
  const main = new Map<number, Results>();
  for (const rounds of horizons) {
    const results = await meet(half.usual, vendors, partners, rounds);
    main.set(rounds, results);
    print(`${rounds} rounds, against ${partners.length} published partners`, tableOf(results.rows));
  }
  const last_turn = new Map<number, Results>();
  for (const rounds of BARRED.filter((each) => main.has(each))) {
    const results = await meet(half.usual, vendors, partners, rounds, "last_turn");
    last_turn.set(rounds, results);
    print(`${rounds} rounds, every agent knows its last turn (not judged)`, tableOf(results.rows));
  }
  const buyers = await meet(half.usual, FEW, names(BUYERS), 10);
  print(`10 rounds, against other buyers (${names(BUYERS).join(", ")})`, tableOf(buyers.rows));
  const rational = await meet(half.usual, FEW, names(RATIONAL), 10);
  print("10 rounds, against the published partners made rational", tableOf(rational.rows));
  const beside = half.beside.length > 0 ? await meet(half.beside, FEW, partners, 10) : null;
  if (beside) print(`10 rounds, beside the bars: ${half.beside.map(sized).join(", ")}`, tableOf(beside.rows));
  return { main, last_turn, buyers, rational, beside };
}

export function sized(scenario: Scenario): string {
  const single = scenario.issues.length === 1 ? ", one issue" : "";
  return `${scenario.family} (${outcomesOf(scenario)}${single})`;
}
