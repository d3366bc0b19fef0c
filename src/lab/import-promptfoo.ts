import { isNode, LineCounter, parse, parseDocument } from "yaml";
import { z } from "zod";
import { expectationOf, type Placed } from "./import-asserts.ts";
import type { Case, Notes } from "./import-case.ts";

type Vars = Readonly<Record<string, unknown>>;
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

/** What the counterpart says, in order: the user's messages, else the variable that holds the question. */
function said(vars: Vars, prompts: readonly string[]): string[] {
  const chat = prompts.find((prompt) => isChat(prompt));
  const before = Object.values(vars).filter(isTalk).flatMap(userTexts);
  if (chat !== undefined && !chat.includes("{%")) {
    const parsed: unknown = read(chat);
    const users = isTalk(parsed) ? userTexts(parsed).map((text) => filled(text, vars)) : [];
    if (users.length > 0) return [...before, ...users];
  }
  const alone = prompts
    .map((prompt) => /^\s*\{\{\s*([\w.]+)\s*\}\}\s*$/.exec(prompt)?.[1])
    .find((name) => name !== undefined);
  const asked = Object.entries(vars).filter(
    ([, value]) => typeof value === "string" || typeof value === "number",
  );
  const best = (alone !== undefined && vars[alone] !== undefined ? [alone] : NAMES).find((name) =>
    asked.some(([key]) => key === name),
  );
  const name =
    best ??
    (asked.length === 1
      ? asked[0]?.[0]
      : asked.find(([key]) => prompts.some((prompt) => prompt.includes(key)))?.[0]);
  const question = name === undefined ? [] : [filled(String(vars[name]), vars)];
  return [...before, ...question];
}

/** Names that people give to what the user says, the surest first. */
const NAMES = [
  "question",
  "query",
  "message",
  "user_message",
  "userMessage",
  "user_input",
  "user",
  "input",
  "prompt",
  "text",
  "utterance",
  "body",
];

const TalkMessage = z.union([
  z.looseObject({ role: z.string(), content: z.string() }),
  z.record(z.enum(["user", "assistant", "system"]), z.string().optional()),
]);

function isTalk(value: unknown): value is readonly Record<string, string>[] {
  return (
    Array.isArray(value) &&
    value.length > 0 &&
    value.every((one) => TalkMessage.safeParse(one).success && typeof one === "object")
  );
}

function userTexts(talk: readonly Record<string, string>[]): string[] {
  return talk.flatMap((one) =>
    one.role === "user" ? [one.content ?? ""] : one.user !== undefined ? [one.user] : [],
  );
}

function hasReplies(vars: Vars): boolean {
  return Object.values(vars).some(
    (value) => isTalk(value) && value.some((one) => one.role === "assistant" || one.assistant !== undefined),
  );
}

function isChat(prompt: string): boolean {
  return /^\s*(?:\[\s*[{]|-\s*(?:role|user|system)\s*:)/.test(prompt);
}

function read(prompt: string): unknown {
  try {
    return parse(prompt);
  } catch {
    return null;
  }
}

/** Only `{{ name }}` and `{{ a.b }}`: what else the template language can is code. */
function filled(text: string, vars: Vars): string {
  return text.replace(/\{\{\s*([\w.]+)\s*(?:\|\s*(?:dump|trim|safe)\s*)*\}\}/g, (whole, path: string) => {
    const value = path
      .split(".")
      .reduce<unknown>((at, key) => (at as Record<string, unknown> | undefined)?.[key], vars);
    return typeof value === "string" || typeof value === "number" ? String(value) : whole;
  });
}
