import type { IncomingHttpHeaders } from "node:http";
import { z } from "zod";

/** What the server does with one request. Exactly one of the first group says what; the rest say how. */
export const Step = z.strictObject({
  /** The model's answer; an object is sent as JSON text. */
  answer: z.union([z.string(), z.record(z.string(), z.unknown())]).optional(),
  /** A JSON answer of about so many bytes. */
  bytes: z.int().optional(),
  refusal: z.string().optional(),
  tool_calls: z
    .array(z.strictObject({ name: z.string(), arguments: z.record(z.string(), z.unknown()) }))
    .optional(),
  /** An error status; `body` is OpenAI's error object unless given. */
  status: z.int().optional(),
  /** Not of the protocol at all: a body that is no JSON, an event that is none, a page of HTML with status 200. */
  garble: z.enum(["body", "event", "html"]).optional(),
  /** An error event in the middle of a stream that began with status 200. */
  error_event: z.strictObject({ message: z.string(), code: z.string() }).optional(),

  body: z.unknown().optional(),
  headers: z.record(z.string(), z.string()).optional(),
  /** UTF-16 units of one streamed piece. */
  piece: z.int().min(1).optional(),
  /** Milliseconds before the first byte, and between pieces. */
  first_ms: z.int().optional(),
  every_ms: z.int().optional(),
  /** `none`: the stream ends politely and says nothing about its end, not even [DONE]. */
  finish: z.enum(["stop", "length", "content_filter", "none"]).optional(),
  /** `false`: no usage, asked for or not. */
  usage: z.boolean().optional(),
  /** What the model says it is. */
  model: z.string().optional(),
  /** Never answers, or falls silent after so many pieces. */
  stall: z.union([z.literal("request"), z.int()]).optional(),
  /**
   * Destroys the socket before any answer, after so many pieces (half a body when not streamed), or at the end of a
   * stream, between the answer's finish and its usage.
   */
  cut: z.union([z.enum(["request", "end"]), z.int()]).optional(),
});
export type Step = z.infer<typeof Step>;

/** One request, as both APIs mean it. */
export interface Asked {
  /** Counted from 1. */
  readonly n: number;
  readonly api: "chat" | "responses";
  readonly stream: boolean;
  readonly model: string;
  readonly messages: readonly { readonly role: string; readonly content: string }[];
  readonly system: string;
  /** The last message of the user. */
  readonly user: string;
  /** Of the structured output that was asked for, strict or not. */
  readonly schema: { readonly name: string; readonly json: unknown } | null;
  readonly usage: boolean;
  readonly headers: IncomingHttpHeaders;
  readonly body: Readonly<Record<string, unknown>>;
}

/** Steps in order, the last one again and again; or a function of the request. */
export type Script = readonly Step[] | ((asked: Asked) => Step | Promise<Step>);

export function stepFor(script: Script, asked: Asked): Step | Promise<Step> {
  if (typeof script === "function") return script(asked);
  return script[Math.min(asked.n, script.length) - 1] ?? { answer: "" };
}

/** The text a step answers with. */
export function textOf(step: Step): string {
  if (step.bytes !== undefined) return JSON.stringify({ text: "a".repeat(step.bytes), speech: "a" });
  if (typeof step.answer === "string") return step.answer;
  return step.answer === undefined ? "" : JSON.stringify(step.answer);
}

export function piecesOf(text: string, length: number): string[] {
  const pieces: string[] = [];
  for (let at = 0; at < text.length; at += length) pieces.push(text.slice(at, at + length));
  return pieces;
}
