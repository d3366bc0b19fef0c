import type { Hear, NoAnswer } from "../domain/question.ts";
import type { AnswerTo, QuestionName } from "../domain/questions/index.ts";
import type { Model, ModelRequest } from "../ports/model.ts";
import { partialAnswer, readAnswer } from "./answer.ts";
import type { Circuit } from "./circuit.ts";
import { charged, costAfter, costBefore, type Price } from "./price.ts";
import type { Wallet } from "./purse.ts";
import { type Sent, send } from "./send.ts";

/** What the requests of one question go through. */
export interface Route<N extends QuestionName> {
  readonly model: Model;
  readonly circuit: Circuit;
  readonly wallet: Wallet;
  readonly price: Price | null;
  readonly call_ms: number;
  /** On the clock of `now`. */
  readonly deadline: number;
  readonly signal: AbortSignal;
  readonly hear: Hear<N> | undefined;
  now(): number;
  sleep(ms: number, signal: AbortSignal): Promise<unknown>;
  /** From 0 to below 1. */
  random(): number;
}

/** What was sent for one question, over all its requests. */
export interface Tally {
  requests: number;
  repaired: boolean;
  /** As far as told; `untold` once a request that may have been charged did not say. */
  tokens: { in: number; out: number } | null;
  untold: boolean;
  reported: string | null;
}

export type Ending<N extends QuestionName> = { readonly ok: true; readonly answer: AnswerTo<N> } | Failure;

export interface Failure {
  readonly ok: false;
  readonly why: NoAnswer;
  readonly detail: string;
  /** As much of an answer as had come. */
  readonly text: string;
}

const RETRIES = 2;
const RETRIED: readonly NoAnswer[] = ["rate_limited", "server_error", "unreachable", "cut_off"];
const BACKOFF_MS = 200;
/** Spreads those who were told to come back at the same moment. */
const SPREAD_MS = 100;
const FAIR_MS = 2_000;
/** UTF-16 units of a bad answer that a model is shown again. */
const REPAIR_CHARS = 8_000;

/**
 * Sends until there is an answer or no use in going on. Whoever hears is given one answer only: once something was
 * heard there is neither retry nor repair, for what comes next need not begin with what was said already.
 */
export async function attempts<N extends QuestionName>(
  name: N,
  first: ModelRequest,
  route: Route<N>,
  tally: Tally,
): Promise<Ending<N>> {
  const listener = listen(name, route.hear);
  let request = first;
  let retries = 0;
  let before = null as Failure | null;
  for (;;) {
    const result = await once(request, route, tally, listener);
    if (result.sent?.ok) {
      const { text, model } = result.sent;
      tally.reported = model;
      const read = readAnswer(name, text);
      if (read.ok) return read;
      before = { ok: false, why: "bad_answer", detail: read.detail, text };
      if (request.repair || listener.heard()) return before;
      const answer = text.slice(0, REPAIR_CHARS).toWellFormed();
      request = { ...first, repair: { answer, problem: read.problem } };
      continue;
    }
    if (result.sent === null) {
      // What the request before it failed of is the cause, and what kept the next one back is not.
      if (before && result.why !== "aborted") return before;
      return { ok: false, why: result.why, detail: result.detail, text: before?.text ?? "" };
    }
    const { why, detail } = result.sent;
    before = { ok: false, why, detail, text: result.sent.text || (before?.text ?? "") };
    const wait = listener.heard() || retries >= RETRIES ? null : pause(result.sent, retries, route);
    if (wait === null) return before;
    retries += 1;
    // Ends early by the signal only, and what comes next looks at that.
    await route.sleep(wait, route.signal).catch(() => undefined);
  }
}

type Once =
  | { readonly sent: Sent }
  | { readonly sent: null; readonly why: NoAnswer; readonly detail: string };

async function once<N extends QuestionName>(
  request: ModelRequest,
  route: Route<N>,
  tally: Tally,
  listener: Listener,
): Promise<Once> {
  const { model, wallet, price, signal, call_ms } = route;
  if (signal.aborted) return { sent: null, why: "aborted", detail: "whoever asked went away" };
  const left = route.deadline - route.now();
  if (!(left > 0)) return { sent: null, why: "timeout", detail: "no time was left to ask" };
  const held = wallet.hold(costBefore(request, price), tally.requests === 0);
  if (typeof held === "string") return { sent: null, why: "budget", detail: `used up: ${held}` };
  const sent = await route.circuit(() => {
    tally.requests += 1;
    if (request.repair) tally.repaired = true;
    return send(model, request, {
      signal,
      ms: Math.min(call_ms, left),
      fair_ms: Math.min(call_ms, FAIR_MS),
      hear: listener.onText,
    });
  });
  if (sent === null) {
    held.release();
    return {
      sent: null,
      why: "circuit_open",
      detail: "the model failed too often; it is left alone for a while",
    };
  }
  held.settle(costAfter(request, sent, price));
  if (sent.tokens) {
    const { in: read, out } = tally.tokens ?? { in: 0, out: 0 };
    tally.tokens = { in: read + sent.tokens.in, out: out + sent.tokens.out };
  } else if (charged(sent)) tally.untold = true;
  return { sent };
}

/** Milliseconds until the next try; null when there is none, or no time for it. */
function pause<N extends QuestionName>(
  sent: Sent & { ok: false },
  retries: number,
  route: Route<N>,
): number | null {
  if (!RETRIED.includes(sent.why)) return null;
  const wait =
    sent.retry_after_ms === null
      ? BACKOFF_MS * 2 ** retries * (0.5 + route.random())
      : sent.retry_after_ms + SPREAD_MS * route.random();
  return wait < route.deadline - route.now() ? wait : null;
}

interface Listener {
  readonly onText: ((text: string) => "on" | "stop") | undefined;
  heard(): boolean;
}

/** From this length on a growing answer is parsed only each time it has grown by an eighth, so that no answer costs more than a few times its length. */
const CLOSE_CHARS = 16_000;

function listen<N extends QuestionName>(name: N, hear: Hear<N> | undefined): Listener {
  if (!hear) return { onText: undefined, heard: () => false };
  let heard = false;
  let next = 0;
  return {
    heard: () => heard,
    onText: (text) => {
      if (text.length < next) return "on";
      next = text.length < CLOSE_CHARS ? 0 : text.length * 1.125;
      const partial = partialAnswer(name, text);
      if (partial === null) return "on";
      heard = true;
      return hear(partial);
    },
  };
}
