import { existsSync } from "node:fs";
import { join } from "node:path";
import { stringify } from "yaml";
import { writeTape } from "../adapters/model/tape-file.ts";
import { openPrompts } from "../adapters/prompts/open.ts";
import type { Numbered } from "../domain/event.ts";
import { Fault } from "../domain/fault.ts";
import type { Call } from "../domain/question.ts";
import { type Crew, liveCast } from "../lab/cast.ts";
import type { FixtureFile } from "../lab/fixture.ts";
import type { Outcome } from "../lab/outcome.ts";
import { HOUSE, play } from "../lab/play.ts";
import { promote } from "../lab/promote.ts";
import { run } from "../lab/run.ts";
import { LEARNED } from "../learning/draft.ts";
import type { Model } from "../ports/model.ts";
import type { LabResult, LabRun, Promoted, Promotion } from "../protocol/lab.ts";
import { answer } from "./in-thread.ts";
import { benchFor } from "./lab-bench.ts";
import { crewOf } from "./lab-crew.ts";
import { parsed } from "./lab-options.ts";
import { fixturesAt, type LabPlace } from "./lab-places.ts";
import { edited } from "./lab-prompts.ts";
import { labResult } from "./lab-result.ts";
import { stagesIn } from "./lab-stage.ts";

export type LabWork =
  | { readonly kind: "run"; readonly place: LabPlace; readonly what: LabRun }
  | {
      readonly kind: "promote";
      readonly place: LabPlace;
      readonly what: Promotion;
      readonly at: string;
      readonly log: readonly Numbered[];
      readonly calls: readonly { readonly message: number; readonly call: Call }[];
    };

async function ran({ place, what }: Extract<LabWork, { kind: "run" }>): Promise<LabResult> {
  const began = performance.now();
  const { learned, others } = await fixturesAt(place);
  const wanted = ({ fixture }: FixtureFile) => what.fixture === undefined || fixture.id === what.fixture;
  const [own, rest] = [learned.filter(wanted), others.filter(wanted)];
  if (own.length + rest.length === 0)
    throw new Fault("not_found", `there is no fixture ${what.fixture ?? "at all"} here`);
  const prompts = await openPrompts(place.prompts, NOT_WATCHED);
  const live = crewOf({ root: place.root, prompts, prices: {} });
  const bench = benchFor(parsed(["--root", place.root]));
  const played = (files: readonly FixtureFile[], crew: Crew) => bench.play(files, { crew });
  const before = [...(await ofVendor(own, place)), ...(await played(rest, live))];
  if (what.prompt === undefined) return labResult(before, null, performance.now() - began);
  const { name, text } = what.prompt;
  const file = join(place.prompts, `${name}.md`);
  const changed = crewOf({ root: place.root, prompts: edited(prompts, file, text), prices: {} });
  // Where no model has a part in it a prompt changes nothing.
  const asking = rest.filter(({ fixture }) =>
    before.some(({ fixture: id, mode }) => id === fixture.id && mode !== "house"),
  );
  const again = new Map((await played(asking, changed)).map((outcome) => [outcome.fixture, outcome]));
  const after = before.map((outcome) => again.get(outcome.fixture) ?? outcome);
  return labResult(after, before, performance.now() - began);
}

const NOT_WATCHED = { watch: false, onProblem: () => {}, onChange: () => {} } as const;

/** Fixtures made from gaps are of the vendor itself, with all that was published since. */
async function ofVendor(files: readonly FixtureFile[], { home, vendor }: LabPlace): Promise<Outcome[]> {
  const more = join(home, LEARNED);
  const known = { folder: vendor, ...(existsSync(more) ? { more } : {}) };
  const stages = stagesIn(
    () => known,
    () => {},
  );
  const mode = async () => "house" as const;
  return run(files, { stage: stages.open, cast: async () => HOUSE, mode, at_once: 1 });
}

async function promoted(work: Extract<LabWork, { kind: "promote" }>): Promise<Promoted> {
  const { place, what, at, log, calls } = work;
  const id = what.id ?? what.session.toLowerCase().replace(/[^a-z0-9.-]+/g, "-");
  const known = { folder: place.vendor };
  const stages = stagesIn(
    () => known,
    () => {},
  );
  const prompts = await openPrompts(place.prompts, NOT_WATCHED);
  const crew = crewOf({ root: place.root, prompts, prices: {} });
  // Where no model had a part in it, the house was alone, as it will be when the fixture is played.
  const castOf = (model: Model, turn: (n: number) => void) =>
    calls.length === 0 ? HOUSE : liveCast("tape", model, crew, turn);
  const done = await promote(log, calls, {
    ...{ id, at, vendor: place.name },
    ...(what.about === undefined ? {} : { about: what.about }),
    play: async (fixture, model, turn) =>
      play({ fixture, file: `${id}.yaml` }, await stages.open(fixture), castOf(model, turn)),
  });
  return {
    ...{ id, masked: done.masked, verdict: done.outcome.verdict },
    notes: [...done.notes, ...unmetIn(done.outcome)],
    fixture: stringify(done.fixture),
    tape: done.tape ? writeTape(done.tape) : null,
  };
}

/** Where the conversation, as a fixture, does not go as it went. */
function unmetIn({ turns }: Outcome): string[] {
  return turns.flatMap(({ n, failures }) =>
    failures.map(
      ({ path, wanted, got }) =>
        `turn ${n}: ${path}: ${JSON.stringify(wanted)} then, ${JSON.stringify(got)} now`,
    ),
  );
}

await answer<LabWork, LabResult | Promoted>((work) => (work.kind === "run" ? ran(work) : promoted(work)));
