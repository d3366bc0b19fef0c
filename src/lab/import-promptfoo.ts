import { isNode, LineCounter, parseDocument } from "yaml";
import { z } from "zod";
import { expectationOf, type Placed } from "./import-asserts.ts";
import type { Case, Notes } from "./import-case.ts";
import { filled, hasReplies, isChat, isTalk, said, type Vars } from "./import-said.ts";

type LineOf = (path: readonly (string | number)[]) => number;

const Test = z.looseObject({
  description: z.string().optional(),
  vars: z.record(z.string(), z.unknown()).optional(),
  assert: z.array(z.unknown()).optional(),
  metadata: z.looseObject({ conversationId: z.coerce.string().optional() }).optional(),
  options: z.looseObject({ disableDefaultAsserts: z.boolean().optional() }).optional(),
});
type Test = z.infer<typeof Test>;

const Scenario = z.looseObject({
  description: z.string().optional(),
  config: z.array(z.unknown()),
  tests: z.array(z.unknown()),
});

/** One test with everything it takes over from the defaults and its scenario. */
interface Whole {
  readonly test: Test;
  readonly vars: Vars;
  readonly asserts: readonly Placed[];
  readonly line: number;
  /** Tests of the same conversation, one turn each; null for a conversation of its own. */
  readonly talk: string | null;
}

/** The tests of one promptfoo configuration. https://www.promptfoo.dev/docs/configuration/reference/ */
export function casesOfPromptfoo(text: string, notes: Notes): Case[] {
  const counter = new LineCounter();
  const document = parseDocument(text, { lineCounter: counter, merge: true });
  for (const { pos, message } of document.errors)
    notes.add(counter.linePos(pos[0]).line, message.split("\n")[0] ?? "");
  if (document.errors.length > 0) return [];
  const lineOf: LineOf = (path) => {
    for (let end = path.length; end > 0; end--) {
      const node = document.getIn(path.slice(0, end), true);
      if (isNode(node) && node.range) return counter.linePos(node.range[0]).line;
    }
    return 1;
  };
  const root: unknown = document.toJS();
  const config = (Array.isArray(root) ? { tests: root } : (root ?? {})) as Record<string, unknown>;
  if (typeof config !== "object") return [];
  sayIgnored(config, lineOf, notes);
  const prompts = promptsOf(config, lineOf, notes);
  const wholes = [...testsOf(config, lineOf, notes), ...scenariosOf(config, lineOf, notes)];
  return grouped(wholes, prompts, notes);
}

const IGNORED: Readonly<Record<string, string>> = {
  providers: "models are configured, not written into fixtures",
  targets: "models are configured, not written into fixtures",
  derivedMetrics: "a fixture holds or it does not",
  extensions: "they are code",
  evaluateOptions: "see `npm run lab -- --help`",
  redteam: "see `npm run lab -- mutate` and the hostile mode",
  nunjucksFilters: "they are code",
};

function sayIgnored(config: Record<string, unknown>, lineOf: LineOf, notes: Notes): void {
  for (const [key, why] of Object.entries(IGNORED))
    if (config[key] !== undefined) notes.add(lineOf([key]), `\`${key}\` was not carried over: ${why}`);
}

/** Prompts tell who says what; those in other files cannot be read here. */
function promptsOf(config: Record<string, unknown>, lineOf: LineOf, notes: Notes): readonly string[] {
  const some = [config.prompts ?? []].flat() as unknown[];
  return some.flatMap((prompt, i): string[] => {
    const raw = typeof prompt === "string" ? prompt : (prompt as { raw?: unknown } | null)?.raw;
    if (typeof raw !== "string" || /^file:\/\/|\.(?:txt|json|ya?ml|md|j2|py|js|ts)$/.test(raw.trim())) {
      notes.add(
        lineOf(["prompts", i]),
        "a prompt in another file was not read; tests that make one conversation need a `conversationId`",
      );
      return [];
    }
    const alone = /^\s*\{\{[^}]*\}\}\s*$/.test(raw);
    if (!alone && !isChat(raw))
      notes.add(
        lineOf(["prompts", i]),
        "a prompt was not carried over: the vendor's stand in prompts/; only what the counterpart says was taken",
      );
    return [raw];
  });
}

function testsOf(config: Record<string, unknown>, lineOf: LineOf, notes: Notes): Whole[] {
  const tests = [config.tests ?? []].flat() as unknown[];
  const at = (i: number) => (Array.isArray(config.tests) ? ["tests", i] : ["tests"]);
  return tests.flatMap((value, i) => whole(value, {}, { path: at(i), config, lineOf, notes, scene: null }));
}

function scenariosOf(config: Record<string, unknown>, lineOf: LineOf, notes: Notes): Whole[] {
  const scenarios = [config.scenarios ?? []].flat() as unknown[];
  return scenarios.flatMap((value, i) => {
    const parsed = Scenario.safeParse(value);
    if (!parsed.success) {
      notes.add(
        lineOf(["scenarios", i]),
        "left out: a scenario in another file, or without config and tests",
      );
      return [];
    }
    return parsed.data.config.flatMap((settings, c) => {
      const base = Test.safeParse(settings);
      if (!base.success || !base.data.vars) {
        notes.add(
          lineOf(["scenarios", i, "config", c]),
          "left out: settings in another file, or without vars",
        );
        return [];
      }
      return parsed.data.tests.flatMap((test, t) => {
        const path = ["scenarios", i, "tests", t];
        return whole(test, base.data, { path, config, lineOf, notes, scene: `scenario ${i + 1}.${c + 1}` });
      });
    });
  });
}

interface Place {
  readonly path: readonly (string | number)[];
  readonly config: Record<string, unknown>;
  readonly lineOf: LineOf;
  readonly notes: Notes;
  readonly scene: string | null;
}

function whole(value: unknown, base: Test, { path, config, lineOf, notes, scene }: Place): Whole[] {
  const line = lineOf(path);
  const parsed = Test.safeParse(value);
  if (!parsed.success || typeof value === "string") {
    notes.add(line, "left out: tests in another file, or not a test");
    return [];
  }
  const defaults = Test.safeParse(config.defaultTest ?? {});
  if (!defaults.success) notes.add(lineOf(["defaultTest"]), "`defaultTest` in another file was not read");
  const general = defaults.success ? defaults.data : {};
  const test = parsed.data;
  for (const key of ["threshold", "provider", "prompts"])
    if (test[key] !== undefined) notes.add(line, `\`${key}\` of a test was not carried over`);
  const options = { ...general.options, ...test.options } as Record<string, unknown>;
  for (const key of Object.keys(options))
    if (key !== "disableDefaultAsserts" && key !== "disableVarExpansion" && key !== "disableConversationVar")
      notes.add(line, `the option \`${key}\` was not carried over`);
  const place = (asserts: readonly unknown[] | undefined, at: readonly (string | number)[]): Placed[] =>
    (asserts ?? []).map((one, i) => ({ value: one, line: lineOf([...at, "assert", i]) }));
  const shared = test.options?.disableDefaultAsserts ? [] : place(general.assert, ["defaultTest"]);
  const asserts = [...shared, ...place(base.assert, path.slice(0, 2)), ...place(test.assert, path)];
  const id = test.metadata?.conversationId ?? base.metadata?.conversationId;
  const talk = id === undefined ? null : `${scene ?? ""} ${id}`;
  const vars = { ...general.vars, ...base.vars, ...test.vars };
  return combinations(vars, options.disableVarExpansion === true).map((each) => ({
    ...{ test, vars: each, asserts, line },
    talk: talk ?? (scene === null ? null : `?${scene}`),
  }));
}

/** A list of strings stands for one test with each of them. */
function combinations(vars: Vars, asTheyAre: boolean): Vars[] {
  return Object.entries(vars).reduce<Vars[]>(
    (all, [name, value]) => {
      const several = !asTheyAre && Array.isArray(value) && typeof value[0] === "string" && !isTalk(value);
      const values: readonly unknown[] = several ? (value as unknown[]) : [value];
      return all.flatMap((one) => values.map((each) => ({ ...one, [name]: each })));
    },
    [{}],
  );
}

/** Tests that share a conversation are its turns, in order. */
function grouped(wholes: readonly Whole[], prompts: readonly string[], notes: Notes): Case[] {
  const together = prompts.some((prompt) => prompt.includes("_conversation"));
  const talks = new Map<string, Whole[]>();
  for (const [i, one] of wholes.entries()) {
    const known = one.talk !== null && !one.talk.startsWith("?") ? one.talk : null;
    const key = known ?? (together ? (one.talk ?? "all") : `alone ${i}`);
    talks.set(key, [...(talks.get(key) ?? []), one]);
  }
  return [...talks.values()].map((talk): Case => {
    const [first] = talk;
    const name = first?.test.description ?? said(first?.vars ?? {}, prompts).at(-1) ?? "";
    const turns = talk.flatMap(({ vars, asserts, line }) => {
      const fill = (text: string) => filled(text, vars);
      const expect = expectationOf(asserts, fill, notes);
      const utterances = said(vars, prompts);
      if (utterances.length === 0)
        notes.add(line, "nobody knows what the counterpart says: no message, no question, no prompt here");
      if (hasReplies(vars))
        notes.add(line, "replies in `messages` were not carried over: the vendor says its own words");
      if (utterances.some((each) => /\{[{%]/.test(each))) notes.add(line, "a placeholder has no value");
      return utterances.map((say, n) => ({ say, expect: n === utterances.length - 1 ? expect : {} }));
    });
    return { name, about: name.split("\n")[0]?.slice(0, 120) || "Imported", line: first?.line ?? 1, turns };
  });
}
