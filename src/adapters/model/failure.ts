import type { NoAnswer } from "../../domain/question.ts";
import type { ModelReply } from "../../ports/model.ts";
import { FLOOD } from "./guard.ts";

type Failed = Extract<ModelReply, { ok: false }>;

const DETAIL_CHARS = 400;

/** What was known when it failed. */
export interface Circumstances {
  readonly signal: AbortSignal;
  /** Whether the answer had begun to come: a connection lost then is an answer cut off. */
  readonly begun: boolean;
  /** Removed from the detail wherever it is repeated. */
  readonly key: string | undefined;
}

/**
 * What an error of a provider's library means. Reads its shape (status, headers, code, cause) and not its class, since
 * each library has classes of its own and none is loaded here.
 */
export function failureOf(error: unknown, circumstances: Circumstances): Failed {
  const { signal, begun, key } = circumstances;
  if (signal.aborted) return failed(endOf(signal), "the request was ended");
  const { status, code, message } = shapeOf(error);
  const detail = redacted(message, key);
  if (status !== undefined) return { ...failed(byStatus(status), detail), retry_after_ms: retryAfter(error) };
  if (code === "rate_limit_exceeded") return failed("rate_limited", detail);
  const said = chainOf(error).map((each) => `${shapeOf(each).code} ${shapeOf(each).message}`);
  if (said.some((each) => each.includes(FLOOD))) return failed("too_long", detail);
  if (said.some((each) => HALF.test(each))) return failed("cut_off", detail);
  if (said.some((each) => LOST.test(each)))
    return failed(begun ? "cut_off" : "unreachable", causeOf(said, key));
  const malformed = chainOf(error).some((each) => each instanceof SyntaxError);
  if (malformed) return failed("server_error", `it did not speak the protocol: ${detail}`);
  return failed("server_error", detail);
}

/** A body that ended before its end, as Node's fetch says it. */
const HALF = /\bterminated\b|premature close/i;
const LOST =
  /ECONN|ENOTFOUND|EAI_|EPIPE|EHOST|ENET|ETIMEDOUT|UND_ERR|CERT|SSL|Connection error|fetch failed|socket hang up|other side closed/i;

/** "Connection error." says nothing; the innermost cause does. */
function causeOf(said: readonly string[], key: string | undefined): string {
  return redacted(said.join(": "), key);
}

/** Why a question that was ended by its signal has no answer. */
export function endOf(signal: AbortSignal): NoAnswer {
  const reason: unknown = signal.reason;
  const name = typeof reason === "string" ? reason : reason instanceof Error ? reason.name : "";
  return /timeout/i.test(name) ? "timeout" : "aborted";
}

export function failed(why: NoAnswer, detail: string, tokens: Failed["tokens"] = null): Failed {
  return { ok: false, why, detail, retry_after_ms: null, tokens };
}

/** The message of an error as one short line that holds no key. */
export function redacted(message: string, key: string | undefined): string {
  const named = key ? message.replaceAll(key, "[key]") : message;
  return named
    .replace(/\b(?:sk|pk|gsk|xai|key)-[\w*.-]{6,}/gi, "[key]")
    .replace(/\bBearer\s+\S+/gi, "Bearer [key]")
    .replace(/\/\/[^/\s@]+@/g, "//")
    .replace(/\s+/g, " ")
    .trim()
    .slice(0, DETAIL_CHARS);
}

function byStatus(status: number): NoAnswer {
  if (status === 401 || status === 403) return "unauthorized";
  if (status === 429) return "rate_limited";
  if (status >= 500 || status === 408 || status === 409) return "server_error";
  return "bad_request";
}

/** Milliseconds the provider asks to wait: `retry-after-ms`, or `retry-after` in seconds or as a date. */
function retryAfter(error: unknown): number | null {
  const ms = headerOf(error, "retry-after-ms");
  if (ms !== null && Number.isFinite(Number(ms))) return Math.max(0, Math.round(Number(ms)));
  const after = headerOf(error, "retry-after");
  if (after === null) return null;
  if (Number.isFinite(Number(after))) return Math.max(0, Math.round(Number(after) * 1_000));
  const at = Date.parse(after);
  return Number.isNaN(at) ? null : Math.max(0, at - Date.now());
}

function headerOf(error: unknown, name: string): string | null {
  for (const each of chainOf(error)) {
    const { headers } = each as { headers?: unknown };
    if (headers instanceof Headers) return headers.get(name);
    if (typeof headers === "object" && headers !== null) {
      const value = (headers as Record<string, unknown>)[name];
      if (typeof value === "string") return value;
    }
  }
  return null;
}

/** An error and its causes, at most five. */
function chainOf(error: unknown): object[] {
  const chain: object[] = [];
  for (let at = error; typeof at === "object" && at !== null && chain.length < 5; ) {
    chain.push(at);
    at = (at as { cause?: unknown }).cause;
  }
  return chain;
}

/** Status, code and message of an error, whoever made it. */
export function shapeOf(error: unknown): { status: number | undefined; code: string; message: string } {
  if (typeof error !== "object" || error === null)
    return { status: undefined, code: "", message: String(error) };
  const shape = error as Record<string, unknown>;
  const response = shape.response as { status?: unknown } | undefined;
  const status = [shape.status, shape.statusCode, response?.status].find((each) => typeof each === "number");
  return {
    status: status as number | undefined,
    code: typeof shape.code === "string" ? shape.code : "",
    message: typeof shape.message === "string" ? shape.message : String(error),
  };
}
