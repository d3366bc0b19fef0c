import type { ModelReply, ModelRequest } from "../ports/model.ts";
import type { Cost } from "./purse.ts";
import type { Sent } from "./send.ts";

/** Millionths of a US dollar for a million tokens. */
export interface Price {
  readonly in: number;
  readonly out: number;
}

type Tokens = NonNullable<ModelReply["tokens"]>;

/** Millionths of a US dollar, rounded up; null where the price is not known. */
export function priceOf(tokens: Tokens, price: Price | null): number | null {
  return price === null ? null : Math.ceil((tokens.in * price.in + tokens.out * price.out) / 1_000_000);
}

/** What a request may cost at most, as far as that can be told before it is sent. */
export function costBefore(request: ModelRequest, price: Price | null): Cost {
  return cost({ in: inputOf(request), out: request.prompt.max_output_tokens }, price);
}

/** What a request did cost; estimated where the provider does not say. */
export function costAfter(request: ModelRequest, sent: Sent, price: Price | null): Cost {
  if (sent.tokens) return cost(sent.tokens, price);
  return cost(charged(sent) ? { in: inputOf(request), out: estimate(sent.text) } : { in: 0, out: 0 }, price);
}

/** Whether a provider may have worked on it, and so charges for it. */
export function charged(sent: Sent): boolean {
  return sent.ok || !FREE.includes(sent.why);
}

const FREE = ["unauthorized", "rate_limited", "unreachable", "bad_request", "stale", "missing"];

const CHARS_PER_TOKEN = 4;

function estimate(text: string): number {
  return Math.ceil(text.length / CHARS_PER_TOKEN);
}

function inputOf({ rendered, repair }: ModelRequest): number {
  return estimate(`${rendered.system}${rendered.user}${repair?.answer ?? ""}${repair?.problem ?? ""}`);
}

function cost(tokens: Tokens, price: Price | null): Cost {
  return { tokens: tokens.in + tokens.out, micro_usd: priceOf(tokens, price) ?? 0 };
}
