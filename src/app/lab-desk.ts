import { readFile } from "node:fs/promises";
import { join } from "node:path";
import { z } from "zod";
import { fileJournal } from "../adapters/file-journal.ts";
import { parsePrompt } from "../adapters/prompts/parse.ts";
import { problemText } from "../adapters/prompts/problem.ts";
import { Fault } from "../domain/fault.ts";
import { digest as digestOf } from "../domain/hash.ts";
import { conversation } from "../learning/conversation.ts";
import type { Store } from "../ports/store.ts";
import { LabFixture, type LabResult, type LabRun, type Promoted } from "../protocol/lab.ts";
import type { House } from "../session/house.ts";
import type { LabDesk } from "../transport/workshop.ts";
import { type Config, PROMPTS_JOURNAL } from "./config.ts";
import { threads } from "./in-thread.ts";
import { fixturesAt, labPlace } from "./lab-places.ts";
import type { LabWork } from "./lab-thread.ts";
import { replaceFile } from "./replace-file.ts";

const LAST = "lab-outcomes.json";
const RUN_MS = 180_000;

const Lasts = z.record(z.string(), LabFixture.shape.last.unwrap());
type Lasts = z.infer<typeof Lasts>;

/** The lab of a running gateway: everything is played in a thread of its own, from tapes, and no model is asked. */
export function labDesk(
  config: Pick<Config, "prompts" | "home" | "vendor">,
  store: Store,
  { clock, log }: Pick<House, "clock" | "log">,
): LabDesk & { stop(): Promise<void> } {
  const place = labPlace(config);
  const journal = fileJournal(join(config.home, PROMPTS_JOURNAL));
  const thread = threads("a run of the lab");
  const file = join(config.home, LAST);
  let running = false;

  const lasts = async (): Promise<Lasts> => {
    const text = await readFile(file, "utf8").catch(() => "{}");
    const read = Lasts.safeParse(JSON.parse(text));
    return read.success ? read.data : {};
  };
  const promptText = (name: string) => readFile(join(config.prompts, `${name}.md`), "utf8");

  return {
    overview: async () => {
      const { learned, others, problems } = await fixturesAt(place);
      const last = await lasts();
      const shown = (own: boolean) =>
        (own ? learned : others).map(({ fixture: { id, about, lang }, file }) => ({
          ...{ id, about, lang, file, learned: own, last: last[id] ?? null },
        }));
      const prompts = await Promise.all(
        PROMPTS.map(async (name) => {
          const text = await promptText(name).catch(() => null);
          return text === null ? [] : [{ name, text, digest: digestOf(text) }];
        }),
      );
      const fixtures = [...shown(true), ...shown(false)];
      return { fixtures, problems: [...problems], prompts: prompts.flat(), running };
    },
    run: async (what: LabRun, by) => {
      if (what.prompt) mustBeUsable(what.prompt.name, what.prompt.text);
      running = true;
      try {
        const given: LabWork = { kind: "run", place, what };
        const result = await thread.run<LabResult>("lab-thread", given, RUN_MS);
        if (what.prompt === undefined) {
          const at = clock.now();
          const fresh = result.outcomes.map(({ fixture, verdict }) => [
            fixture,
            { verdict, at, by: by.name },
          ]);
          await replaceFile(file, JSON.stringify({ ...(await lasts()), ...Object.fromEntries(fresh) }));
        }
        return result;
      } finally {
        running = false;
      }
    },
    savePrompt: async (name, { text, digest }, by) => {
      mustBeUsable(name, text);
      const before = await promptText(name).catch(() => {
        throw new Fault("not_found", `there is no prompt ${name}`);
      });
      if (digestOf(before) !== digest)
        throw new Fault("edit_conflict", "somebody changed this prompt meanwhile; nothing was saved");
      const after = digestOf(text);
      await replaceFile(join(config.prompts, `${name}.md`), text, 0o644);
      await journal.add([
        JSON.stringify({ at: clock.now(), prompt: name, by: by.name, before: digest, after }),
      ]);
      log.info({ prompt: name, by: by.name, before: digest, after }, "a prompt was changed");
      return { digest: after };
    },
    promote: async (what) => {
      const talk = await conversation(what.session, store);
      if (!talk?.log.some(({ event }) => event.kind === "message"))
        throw new Fault(
          "unknown_session",
          `there is no conversation ${what.session} with anything said in it`,
        );
      const { log, calls } = talk;
      const given: LabWork = { kind: "promote", place, what, log, calls, at: clock.now() };
      return thread.run<Promoted>("lab-thread", given, RUN_MS);
    },
    stop: thread.stop,
  };
}

/** What a gateway asks a model with; simulated buyers have a prompt of their own. */
const PROMPTS = ["read", "research", "word"] as const;

function mustBeUsable(name: string, text: string): void {
  const read = parsePrompt(`${name}.md`, text);
  if (!("ok" in read)) throw new Fault("bad_frame", problemText(read.problem));
}
