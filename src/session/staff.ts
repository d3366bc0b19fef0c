import type { Call } from "../domain/question.ts";
import type { TurnRecord } from "../ports/store.ts";

/**
 * Frames for vendor staff: the one place where reasons and limits leave the core, and only to staff. `n` numbers the
 * staff events of a session on its own; `concerns` is the public event they belong to.
 */
export function staffFrame(n: number, record: TurnRecord): string {
  const { reply, reasons, policy, now, lookups } = record;
  return JSON.stringify({ type: "staff", n, concerns: reply, record: { at: now, policy, reasons, lookups } });
}

/** A question put to a model for the turn of event `concerns`: prompt, model, tokens, cost, time, and what came back. */
export function callFrame(concerns: number, call: Call): string {
  return JSON.stringify({ type: "staff_call", concerns, call });
}

/** What staff missed, in the order it came: every turn, and after it the questions put for it. */
export function* missed(
  turns: readonly TurnRecord[],
  calls: readonly { readonly message: number; readonly call: Call }[],
): Generator<{ readonly n: number; readonly turn: TurnRecord } | Put> {
  const put = calls.map((one, i): Put => ({ n: i + 1, ...one }));
  for (const [i, turn] of turns.entries()) {
    yield { n: i + 1, turn };
    yield* put.filter(({ message }) => message === turn.message);
  }
}

interface Put {
  readonly n: number;
  readonly message: number;
  readonly call: Call;
}
