import type { FileSink } from "../adapters/file-sink.ts";
import type { WebhookSecret } from "../adapters/webhook/payload.ts";
import { Fault } from "../domain/fault.ts";
import type { Clock } from "../ports/clock.ts";
import type { Log } from "../ports/log.ts";
import type { Sink } from "../ports/sink.ts";
import type { Config } from "./config.ts";

/** Where orders may go, by the names they have in the outbox. */
export type SinkName = "receiver" | "stream";

/** Those that a configuration has. */
export function sinkNames({ orders_stream }: Pick<Config, "orders_stream">): SinkName[] {
  return orders_stream === undefined ? ["receiver"] : ["receiver", "stream"];
}

/**
 * The vendor's system, by webhook or else as a file, and a stream where one is configured. Throws `bad_config` for an
 * address that could never be sent to.
 */
export async function openSinks(
  config: Pick<Config, "webhook_url" | "webhook_allow" | "orders_stream">,
  file: FileSink,
  secrets: readonly WebhookSecret[],
  clock: Clock,
  log: Log,
): Promise<Partial<Record<SinkName, Sink>> & { readonly receiver: Sink }> {
  const receiver =
    config.webhook_url === undefined
      ? file
      : await openWebhook(config.webhook_url, config.webhook_allow, secrets, clock, log);
  return config.orders_stream === undefined
    ? { receiver }
    : { receiver, stream: await openStream(config.orders_stream) };
}

async function openWebhook(
  url: string,
  allow: readonly string[],
  secrets: readonly WebhookSecret[],
  clock: Clock,
  log: Log,
): Promise<Sink> {
  const { blockOf, literalOf, refusalOf } = await import("../adapters/webhook/addresses.ts");
  const { webhookSink } = await import("../adapters/webhook/sink.ts");
  const allowed = allow.map(blockOf).filter((block) => block !== null);
  const { hostname } = new URL(url);
  // The name of this machine is no secret of a name server (RFC 6761, 6.3): better said now than at the first order.
  const literal = /(^|\.)localhost$/.test(hostname) ? "127.0.0.1" : literalOf(new URL(url));
  const refusal = literal === null ? null : refusalOf(literal, allowed);
  if (refusal !== null) {
    const anywhere = ["0.0.0.0/0", "::/0"].map(blockOf).filter((block) => block !== null);
    const mend =
      literal !== null && refusalOf(literal, anywhere) === null
        ? `if your receiver is there, say PARLEY_WEBHOOK_ALLOW=${literal}, or name your network, as 10.0.0.0/8`
        : "nothing is ever sent there";
    throw new Fault("bad_config", `PARLEY_WEBHOOK_URL: ${refusal}; ${mend}`);
  }
  return webhookSink({ url, secrets, allowed }, clock, log);
}

async function openStream(text: string): Promise<Sink> {
  const { streamAddressOf } = await import("../adapters/nats/stream-address.ts");
  const { jetstreamSink } = await import("../adapters/nats/jetstream.ts");
  const address = streamAddressOf(text);
  if (address === null)
    throw new Fault("bad_config", "PARLEY_ORDERS_STREAM: expected nats://host:4222/STREAM");
  return jetstreamSink(address);
}
