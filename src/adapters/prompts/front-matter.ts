import { isMap, isScalar, LineCounter, type ParsedNode, parseDocument } from "yaml";
import { z } from "zod";
import { QUESTIONS, type QuestionName } from "../../domain/questions/index.ts";
import type { Flaw } from "./problem.ts";

const answers = Object.keys(QUESTIONS) as [QuestionName, ...QuestionName[]];

const FrontMatter = z.strictObject({
  name: z
    .string()
    .regex(/^[a-z][a-z0-9._-]{0,59}$/, "a name is lower-case letters, digits, `.`, `-` and `_`"),
  purpose: z.string().min(1, "say in a sentence what the prompt is for").max(400),
  version: z.int().min(1),
  model: z.enum(["reading", "wording"]),
  answer: z.enum(answers),
  inputs: z.record(
    z.string().regex(/^[a-z][a-z0-9_]{0,59}$/, "an input is lower-case letters, digits and `_`"),
    z.enum(["given", "heard"]),
  ),
  max_output_tokens: z.int().min(16).max(16_384),
  temperature: z.number().min(0).max(2).nullish(),
});
export type FrontMatter = z.infer<typeof FrontMatter>;

export interface ReadFrontMatter {
  readonly values: FrontMatter;
  /** The line a key, or an input by its name, stands on. */
  lineOf(...path: string[]): number;
}

/** Reads YAML that begins after line `above` of its file. */
export function readFrontMatter(yaml: string, above: number): { ok: ReadFrontMatter } | { flaw: Flaw } {
  const counter = new LineCounter();
  const document = parseDocument(yaml, { lineCounter: counter, prettyErrors: false, logLevel: "error" });
  const line = (offset: number) => counter.linePos(offset).line + above;
  const bad = document.errors[0];
  if (bad) return { flaw: { line: line(bad.pos[0]), message: `not YAML: ${bad.message}` } };
  const lineOf = (...path: string[]) => line(offsetOf(document.contents, path));
  if (!isMap(document.contents)) {
    return { flaw: { line: above + 1, message: "expected `key: value` lines; the first is `name: <name>`" } };
  }
  let values: unknown;
  try {
    values = document.toJS({ maxAliasCount: 0 });
  } catch {
    return { flaw: { line: above + 1, message: "an alias (`*name`); write its value out" } };
  }
  const parsed = FrontMatter.safeParse(values);
  if (parsed.success) return { ok: { values: parsed.data, lineOf } };
  const issue = parsed.error.issues[0];
  const path = (issue?.path ?? []).map(String);
  if (issue?.code === "unrecognized_keys") {
    const message = `there is no \`${issue.keys[0]}\`; the keys are ${Object.keys(FrontMatter.shape).join(", ")}`;
    return { flaw: { line: lineOf(...path, issue.keys[0] ?? ""), message } };
  }
  return { flaw: { line: lineOf(...path), message: `${path.join(".")}: ${problemOf(issue)}` } };
}

function problemOf(issue: z.core.$ZodIssue | undefined): string {
  if (issue?.code === "invalid_value") return `expected ${issue.values.join(" or ")}`;
  if (issue?.code === "invalid_key") return issue.issues[0]?.message ?? issue.message;
  if (issue?.code === "invalid_type" && issue.input === undefined) {
    return `${issue.message}; add the line to the front matter`;
  }
  return issue?.message ?? "not as expected";
}

/** Where the deepest part of the path that is there begins; the start when nothing is. */
function offsetOf(root: ParsedNode | null, path: readonly string[]): number {
  let node: unknown = root;
  let offset = 0;
  for (const step of path) {
    if (!isMap(node)) break;
    const pair = node.items.find((item) => isScalar(item.key) && String(item.key.value) === step);
    if (!pair) break;
    if (isScalar(pair.key)) offset = pair.key.range?.[0] ?? offset;
    node = pair.value;
  }
  return offset;
}
