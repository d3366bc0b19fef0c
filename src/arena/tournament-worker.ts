import { parentPort, workerData } from "node:worker_threads";
import { Fault } from "../domain/fault.ts";
import type { Agent } from "./agent.ts";
import { type Encounter, play, type Row, type Stage, stageOf } from "./encounter.ts";
import { SIDES } from "./scenario.ts";
import type { Contest, Failed, Played } from "./tournament.ts";

/** A thread of a tournament: is sent the numbers of jobs, answers each with its rows or why there are none. */
const contest = workerData as Contest;
const { agentNamed } = (await import(contest.roster)) as { agentNamed(name: string): Agent };
let last: { readonly scenario: number; readonly stage: Stage } | null = null;

parentPort?.on("message", (job: number) => {
  try {
    parentPort?.postMessage(played(job));
  } catch (error) {
    const code = error instanceof Fault ? error.code : null;
    const message =
      error instanceof Error ? (code === null ? (error.stack ?? error.message) : error.message) : `${error}`;
    parentPort?.postMessage({ code, message } satisfies Failed);
  }
});

function played(job: number): Played {
  const stage = stageFor(Math.floor(job / contest.vendors.length));
  const vendor = agentNamed(contest.vendors[job % contest.vendors.length] ?? "");
  const encounters = contest.partners.flatMap((partner) =>
    SIDES.flatMap((side) =>
      contest.seeds.map((seed): Encounter => {
        const { rounds, clock = "published" } = contest;
        return { vendor, partner: agentNamed(partner), side, seed, rounds, clock };
      }),
    ),
  );
  const rows: Row[] = encounters.map((encounter) => play(stage, encounter).row);
  // The other way round, so that anything one session leaves to the next shows.
  let identical = 0;
  for (let i = encounters.length - 1; i >= 0; i--)
    if (play(stage, encounters[i] as Encounter).row.digest === rows[i]?.digest) identical += 1;
  return { job, rows, replayed: encounters.length, identical };
}

/** Jobs come scenario by scenario. */
function stageFor(scenario: number): Stage {
  if (last?.scenario !== scenario) {
    const found = contest.scenarios[scenario];
    if (!found) throw new RangeError(`no scenario ${scenario}`);
    last = { scenario, stage: stageOf(found) };
  }
  return last.stage;
}
