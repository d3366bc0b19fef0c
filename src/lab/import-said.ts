import { parse } from "yaml";
import { z } from "zod";

/** The variables of a promptfoo test. */
export type Vars = Readonly<Record<string, unknown>>;

/** What the counterpart says, in order: the user's messages, else the variable that holds the question. */
export function said(vars: Vars, prompts: readonly string[]): string[] {
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
  "user_query",
  "userInput",
  "customer_message",
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

export function isTalk(value: unknown): value is readonly Record<string, string>[] {
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

export function hasReplies(vars: Vars): boolean {
  return Object.values(vars).some(
    (value) => isTalk(value) && value.some((one) => one.role === "assistant" || one.assistant !== undefined),
  );
}

export function isChat(prompt: string): boolean {
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
export function filled(text: string, vars: Vars): string {
  return text.replace(/\{\{\s*([\w.]+)\s*(?:\|\s*(?:dump|trim|safe)\s*)*\}\}/g, (whole, path: string) => {
    const value = path
      .split(".")
      .reduce<unknown>((at, key) => (at as Record<string, unknown> | undefined)?.[key], vars);
    return typeof value === "string" || typeof value === "number" ? String(value) : whole;
  });
}
