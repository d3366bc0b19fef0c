import { parse as parsePartial } from "partial-json";
import { z } from "zod";
import { type AnswerTo, QUESTIONS, type QuestionName } from "../domain/questions/index.ts";

export type ReadAnswer<N extends QuestionName> =
  | { readonly ok: true; readonly answer: AnswerTo<N> }
  | {
      readonly ok: false;
      /** For the model, in plain words; may repeat its own. */
      readonly problem: string;
      /** For the log: where and of what kind, none of the answer's words. */
      readonly detail: string;
    };

/** Reads the text of an answer: a JSON object, also inside a Markdown fence or with words around it. */
export function readAnswer<N extends QuestionName>(name: N, text: string): ReadAnswer<N> {
  const value = jsonIn(text);
  if (value === undefined) {
    return { ok: false, problem: "It is not one JSON object.", detail: "not one JSON object" };
  }
  const parsed = QUESTIONS[name].safeParse(value);
  if (parsed.success) return { ok: true, answer: parsed.data as AnswerTo<N> };
  const detail = parsed.error.issues
    .slice(0, 3)
    .map((issue) => `${issue.path.join(".") || "answer"}: ${issue.code}`)
    .join("; ");
  return { ok: false, problem: z.prettifyError(parsed.error).slice(0, PROBLEM_CHARS), detail };
}

/** As much of an answer as has come: only what is of the schema by itself; null when nothing is. */
export function partialAnswer<N extends QuestionName>(name: N, text: string): Partial<AnswerTo<N>> | null {
  const start = text.indexOf("{");
  if (start < 0) return null;
  let value: unknown;
  try {
    value = parsePartial(text.slice(start));
  } catch {
    // Words behind a finished object, or no JSON at all.
    value = jsonIn(text);
  }
  if (typeof value !== "object" || value === null) return null;
  const heard: Record<string, unknown> = {};
  for (const [key, schema] of Object.entries<z.ZodType>(QUESTIONS[name].shape)) {
    if (!Object.hasOwn(value, key)) continue;
    const given = (value as Record<string, unknown>)[key];
    const found = finished(schema, given);
    if (found !== undefined) heard[key] = found;
    // Too long: as far as it may go, as it was heard while it grew. What comes behind it is of no use.
    else if (typeof given === "string" && schema instanceof z.ZodString && schema.maxLength !== null) {
      heard[key] = given.slice(0, schema.maxLength);
      break;
    }
  }
  return Object.keys(heard).length > 0 ? (heard as Partial<AnswerTo<N>>) : null;
}

const PROBLEM_CHARS = 1_000;

/** Of a list still being written, what stands before the item that is not finished. */
function finished(schema: z.ZodType, value: unknown): unknown {
  const whole = schema.safeParse(value);
  if (whole.success) return whole.data;
  return Array.isArray(value) && value.length > 1 ? schema.safeParse(value.slice(0, -1)).data : undefined;
}

function jsonIn(text: string): unknown {
  const start = text.indexOf("{");
  const end = text.lastIndexOf("}");
  if (start < 0 || end < start) return undefined;
  try {
    return JSON.parse(text.slice(start, end + 1));
  } catch {
    return undefined;
  }
}
