import { Fault } from "../src/domain/fault.ts";
import { coreFailures, coreFigures } from "./decide-core.ts";
import { crowdFailures, crowdFigures } from "./decide-crowd.ts";
import { firstFailures, firstFigures } from "./decide-first.ts";

const SEED = 7_041_776;

/**
 * Whether the core keeps up: one decision over some 5,000 candidates late in a long session; the first typed offer over
 * a real socket; a thousand sessions at once on one core after goods that do not suffice, counted by an oracle of its
 * own. `failures` names every promise it saw broken.
 */
export async function run(args: string[]): Promise<object> {
  const seed = Number(args[0] ?? SEED);
  if (!Number.isSafeInteger(seed))
    throw new Fault("bad_config", `the seed is a whole number, not "${args[0]}"`);
  const core = await coreFigures(seed);
  process.stdout.write(`decide    ${JSON.stringify(core)}\n`);
  const first = await firstFigures();
  process.stdout.write(`first     ${JSON.stringify(first)}\n`);
  const crowd = await crowdFigures(seed);
  process.stdout.write(`sessions  ${JSON.stringify(crowd)}\n`);
  return {
    ...{ seed, p50_ms: core.p50_ms, p99_ms: core.p99_ms, candidates_min: core.candidates_min },
    ...{ first_offer_p99_ms: first.p99_ms.median, sessions: crowd.concurrent, oversold: crowd.oversold },
    ...{ core, first, crowd },
    failures: [...coreFailures(core), ...firstFailures(first), ...crowdFailures(crowd)],
  };
}
