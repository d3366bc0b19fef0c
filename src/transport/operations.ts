import type { Hono } from "hono";
import type { Gateway } from "../session/gateway.ts";

export interface Metrics {
  text(): Promise<string>;
  readonly type: string;
}

/** For whoever runs the gateway: alive, ready, and how it is doing. */
export function operations(app: Hono, gateway: Gateway, metrics: Metrics): void {
  app.get("/healthz", (c) => c.json({ ok: true }));
  app.get("/readyz", async (c) => {
    if (gateway.draining) return c.json({ ready: false, why: "draining" }, 503);
    try {
      await gateway.house.store.ping();
      return c.json({ ready: true, sessions: gateway.size });
    } catch (error) {
      gateway.house.log.error({ cause: String(error) }, "the store cannot be written");
      return c.json({ ready: false, why: "the store cannot be written" }, 503);
    }
  });
  app.get("/metrics", async (c) => c.body(await metrics.text(), 200, { "content-type": metrics.type }));
}
