import { Buffer } from "node:buffer";
import { BOUNDS } from "../../domain/bounds.ts";
import type { ModelReply } from "../../ports/model.ts";
import { failed } from "./failure.ts";

/** An answer as it comes, from whichever API. */
export interface Incoming {
  text: string;
  bytes: number;
  /** Words of a refusal, kept apart from the answer. */
  refusal: string;
  /** What the provider said about its end; null while it said nothing. */
  finish: "whole" | "length" | "filtered" | null;
  model: string;
  tokens: { in: number; out: number } | null;
}

export function incoming(model: string): Incoming {
  return { text: "", bytes: 0, refusal: "", finish: null, model, tokens: null };
}

/** Takes in one more piece; false when it is more than an answer may be. */
export function take(answer: Incoming, piece: string, onText?: (text: string) => void): boolean {
  if (piece === "") return true;
  answer.bytes += Buffer.byteLength(piece);
  if (answer.bytes > BOUNDS.answer_bytes) return false;
  answer.text += piece;
  onText?.(answer.text);
  return true;
}

/** What an answer that ended by itself comes to. */
export function settled(answer: Incoming): ModelReply {
  const { text, finish, tokens, model } = answer;
  if (answer.refusal !== "") return failed("refused", `it refused: ${answer.refusal.slice(0, 200)}`, tokens);
  if (answer.bytes > BOUNDS.answer_bytes) return tooLong(answer);
  if (finish === "filtered") return failed("refused", "the provider's content filter stopped it", tokens);
  if (finish === "length") return failed("too_long", "it ran into the bound on output tokens", tokens);
  if (finish === null) return failed("cut_off", `the stream ended after ${answer.bytes} bytes`, tokens);
  if (text.trim() === "") return failed("empty", "it said nothing", tokens);
  return { ok: true, text, model, tokens };
}

export function tooLong(answer: Incoming): ModelReply {
  return failed("too_long", `more than ${BOUNDS.answer_bytes} bytes`, answer.tokens);
}
