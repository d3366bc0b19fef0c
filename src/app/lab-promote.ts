import { existsSync, mkdirSync, writeFileSync } from "node:fs";
import { dirname, join } from "node:path";
import { stringify } from "yaml";
import { writeTape } from "../adapters/model/tape-file.ts";
import { Fault, problemsOf } from "../domain/fault.ts";
import { liveCast } from "../lab/cast.ts";
import { Fixture, FOLDER } from "../lab/fixture.ts";
import { HOUSE, play } from "../lab/play.ts";
import { promote } from "../lab/promote.ts";
import { conversation } from "../learning/conversation.ts";
import { closeBase, openBase } from "./base.ts";
import { databasePath, loadConfig } from "./config.ts";
import { benchFor } from "./lab-bench.ts";
import { tapePath } from "./lab-crew.ts";
import { parsed, partOptions } from "./lab-options.ts";

/** Writes a stored conversation as a fixture with its tape, personal data masked. A fixture that is there stays. */
export async function run(args: string[]): Promise<number> {
  const { values, positionals } = partOptions(args, { id: { type: "string" }, about: { type: "string" } });
  const [session, another] = positionals;
  if (session === undefined)
    throw new Fault("bad_config", "promote which? `replay` lists the stored conversations");
  if (another !== undefined)
    throw new Fault("bad_config", `one conversation at a time: there is no place for ${another}`);
  const id = idFor(session, values.id);
  const options = parsed([]);
  const path = join(options.root, FOLDER, `${id}.yaml`);
  if (!existsSync(dirname(path)))
    throw new Fault("bad_config", `there is no folder ${dirname(path)}; run this where your fixtures/ are`);
  if (existsSync(path))
    throw new Fault("bad_config", `${path} is there already; choose another name with --id`);
  const config = await loadConfig(process.env);
  if (config.store === undefined && !existsSync(databasePath(config)))
    throw new Fault("not_found", `there is no database in ${config.home} yet`);
  const base = await openBase(config);
  const { store } = base;
  try {
    const talk = await conversation(session, store);
    if (!talk?.log.some(({ event }) => event.kind === "message"))
      throw new Fault(
        "unknown_session",
        `there is no conversation ${session} with anything said in it in ${config.home}; \`replay\` lists those there are`,
      );
    const { log, calls } = talk;
    const bench = benchFor(options);
    const crew = await bench.crew();
    const promoted = await promote(log, calls, {
      ...{ id, at: new Date().toISOString() },
      ...(values.about === undefined ? {} : { about: values.about }),
      play: async (fixture, model, turn) =>
        play(
          { fixture, file: path },
          await bench.stages.open(fixture),
          // Where no model had a part in it, the house was alone, as it will be when the fixture is played.
          calls.length === 0 ? HOUSE : liveCast("tape", model, crew, turn),
        ),
    });
    writeFileSync(path, stringify(promoted.fixture));
    process.stdout.write(
      `${path}: ${promoted.fixture.turns.length} turns, ${promoted.masked} values masked, plays as ${promoted.outcome.verdict}\n`,
    );
    if (promoted.tape) {
      const tape = tapePath(options.root, id);
      mkdirSync(dirname(tape), { recursive: true });
      writeFileSync(tape, writeTape(promoted.tape));
      process.stdout.write(`${tape}: ${promoted.tape.calls.length} calls\n`);
    }
    for (const note of promoted.notes) process.stdout.write(`  ${note}\n`);
    return promoted.outcome.verdict === "pass" ? 0 : 1;
  } finally {
    await closeBase(base);
  }
}

/** The name that was given, or one made of the session's. Throws `bad_config` for what is no name of a fixture. */
function idFor(session: string, given: string | undefined): string {
  const made = session
    .toLowerCase()
    .replace(/[^a-z0-9.-]+/g, "-")
    .replace(/^[.-]+/, "");
  const id = Fixture.shape.id.safeParse(given ?? made);
  if (id.success) return id.data;
  const what = given === undefined ? `${session} gives no name; name it with --id` : `--id ${given}`;
  throw new Fault("bad_config", `${what}: ${problemsOf(id.error)}`);
}
