import type { Hono } from "hono";
import type { Gateway } from "../session/gateway.ts";
import type { DeliveryMeter } from "../session/outbox.ts";

export interface Metrics {
  readonly deliveries: DeliveryMeter;
  /** As of now. */
  text(): Promise<string>;
  readonly type: string;
}

/** For whoever runs the gateway: alive, ready, and how it is doing. */
export function operations(app: Hono, gateway: Gateway, metrics: Metrics): void {
  app.get("/healthz", (c) => c.json({ ok: true }));
  app.get("/readyz", async (c) => {
    if (gateway.draining) return c.json({ ready: false, why: "draining" }, 503);
    try {
      await inTime(gateway.house.store.ping());
      const sinks = await gateway.house.store.sinks();
      // Buyers are served all the same: whoever runs the vendor's system has to hear of it, no load balancer.
      const disabled = sinks.filter((one) => one.disabled !== null).map(({ sink }) => sink);
      return c.json({ ready: true, sessions: gateway.size, ...(disabled.length > 0 ? { disabled } : {}) });
    } catch (error) {
      gateway.house.log.error({ cause: String(error) }, "the store cannot be written");
      return c.json({ ready: false, why: "the store cannot be written" }, 503);
    }
  });
  app.get("/metrics", async (c) => {
    // What the process itself counts is told even while the store cannot be read.
    await gateway.house.store.sinks().then(metrics.deliveries.standing, () => {});
    return c.body(await metrics.text(), 200, { "content-type": metrics.type });
  });
}

/** A store that does not answer is no better than one that refuses. */
async function inTime(ping: Promise<void>): Promise<void> {
  const late = Promise.withResolvers<never>();
  const timer = setTimeout(() => late.reject(new Error("the store does not answer")), PING_MS);
  try {
    await Promise.race([ping, late.promise]);
  } finally {
    clearTimeout(timer);
    ping.catch(() => {});
  }
}

const PING_MS = 1_000;
