import { createHmac } from "node:crypto";
import type { Clock } from "../ports/clock.ts";
import { Gone, type Sink } from "../ports/sink.ts";

const TIMEOUT_MS = 20_000;

/**
 * Posts orders to the vendor's system, signed by the Standard Webhooks scheme 1.0 (HMAC-SHA256 over
 * `id.timestamp.body`, header `webhook-signature: v1,<base64>`). Only 2xx counts; a redirect is a failure; 410 is final.
 */
export function webhookSink(url: string, secret: string, clock: Clock): Sink {
  const key = Buffer.from(secret.replace(/^whsec_/, ""), "base64");
  return {
    deliver: async ({ id, topic, body }) => {
      const now = clock.now();
      const payload = `{"type":${JSON.stringify(topic)},"timestamp":${JSON.stringify(now)},"data":${body}}`;
      const timestamp = String(Math.floor(Date.parse(now) / 1_000));
      const signature = createHmac("sha256", key).update(`${id}.${timestamp}.${payload}`).digest("base64");
      const response = await fetch(url, {
        method: "POST",
        body: payload,
        redirect: "manual",
        signal: AbortSignal.timeout(TIMEOUT_MS),
        headers: {
          "content-type": "application/json",
          "webhook-id": id,
          "webhook-timestamp": timestamp,
          "webhook-signature": `v1,${signature}`,
        },
      });
      await response.body?.cancel();
      if (response.status === 410) throw new Gone("the receiver answered 410 Gone");
      if (!response.ok) throw new Error(`the receiver answered ${response.status}`);
    },
  };
}
