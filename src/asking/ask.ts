import { hash } from "node:crypto";
import { setTimeout as delay } from "node:timers/promises";
import { BOUNDS } from "../domain/bounds.ts";
import { canonical } from "../domain/hash.ts";
import type { Asked, Call, NoAnswer, Question } from "../domain/question.ts";
import type { QuestionName } from "../domain/questions/index.ts";
import type { Log } from "../ports/log.ts";
import type { Model, ModelRequest } from "../ports/model.ts";
import type { Prompt, Prompts } from "../ports/prompts.ts";
import { partialAnswer } from "./answer.ts";
import type { Asker, AskOptions, Purse } from "./asker.ts";
import { attempts, type Ending, type Tally } from "./attempts.ts";
import { CIRCUIT_BOUNDS, type Circuit, type CircuitBounds, circuit } from "./circuit.ts";
import { withoutEcho } from "./echo.ts";
import { type Price, priceOf } from "./price.ts";
import { PURSE_BOUNDS, type PurseBounds, Wallet } from "./purse.ts";
import { schemaOf } from "./schema.ts";

export interface AskerOptions {
  /** May be one and the same. */
  readonly models: Readonly<Record<Prompt["model"], Model>>;
  readonly prompts: Prompts;
  /** By `Model.id`; a model that is not there, or null, has no known price. */
  readonly prices: Readonly<Record<string, Price | null>>;
  readonly bounds?: Partial<PurseBounds> & { readonly call_ms?: number };
  readonly circuit?: CircuitBounds;
  readonly log: Log;
  /** Told of every question once it has ended. */
  readonly meter?: (measured: Measured) => void;
  /** Milliseconds on a clock that never goes back. */
  readonly now?: () => number;
  readonly random?: () => number;
  /** Rejects when the signal aborts it. */
  readonly sleep?: (ms: number, signal: AbortSignal) => Promise<unknown>;
}

export interface Measured {
  readonly prompt: QuestionName;
  readonly model: string;
  readonly outcome: Call["outcome"];
  readonly requests: number;
  readonly tokens: Call["tokens"];
  readonly micro_usd: number | null;
  readonly seconds: number;
}

/** Puts questions to the configured models. What happens to a question ends up in its `Call`, and here in the log. */
export function asker(options: AskerOptions): Asker {
  const circuits = new Map<string, Circuit>();
  for (const { id } of Object.values(options.models)) {
    if (!circuits.has(id))
      circuits.set(id, circuit(options.circuit ?? CIRCUIT_BOUNDS, said(options.log, id)));
  }
  const bounds = { ...PURSE_BOUNDS, ...options.bounds };
  return {
    purse: (spent) => new Wallet(bounds, spent),
    ask: async (question, asking) => {
      const now = options.now ?? (() => performance.now());
      const started = now();
      const tally: Tally = { requests: 0, repaired: false, tokens: null, untold: false, reported: null };
      const prepared = prepare(question, asking.purse, options);
      const ending = prepared.ok
        ? await attempts(
            question.prompt,
            prepared.request,
            route(prepared, asking, options, circuits, started),
            tally,
          )
        : prepared;
      const call = record(question, prepared, ending, tally, now() - started, options);
      report(question, call, options);
      if (ending.ok) return { ok: true, answer: ending.answer, call };
      const partial = partialAnswer(question.prompt, ending.text);
      return { ok: false, why: ending.why, partial, call } satisfies Asked<typeof question.prompt>;
    },
  };
}

type Prepared =
  | {
      readonly ok: true;
      readonly model: Model;
      readonly wallet: Wallet;
      readonly prompt: Prompt;
      readonly request: ModelRequest;
    }
  | { readonly ok: false; readonly why: NoAnswer; readonly detail: string; readonly text: "" };

/** A prompt that is not there, or that wants an input the question does not bring, is the vendor's to mend: no throw. */
function prepare(question: Question, purse: Purse, { prompts, models }: AskerOptions): Prepared {
  if (!(purse instanceof Wallet)) {
    return { ok: false, why: "budget", detail: "the purse is not of this asker", text: "" };
  }
  try {
    const prompt = prompts.prompt(question.prompt);
    const rendered = prompt.render(question);
    const request = { question, prompt, rendered, schema: schemaOf(question.prompt) };
    return { ok: true, model: models[prompt.model], wallet: purse, prompt, request };
  } catch (error) {
    return { ok: false, why: "bad_request", detail: `the prompt: ${String(error)}`, text: "" };
  }
}

function route<N extends QuestionName>(
  { model, wallet }: Prepared & { ok: true },
  asking: AskOptions<N>,
  options: AskerOptions,
  circuits: ReadonlyMap<string, Circuit>,
  started: number,
) {
  return {
    model,
    wallet,
    circuit: circuits.get(model.id) ?? ((send: Parameters<Circuit>[0]) => send()),
    price: options.prices[model.id] ?? null,
    call_ms: options.bounds?.call_ms ?? BOUNDS.call_ms,
    deadline: started + asking.within_ms,
    signal: asking.signal,
    hear: asking.hear,
    now: options.now ?? (() => performance.now()),
    random: options.random ?? Math.random,
    sleep: options.sleep ?? ((ms: number, signal: AbortSignal) => delay(ms, undefined, { signal })),
  };
}

function record(
  question: Question,
  prepared: Prepared,
  ending: Ending<QuestionName>,
  tally: Tally,
  ms: number,
  { prices }: AskerOptions,
): Call {
  const model = prepared.ok ? prepared.model.id : "none";
  const { requests, repaired, reported } = tally;
  const tokens = requests === 0 ? { in: 0, out: 0 } : tally.untold ? null : tally.tokens;
  const answer = ending.ok ? ending.answer : partialAnswer(question.prompt, ending.text);
  const told = reported !== null && reported !== model && !model.endsWith(`:${reported}`);
  return {
    prompt: question.prompt,
    version: prepared.ok ? prepared.prompt.version : 0,
    hash: prepared.ok ? prepared.prompt.hash : "",
    inputs: hash("sha256", canonical({ given: question.given, heard: question.heard }), "hex").slice(0, 16),
    model,
    ...(told ? { reported: reported.slice(0, 120) } : {}),
    outcome: ending.ok ? "answered" : ending.why,
    requests,
    repaired,
    tokens,
    micro_usd: tokens === null ? null : priceOf(tokens, prices[model] ?? null),
    ms: Math.max(0, Math.round(ms)),
    ...(answer === null ? {} : { answer }),
    ...(ending.ok
      ? {}
      : { detail: withoutEcho(ending.detail.slice(0, 400), question.heard).slice(0, 400).toWellFormed() }),
  };
}

function report(question: Question, call: Call, { log, meter }: AskerOptions): void {
  const { model, outcome, requests, tokens, micro_usd, ms, detail } = call;
  meter?.({ prompt: question.prompt, model, outcome, requests, tokens, micro_usd, seconds: ms / 1000 });
  if (outcome === "answered") return;
  const fields = { prompt: call.prompt, model, why: outcome, detail, requests, ms };
  // These two are how a conversation goes, not failures of anything.
  if (outcome === "aborted" || outcome === "stopped") log.info(fields, "a question to a model was given up");
  else log.warn(fields, "a model gave no answer; the house goes on by itself");
}

function said(log: Log, model: string): (state: "open" | "closed") => void {
  return (state) => {
    if (state === "open")
      log.warn({ model }, "the model failed too often in a row; it is left alone for a while");
    else log.info({ model }, "the model answers again");
  };
}
