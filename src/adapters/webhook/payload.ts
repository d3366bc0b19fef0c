import { createHmac } from "node:crypto";
import type { OutboxItem } from "../../ports/deliveries.ts";

/** A secret that webhooks are signed with (`whsec_` and base64), until an instant where another has taken its place. */
export interface WebhookSecret {
  readonly secret: string;
  readonly until: string | null;
}

/**
 * The text that is delivered: `{type, timestamp, data}`, where `timestamp` is when it happened, the same at every attempt
 * (Standard Webhooks 1.0, "Webhook payload").
 */
export function payloadOf({ topic, body }: OutboxItem): string {
  return `{"type":${JSON.stringify(topic)},"timestamp":${JSON.stringify(happenedAt(body))},"data":${body}}`;
}

/** Every body says when: of an order that was bound, the intent does. */
function happenedAt(body: string): string {
  const { at, intent } = JSON.parse(body) as { at?: string; intent: { issued_at: string } };
  return at ?? intent.issued_at;
}

/**
 * The headers of one attempt by Standard Webhooks 1.0: HMAC-SHA256 over `id.timestamp.payload`, one `v1,<base64>` for each
 * secret that holds at `now`, so that a receiver may change its secret at any moment between two rotations.
 */
export function signedHeaders(
  id: string,
  payload: string,
  secrets: readonly WebhookSecret[],
  now: string,
): Record<string, string> {
  const timestamp = String(Math.floor(Date.parse(now) / 1_000));
  const signatures = secrets
    .filter(({ until }) => until === null || until > now)
    .map(({ secret }) => {
      const key = Buffer.from(secret.replace(/^whsec_/, ""), "base64");
      return `v1,${createHmac("sha256", key).update(`${id}.${timestamp}.${payload}`).digest("base64")}`;
    });
  return {
    "webhook-id": id,
    "webhook-timestamp": timestamp,
    "webhook-signature": signatures.join(" "),
  };
}
