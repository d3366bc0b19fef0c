import { z } from "zod";
import { NoAnswer } from "./question.ts";

const inputs = z.strictObject({
  given: z.record(z.string(), z.string()),
  heard: z.record(z.string(), z.string()),
});

/** One request to a model and what came back: an answer, or why there was none. */
export const TapeCall = z
  .strictObject({
    /** Of the fixture, from 1; 0 is before its first. */
    turn: z.int().min(0),
    /** Which request of that turn, from 1; a retry or a repair is one more. */
    call: z.int().min(1),
    prompt: z.string(),
    version: z.int(),
    /** Of the prompt file, and of the answer's JSON Schema: hex SHA-256, 16 characters. */
    hash: z.string(),
    schema: z.string(),
    /** As configured; of a recorded call only. */
    model: z.string().optional(),
    inputs,
    /** For the second chance after an answer that was not of the schema. */
    repair: z.strictObject({ answer: z.string(), problem: z.string() }).optional(),
    /** An object stands for its JSON text; text that is none is kept as it came. */
    answer: z.union([z.string(), z.record(z.string(), z.unknown())]).optional(),
    failed: NoAnswer.optional(),
    tokens: z.strictObject({ in: z.int(), out: z.int() }).optional(),
    ms: z.int().min(0).optional(),
  })
  .refine((call) => (call.answer === undefined) !== (call.failed === undefined), {
    error: "a call has either an answer or a reason why it failed",
  });
export type TapeCall = z.infer<typeof TapeCall>;

/** What a fixture's questions were answered with. */
export const Tape = z.strictObject({
  fixture: z.string().min(1),
  /** By a real model, or by hand: nothing written by hand may pass for a model's. */
  origin: z.enum(["recorded", "authored"]),
  /** Which models answered; of a recorded tape. */
  model: z.string().optional(),
  recorded_at: z.string().optional(),
  calls: z.array(TapeCall),
});
export type Tape = z.infer<typeof Tape>;

/** One request as a tape is asked for it. `model` null: whichever. */
export type TapeRequest = Pick<
  TapeCall,
  "turn" | "call" | "prompt" | "version" | "hash" | "schema" | "inputs" | "repair"
> & { readonly model: string | null };

/** What differs, the first of these that does. */
export type StaleWhy = "prompt" | "schema" | "model" | "inputs";

export type Match =
  | { readonly state: "replayed"; readonly call: TapeCall }
  | { readonly state: "stale"; readonly why: StaleWhy; readonly call: TapeCall }
  | { readonly state: "missing" };

/** What became of one request to a tape, with both sides of it, so that a prompt can be shown as it was and is. */
export interface Verdict {
  readonly state: Match["state"];
  readonly why: StaleWhy | null;
  readonly asked: TapeRequest;
  readonly rendered: { readonly system: string; readonly user: string };
  readonly recorded: TapeCall | null;
  /** The prompt's file as it was when recorded; null when it is the same or was not kept. */
  readonly source: string | null;
}

/**
 * The recorded call for a request. Replayed only when prompt, inputs, schema and, on a recorded tape, the model are
 * the same; of several such calls the one at the same place, else the first. Stale when a call with these inputs, or at
 * this place, was recorded under something else.
 */
export function match(tape: Tape, request: TapeRequest): Match {
  const calls = tape.calls.filter((call) => call.prompt === request.prompt);
  const here = (call: TapeCall) => call.turn === request.turn && call.call === request.call;
  const same = calls.filter((call) => sameQuestion(call, request));
  const fresh = same.filter((call) => staleness(tape, call, request) === null);
  const exact = fresh.find(here) ?? fresh[0];
  if (exact) return { state: "replayed", call: exact };
  const old = same.find(here) ?? same[0] ?? calls.find(here);
  if (!old) return { state: "missing" };
  return { state: "stale", why: staleness(tape, old, request) ?? "inputs", call: old };
}

/** The JSON text an answer stands for. */
export function answerText(answer: NonNullable<TapeCall["answer"]>): string {
  return typeof answer === "string" ? answer : JSON.stringify(answer);
}

/** An answer as a tape keeps it: readable where it is an object of JSON. */
export function answerOf(text: string): NonNullable<TapeCall["answer"]> {
  try {
    const value: unknown = JSON.parse(text);
    return typeof value === "object" && value !== null && !Array.isArray(value)
      ? (value as Record<string, unknown>)
      : text;
  } catch {
    return text;
  }
}

function staleness(tape: Tape, call: TapeCall, request: TapeRequest): Exclude<StaleWhy, "inputs"> | null {
  if (call.hash !== request.hash) return "prompt";
  if (call.schema !== request.schema) return "schema";
  const model = call.model ?? tape.model;
  const differs = request.model !== null && model !== undefined && model !== request.model;
  return tape.origin === "recorded" && differs ? "model" : null;
}

type Put = Pick<TapeCall, "inputs" | "repair">;

function sameQuestion(a: Put, b: Put): boolean {
  return (
    sameTexts(a.inputs.given, b.inputs.given) &&
    sameTexts(a.inputs.heard, b.inputs.heard) &&
    sameTexts(a.repair ?? {}, b.repair ?? {})
  );
}

function sameTexts(a: Readonly<Record<string, string>>, b: Readonly<Record<string, string>>): boolean {
  const names = Object.keys(a);
  return (
    names.length === Object.keys(b).length &&
    names.every((name) => Object.hasOwn(b, name) && a[name] === b[name])
  );
}
