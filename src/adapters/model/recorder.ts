import { performance } from "node:perf_hooks";
import { answerOf, type Tape, type TapeCall } from "../../domain/tape.ts";
import type { Model } from "../../ports/model.ts";
import { partsOf } from "./tape.ts";

export interface Recorder {
  /** The same model, its calls recorded; several models may be recorded on one tape. */
  over(model: Model): Model;
  /** The fixture's next turn begins, counted from 1. */
  turn(n: number): void;
  /** What was recorded so far. */
  tape(): Tape;
}

/**
 * Records what models are asked and answer. A request that was ended by its signal leaves nothing on the tape: how far
 * it came was chance. A tape holds questions, answers and ids of models; no header, address or error text.
 */
export function recorder(header: { readonly fixture: string; readonly recorded_at: string }): Recorder {
  const calls: TapeCall[] = [];
  const models = new Set<string>();
  let turn = 0;
  let call = 0;
  const over = (model: Model): Model => ({
    id: model.id,
    ask: async (request, options) => {
      call += 1;
      const at = { turn, call };
      const began = performance.now();
      const reply = await model.ask(request, options);
      if (!reply.ok && (reply.why === "aborted" || reply.why === "timeout")) return reply;
      models.add(model.id);
      calls.push({
        ...at,
        ...partsOf(request),
        model: model.id,
        ...(reply.ok ? { answer: answerOf(reply.text) } : { failed: reply.why }),
        ...(reply.tokens ? { tokens: { ...reply.tokens } } : {}),
        ms: Math.round(performance.now() - began),
      });
      return reply;
    },
  });
  return {
    over,
    turn: (n) => {
      turn = n;
      call = 0;
    },
    tape: () => ({
      ...header,
      origin: "recorded",
      ...(models.size > 0 ? { model: [...models].sort().join(", ") } : {}),
      calls: calls.toSorted((a, b) => a.turn - b.turn || a.call - b.call),
    }),
  };
}
