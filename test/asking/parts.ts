import { type AskerOptions, asker, type Measured } from "../../src/asking/ask.ts";
import type { AskOptions } from "../../src/asking/asker.ts";
import type { Question } from "../../src/domain/question.ts";
import type { QuestionName } from "../../src/domain/questions/index.ts";
import type { Model, ModelOptions, ModelReply, ModelRequest } from "../../src/ports/model.ts";
import type { Prompt } from "../../src/ports/prompts.ts";

/** How a model of a test answers one request. */
export type Step = (request: ModelRequest, options: ModelOptions) => ModelReply | Promise<ModelReply>;

/** A model that keeps the port's promises and answers by script; the last step is repeated. */
export function scripted(id: string, ...steps: Step[]) {
  const requests: ModelRequest[] = [];
  const signals: AbortSignal[] = [];
  const model: Model = {
    id,
    ask: async (request, options) => {
      const step = steps[Math.min(requests.length, steps.length - 1)];
      requests.push(request);
      signals.push(options.signal);
      if (!step) throw new Error("no step");
      return step(request, options);
    },
  };
  return { model, requests, signals };
}

const TOKENS = { in: 100, out: 20 };

export const says =
  (text: string, tokens: ModelReply["tokens"] = TOKENS): Step =>
  () => ({ ok: true, text, model: "m-1", tokens });

export const fails =
  (why: (ModelReply & { ok: false })["why"], more: Partial<ModelReply & { ok: false }> = {}): Step =>
  () => ({ ok: false, why, detail: `the provider said ${why}`, retry_after_ms: null, tokens: null, ...more });

/** Streams the pieces, waiting a turn of the event loop between; then ends as `end` says, or never. */
export const streams =
  (pieces: readonly string[], end?: Step): Step =>
  async (request, options) => {
    let text = "";
    for (const piece of pieces) {
      await new Promise((resolve) => setImmediate(resolve));
      if (options.signal.aborted) return aborted();
      text += piece;
      options.onText?.(text);
    }
    if (end) return end(request, options);
    return hangs(request, options);
  };

/** Answers never, and keeps to the signal. */
export const hangs: Step = (_, { signal }) =>
  new Promise((resolve) => {
    if (signal.aborted) resolve(aborted());
    signal.addEventListener("abort", () => resolve(aborted()));
  });

function aborted(): ModelReply {
  return { ok: false, why: "aborted", detail: "aborted", retry_after_ms: null, tokens: { in: 100, out: 3 } };
}

export const WORDS = JSON.stringify({ text: "Yes, it is in stock.", speech: "Yes." });
export const wording: Question<"word"> = {
  prompt: "word",
  given: { move: "answer" },
  heard: { message: "secret words of theirs" },
};
export const reading: Question<"read"> = { prompt: "read", given: {}, heard: { message: "hello" } };

function promptOf(name: QuestionName): Prompt {
  return {
    name,
    purpose: "For tests",
    version: 3,
    model: name === "word" ? "wording" : "reading",
    answer: name,
    max_output_tokens: 100,
    temperature: null,
    hash: "0123456789abcdef",
    source: "",
    file: `${name}.md`,
    inputs: { message: "heard" },
    render: ({ heard }) => ({ system: "You word.", user: heard.message ?? "" }),
  };
}

/** An asker over scripted models, with a clock that only sleeping moves, and all it logs and measures. */
export function house(model: Model, more: Partial<AskerOptions> = {}) {
  const logged: { level: string; fields: Record<string, unknown>; message: string }[] = [];
  const measured: Measured[] = [];
  const slept: number[] = [];
  let clock = 0;
  const log = (level: string) => (fields: Record<string, unknown>, message: string) => {
    logged.push({ level, fields, message });
  };
  const made = asker({
    models: { reading: model, wording: model },
    prompts: { prompt: promptOf, all: () => [], close: async () => {} },
    prices: { [model.id]: { in: 250_000, out: 2_000_000 } },
    log: { debug: log("debug"), info: log("info"), warn: log("warn"), error: log("error") },
    meter: (each) => measured.push(each),
    now: () => clock,
    random: () => 0.5,
    sleep: async (ms) => {
      slept.push(ms);
      clock += ms;
    },
    ...more,
  });
  const purse = made.purse(NOTHING_SPENT);
  const ask = <N extends QuestionName>(question: Question<N>, asking: Partial<AskOptions<N>> = {}) =>
    made.ask(question, { purse, signal: new AbortController().signal, within_ms: 10_000, ...asking });
  return { ask, asker: made, purse, logged, measured, slept, pass: (ms: number) => (clock += ms) };
}

export const NOTHING_SPENT = { questions: 0, tokens: 0, micro_usd: 0 };
