import type { Call } from "../domain/question.ts";
import type { QuestionName } from "../domain/questions/index.ts";
import type { Tape, TapeCall } from "../domain/tape.ts";
import type { Model, ModelReply } from "../ports/model.ts";
import type { Mask } from "./mask.ts";

/** A question that was put in a stored conversation, and the turn it was put in, counted from 1. */
export interface StoredCall {
  readonly turn: number;
  readonly call: Call;
}

/** A model that says again what was said in a stored conversation, and writes a tape of it. */
export interface Retelling {
  readonly model: Model;
  turn(n: number): void;
  tape(header: { readonly fixture: string; readonly recorded_at: string }): Tape;
}

/**
 * A log keeps a question's answer and a digest of what was put into it, but not the inputs; those are made again by
 * playing the conversation. Prompt, version, model, tokens and time on the tape are the stored ones: where the prompt
 * has changed since, the tape is stale from the start, and says so.
 */
export function retelling(stored: readonly StoredCall[], mask: Mask): Retelling {
  const left = [...stored];
  const calls: TapeCall[] = [];
  let turn = 0;
  let count = 0;
  const ask: Model["ask"] = async ({ question, schema }, { onText }) => {
    count += 1;
    const at = left.findIndex((one) => one.turn === turn && one.call.prompt === question.prompt);
    const found = at < 0 ? undefined : left.splice(at, 1)[0]?.call;
    if (!found) return failed("missing", "the stored conversation did not ask this here");
    const { prompt, version, hash, model, tokens, ms, outcome } = found;
    const answer = mask.deep(found.answer);
    const known = { turn, call: count, prompt, version, hash, schema: schema.hash, model, ms };
    const inputs = { given: { ...question.given }, heard: { ...question.heard } };
    const spent = tokens ? { tokens } : {};
    if (outcome !== "answered" || answer === undefined) {
      const why = outcome === "answered" ? "empty" : outcome;
      calls.push({ ...known, inputs, failed: why, ...spent });
      return failed(why, "it failed when it was stored");
    }
    calls.push({ ...known, inputs, answer: recordOf(answer), ...spent });
    const text = JSON.stringify(answer);
    onText?.(text);
    return { ok: true, text, model, tokens: tokens ?? null };
  };
  const [first] = stored;
  return {
    model: { id: first?.call.model ?? "stored", ask },
    turn: (n) => {
      turn = n;
      count = 0;
    },
    tape: (header) => {
      const models = [...new Set(calls.flatMap(({ model }) => (model ? [model] : [])))].sort();
      return {
        ...header,
        origin: "recorded",
        ...(models.length > 0 ? { model: models.join(", ") } : {}),
        calls,
      };
    },
  };
}

/** Questions of the log by the turn of the message they were put for. */
export function byTurn(
  messages: readonly number[],
  calls: readonly { readonly message: number; readonly call: Call }[],
): StoredCall[] {
  return calls.flatMap(({ message, call }) => {
    const turn = messages.indexOf(message) + 1;
    return turn > 0 && isAsked(call.prompt) ? [{ turn, call }] : [];
  });
}

/** Simulated buyers are no part of a vendor's conversation. */
function isAsked(prompt: string): boolean {
  return prompt !== ("buy" satisfies QuestionName);
}

function recordOf(answer: unknown): NonNullable<TapeCall["answer"]> {
  return typeof answer === "object" && answer !== null && !Array.isArray(answer)
    ? (answer as Record<string, unknown>)
    : JSON.stringify(answer);
}

function failed(why: Exclude<ModelReply, { ok: true }>["why"], detail: string): ModelReply {
  return { ok: false, why, detail, retry_after_ms: null, tokens: null };
}
