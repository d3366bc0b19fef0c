import type { TapeCall } from "../domain/tape.ts";
import type { Model, ModelRequest } from "../ports/model.ts";

/** What became of one hand-written call. */
export interface Stamped {
  readonly turn: number;
  readonly prompt: string;
  readonly what: "as it was" | "restamped" | "unused" | "unanswered";
  readonly changed: readonly ("prompt" | "schema" | "inputs" | "place")[];
}

/** What a request is known by on a tape, but for its place. */
export type Parts = Pick<TapeCall, "prompt" | "version" | "hash" | "schema" | "inputs" | "repair">;

export interface Restamping {
  readonly model: Model;
  turn(n: number): void;
  /** The calls as they are asked for now, with the answers that were written, and what is said of each. */
  result(): { readonly calls: readonly TapeCall[]; readonly stamped: readonly Stamped[] };
}

/**
 * Answers with what was written by hand for the turn and the prompt, whatever prompt and inputs it was written under:
 * the n-th question of a prompt in a turn gets its n-th answer. What was asked on the way is the tape's new stamp.
 */
export function restamping(
  fixture: string,
  written: readonly TapeCall[],
  partsOf: (request: ModelRequest) => Parts,
): Restamping {
  const left = [...written];
  const calls: TapeCall[] = [];
  const stamped: Stamped[] = [];
  let turn = 0;
  let call = 0;
  return {
    turn: (n) => {
      turn = n;
      call = 0;
    },
    model: {
      id: `tape:${fixture}`,
      ask: async (request, { onText }) => {
        call += 1;
        const parts = partsOf(request);
        const at = left.findIndex((each) => each.turn === turn && each.prompt === parts.prompt);
        const [old] = at < 0 ? [] : left.splice(at, 1);
        if (!old) {
          stamped.push({ turn, prompt: parts.prompt, what: "unanswered", changed: [] });
          const detail = "nothing was written for this question";
          return { ok: false, why: "missing", detail, retry_after_ms: null, tokens: null };
        }
        const { answer, failed, tokens, ms } = old;
        calls.push({
          ...{ turn, call, ...parts },
          ...(answer === undefined ? {} : { answer }),
          ...(failed === undefined ? {} : { failed }),
          ...(tokens ? { tokens } : {}),
          ...(ms === undefined ? {} : { ms }),
        });
        const changed = changes(old, { ...parts, call });
        const what = changed.length === 0 ? "as it was" : "restamped";
        stamped.push({ turn, prompt: parts.prompt, what, changed });
        if (answer === undefined) {
          const detail = "written so";
          return {
            ok: false,
            why: failed ?? "missing",
            detail,
            retry_after_ms: null,
            tokens: tokens ?? null,
          };
        }
        const text = typeof answer === "string" ? answer : JSON.stringify(answer);
        onText?.(text);
        return { ok: true, text, model: "authored", tokens: tokens ?? null };
      },
    },
    result: () => ({
      calls,
      stamped: [
        ...stamped,
        ...left.map((old) => ({ ...pick(old), what: "unused" as const, changed: [] as const })),
      ],
    }),
  };
}

function pick({ turn, prompt }: TapeCall): { readonly turn: number; readonly prompt: string } {
  return { turn, prompt };
}

function changes(old: TapeCall, now: Parts & { readonly call: number }): Stamped["changed"] {
  const changed: Stamped["changed"][number][] = [];
  if (old.hash !== now.hash) changed.push("prompt");
  if (old.schema !== now.schema) changed.push("schema");
  const inputs = ({ given, heard }: TapeCall["inputs"]) =>
    JSON.stringify([given, heard].map((some) => Object.entries(some).sort()));
  if (inputs(old.inputs) !== inputs(now.inputs)) changed.push("inputs");
  if (old.call !== now.call) changed.push("place");
  return changed;
}
