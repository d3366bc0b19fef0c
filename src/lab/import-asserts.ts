import { z } from "zod";
import { compiles, type Expect } from "./fixture.ts";
import { anyCase, escaped, type Notes, together } from "./import-case.ts";

const Assertion = z.looseObject({
  type: z.string(),
  value: z.unknown().optional(),
  threshold: z.number().optional(),
  weight: z.number().optional(),
});

/** An assertion of a promptfoo test, and its line. */
export interface Placed {
  readonly value: unknown;
  readonly line: number;
}

/**
 * What promptfoo's assertions demand of the words, as far as it can be checked without a judge or code. What cannot is
 * noted. https://www.promptfoo.dev/docs/configuration/expected-outputs/
 */
export function expectationOf(
  asserts: readonly Placed[],
  fill: (text: string) => string,
  notes: Notes,
): Expect {
  return asserts.reduce<Expect>((expect, { value, line }) => {
    const parsed = Assertion.safeParse(value);
    if (!parsed.success) {
      notes.add(line, "an assertion without a type was not carried over");
      return expect;
    }
    const { type, weight } = parsed.data;
    const inner = parsed.data.assert;
    if (weight === 0) {
      notes.add(line, `\`${type}\` has the weight 0 and was not carried over: it only measures`);
      return expect;
    }
    if (type === "assert-set" && Array.isArray(inner)) {
      if (parsed.data.threshold !== undefined)
        notes.add(line, "the threshold of `assert-set` was not carried over: all of it must hold");
      const set = inner.map((one) => ({ value: one as unknown, line }));
      return together(expect, expectationOf(set, fill, notes));
    }
    if (weight !== undefined && weight !== 1)
      notes.add(line, `the weight of \`${type}\` was not carried over`);
    const one = carried(parsed.data, fill);
    if (typeof one !== "string") return together(expect, one);
    notes.add(line, `\`${type}\` was not carried over: ${one}`);
    return expect;
  }, {});
}

/** The expectation, or why there is none. */
function carried(
  { type, value, threshold }: z.infer<typeof Assertion>,
  fill: (text: string) => string,
): Expect | string {
  if (typeof value === "string" && value.startsWith("file://")) return "its value stands in another file";
  const texts = [value].flat().filter((each) => typeof each === "string" || typeof each === "number");
  const words = texts.map((text) => fill(String(text)));
  const list =
    words.length === 1 && /-(?:any|all)$/.test(type)
      ? (words[0] ?? "").split(",").map((w) => w.trim())
      : words;
  const negated = type.startsWith("not-");
  const base = negated ? type.slice(4) : type;
  if (base === "cost" && threshold !== undefined)
    return negated
      ? "there is no such thing here"
      : { cost_micro_usd: { lte: Math.floor(threshold * 1_000_000) } };
  if (base === "latency" && threshold !== undefined)
    return negated ? "there is no such thing here" : { latency_ms: { lte: Math.floor(threshold) } };
  const why = UNCARRIED[base] ?? "it is not known here";
  if (!(base in PATTERNS)) return why;
  if (list.length === 0) return "it has no text to look for";
  if (negated && base.endsWith("-all") && list.length > 1) return "it holds where only some are there";
  if (base === "contains" && !negated) return { text: { contains: list } };
  if (base === "contains" && negated) return { text: { not: list } };
  if (base === "contains-all" && !negated) return { text: { contains: list } };
  const patterns = PATTERNS[base]?.(list) ?? [];
  const bad = patterns.find((pattern) => !compiles(pattern));
  if (bad !== undefined) return "its value is not a regular expression";
  return { text: { matches: negated ? [lacks(patterns)] : [...patterns] } };
}

/** Each pattern of a list must match somewhere. */
const PATTERNS: Readonly<Record<string, (words: readonly string[]) => readonly string[]>> = {
  contains: (words) => words.map(escaped),
  "contains-all": (words) => words.map(escaped),
  "contains-any": (words) => [words.map(escaped).join("|")],
  icontains: (words) => words.map(anyCase),
  "icontains-all": (words) => words.map(anyCase),
  "icontains-any": (words) => [words.map(anyCase).join("|")],
  equals: (words) => words.map((word) => `^\\s*${escaped(word.trim())}\\s*$`),
  "starts-with": (words) => words.map((word) => `^${escaped(word)}`),
  regex: (words) => words,
};

const JUDGE = "it needs a judge, and only what code can check is checked here";
const CODE = "it is code; say the same as an expectation of act, offer or text";
const WORDS = "a reply here is words beside a typed move; expect `act`, `offer` or `intent` instead";
const CALLS = "the vendor's model calls no tools; expect `act`, `cites` or `shows` instead";

const UNCARRIED: Readonly<Record<string, string>> = {
  ...Object.fromEntries(
    [
      "llm-rubric",
      "g-eval",
      "factuality",
      "model-graded-closedqa",
      "model-graded-factuality",
      "answer-relevance",
      "context-faithfulness",
      "context-recall",
      "context-relevance",
      "conversation-relevance",
      "similar",
      "classifier",
      "moderation",
      "select-best",
      "max-score",
      "pi",
      "search-rubric",
      "rouge-n",
      "bleu",
      "levenshtein",
      "meteor",
      "f-score",
      "perplexity",
      "perplexity-score",
      "is-refusal",
    ].map((type) => [type, JUDGE]),
  ),
  ...Object.fromEntries(["javascript", "python", "ruby", "webhook"].map((type) => [type, CODE])),
  ...Object.fromEntries(
    [
      "is-json",
      "contains-json",
      "is-xml",
      "contains-xml",
      "is-sql",
      "contains-sql",
      "is-html",
      "contains-html",
    ].map((type) => [type, WORDS]),
  ),
  ...Object.fromEntries(
    [
      "is-valid-function-call",
      "is-valid-openai-function-call",
      "is-valid-openai-tools-call",
      "tool-call-f1",
      "trajectory:tool-used",
    ].map((type) => [type, CALLS]),
  ),
  cost: "it has no threshold",
  latency: "it has no threshold",
};

/** Matches where none of the patterns does. */
function lacks(patterns: readonly string[]): string {
  return `^(?![\\s\\S]*(?:${patterns.map((pattern) => `(?:${pattern})`).join("|")}))`;
}
