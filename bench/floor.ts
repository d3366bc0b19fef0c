import { availableParallelism } from "node:os";
import { join } from "node:path";
import { parseArgs } from "node:util";
import { Fault } from "../src/domain/fault.ts";
import { STRATEGIES } from "../src/negotiation/strategies/index.ts";
import { GUARDS } from "./floor-guards.ts";
import { type Removed, withoutEach } from "./floor-mutate.ts";
import { fuzzed, type Run } from "./floor-run.ts";
import { playSession } from "./floor-session.ts";
import { shopOf } from "./floor-shop.ts";
import { storeFloor } from "./floor-store.ts";
import { emptyTally, type Tally } from "./floor-tally.ts";
import { rounded } from "./statistics.ts";

const SESSIONS = 1_000_000;
/** Within so many sessions of the same run the lack of a guard has to show. */
const GUARD_SESSIONS = 60_000;
const MOST = 100_000_000;

/**
 * No sequence of messages sells below the floor: fuzzed sessions of the core, judged by an oracle of its own; then the
 * same sessions without each guard in turn, which has to show; then sessions through the real store. `--show N` plays session N alone and prints it.
 */
export async function run(args: string[]): Promise<object> {
  const { values } = parseArgs({
    args,
    options: { sessions: { type: "string" }, show: { type: "string" } },
  });
  if (values.show !== undefined) return shown(whole("--show", values.show));
  const sessions = values.sessions === undefined ? SESSIONS : whole("--sessions", values.sessions);
  const root = join(import.meta.dirname, "..");
  const threads = availableParallelism();
  const core = await fuzzed(root, sessions, threads);
  for (const { session, turn, what } of core.first)
    process.stdout.write(`session ${session}, message ${turn + 1}: ${what}\n`);
  const removed = await withoutEach(root, GUARDS, GUARD_SESSIONS, threads);
  const store = (await storeFloor()) as Stored;
  return report(sessions, core, removed, store);
}

function whole(name: string, text: string): number {
  const value = Number(text);
  if (Number.isSafeInteger(value) && value >= 0 && value <= MOST) return value;
  throw new Fault("bad_config", `${name} takes a whole number up to ${MOST}, not "${text}"`);
}

function shown(session: number): object {
  const broken = playSession(shopOf(session), session, emptyTally(), {
    show: (line) => process.stdout.write(`${JSON.stringify(line)}\n`),
  });
  return { session, violations: broken ? 1 : 0, broken, failures: broken ? [broken.what] : [] };
}

interface Stored {
  readonly failures: readonly string[];
}

function report(
  sessions: number,
  { tally, broken, first, seconds }: Run,
  removed: readonly Removed[],
  store: Stored,
): object {
  const caught = removed.filter(({ sessions }) => sessions !== null);
  const share = (part: number) => rounded(part / Math.max(1, tally.sessions), 4);
  const mean_turns = rounded(tally.turns / Math.max(1, tally.sessions), 2);
  const accepting = share(tally.sessions_accepting);
  const near_limit = share(tally.sessions_near);
  const failures = [
    ...first.map(({ session, what }) => `session ${session}: ${what}`),
    ...removed.flatMap((one) => (one.sessions === null ? [`nothing showed without "${one.guard}"`] : [])),
    ...(tally.sessions < sessions ? [`${tally.sessions} of ${sessions} sessions were played`] : []),
    ...(mean_turns < 6 ? [`${mean_turns} turns a session on average`] : []),
    ...(accepting < 0.3 ? [`only ${accepting} of the sessions tried to accept`] : []),
    ...(near_limit < 0.1 ? [`only ${near_limit} of the sessions closed within 1% of the limit`] : []),
    ...untried(tally),
    ...store.failures.map((what) => `store: ${what}`),
  ];
  return {
    ...{
      seeds: [0, sessions - 1],
      sessions: tally.sessions,
      turns: tally.turns,
      faults: tally.faults,
      mean_turns,
    },
    ...{
      offers: tally.offers,
      accepting,
      accepts_bound: tally.bound,
      near_limit,
      bound_near: tally.bound_near,
    },
    ...{
      violations: broken,
      guards: removed.length,
      guards_caught: caught.length,
      seconds: rounded(seconds),
    },
    counts: {
      ...{ styles: tally.styles, near_by_style: tally.near_styles, strategies: tally.strategies },
      ...{ currencies: tally.currencies, tax_of_bound: tally.treatments, changes: tally.changes },
      ...{ offered_with: tally.discounts, bound_with: tally.bound_discounts },
      ...{ moves: tally.moves, refused: tally.fault_codes },
    },
    removed,
    store,
    failures,
  };
}

/** What a run of some length has to have tried at least once. */
function untried(tally: Tally): string[] {
  if (tally.sessions < 2_000) return [];
  const wanted: readonly (readonly [Readonly<Record<string, number>>, readonly string[]])[] = [
    [tally.strategies, STRATEGIES.map(({ name }) => name)],
    [tally.bound_discounts, ["tier", "bundle", "subscription", "code", "gift"]],
    [tally.treatments, ["included", "added", "exempt"]],
    [tally.changes, ["costs", "prices", "stock", "terms", "expiry"]],
    [tally.currencies, ["USD", "KRW"]],
  ];
  return wanted.flatMap(([counts, names]) =>
    names.flatMap((name) => (counts[name] ? [] : [`nothing was played with ${name}`])),
  );
}
