import http, { type IncomingMessage } from "node:http";
import https from "node:https";
import type { LookupFunction } from "node:net";
import type { Clock } from "../../ports/clock.ts";
import type { Log } from "../../ports/log.ts";
import type { Delivery, Sink } from "../../ports/sink.ts";
import { type Blocks, guardedLookup, literalOf, refusalOf } from "./addresses.ts";
import { payloadOf, signedHeaders, type WebhookSecret } from "./payload.ts";

/** Standard Webhooks 1.0 asks for 15 to 30 s. It bounds the whole attempt, so that a receiver that drips is cut off. */
const TIMEOUT_MS = 20_000;
/** What is read of an answer nobody needs, so that its connection can be used again. */
const ANSWER_BYTES = 16_384;
/** Receivers may refuse more (Standard Webhooks 1.0, "Payload size"). */
const ADVISED_BYTES = 20_000;
const SOCKETS = 32;

export interface WebhookOptions {
  readonly url: string;
  readonly secrets: readonly WebhookSecret[];
  /** Networks beside the public one that may be sent to. */
  readonly allowed: Blocks;
  readonly timeout_ms?: number;
  /** How names become addresses; by default as the machine does it. */
  readonly resolve?: LookupFunction;
}

/**
 * Posts orders to the vendor's system by the Standard Webhooks scheme 1.0. Only 2xx counts; a redirect is a failure and is
 * never followed; 410 says that the receiver wants nothing any more. Connects to public and allowed addresses alone.
 */
export function webhookSink(options: WebhookOptions, clock: Clock, log: Log): Sink {
  const url = new URL(options.url);
  const literal = literalOf(url);
  const refusal = literal === null ? null : refusalOf(literal, options.allowed);
  const within_ms = options.timeout_ms ?? TIMEOUT_MS;
  const tools = url.protocol === "https:" ? https : http;
  const agent = new tools.Agent({
    keepAlive: true,
    maxSockets: SOCKETS,
    lookup: guardedLookup(options.allowed, options.resolve),
  });

  return {
    within_ms,
    deliver: async (item) => {
      if (refusal) return { outcome: "failed", why: refusal };
      const payload = payloadOf(item);
      const bytes = Buffer.byteLength(payload);
      if (bytes > ADVISED_BYTES) {
        log.warn(
          { item: item.id, bytes },
          "a delivery is larger than the 20 kB that every receiver must take",
        );
      }
      const now = clock.now();
      const headers = {
        "content-type": "application/json",
        "content-length": String(bytes),
        "user-agent": "parley-gateway",
        ...signedHeaders(item.id, payload, options.secrets, now),
      };
      const signal = AbortSignal.timeout(within_ms);
      return new Promise((resolve) => {
        const request = tools.request(url, { method: "POST", agent, headers, signal }, (response) => {
          resolve(deliveryOf(response, now));
          drain(response);
        });
        request.on("error", (error) => resolve({ outcome: "failed", why: reasonOf(error, signal) }));
        request.end(payload);
      });
    },
    close: async () => agent.destroy(),
  };
}

function deliveryOf({ statusCode: status = 0, headers }: IncomingMessage, now: string): Delivery {
  if (status >= 200 && status < 300) return { outcome: "delivered" };
  const why = `the receiver answered ${status}`;
  if (status === 410) return { outcome: "gone", why };
  const wait_s = waitOf(headers["retry-after"], now);
  return { outcome: "failed", why, ...(wait_s === null ? {} : { wait_s }) };
}

/** Seconds of a `Retry-After`, which is a number of them or a date (RFC 9110, 10.2.3). */
function waitOf(text: string | undefined, now: string): number | null {
  if (text === undefined) return null;
  const seconds = /^\d{1,9}$/.test(text.trim())
    ? Number(text)
    : Math.ceil((Date.parse(text) - Date.parse(now)) / 1_000);
  return Number.isFinite(seconds) && seconds > 0 ? seconds : null;
}

/** The status decides alone; the rest is read only as far as it costs nothing. */
function drain(response: IncomingMessage): void {
  let bytes = 0;
  response.on("data", (chunk: Buffer) => {
    bytes += chunk.length;
    if (bytes > ANSWER_BYTES) response.destroy();
  });
  // An answer cut off by the time bound is no news: it was judged already.
  response.on("error", () => {});
}

function reasonOf(error: Error, signal: AbortSignal): string {
  if (signal.aborted) return "the receiver did not answer in time";
  const { code } = error as NodeJS.ErrnoException;
  return error.message || (code ?? "the receiver could not be reached");
}
