import type { Server } from "node:http";
import type { AddressInfo } from "node:net";
import { join } from "node:path";
import type { DatabaseSync } from "node:sqlite";
import { createAdaptorServer } from "@hono/node-server";
import { Hono } from "hono";
import { systemClock } from "../adapters/clock.ts";
import { fileSink } from "../adapters/file-sink.ts";
import { openKeys, openTokens } from "../adapters/keys.ts";
import { prometheus } from "../adapters/metrics.ts";
import { webhookSink } from "../adapters/webhook.ts";
import type { Log } from "../ports/log.ts";
import type { Search } from "../ports/search.ts";
import type { Store } from "../ports/store.ts";
import type { Door } from "../session/admission.ts";
import { expiry } from "../session/expiry.ts";
import { Gateway } from "../session/gateway.ts";
import type { Meter } from "../session/house.ts";
import { outbox } from "../session/outbox.ts";
import { discovery } from "../transport/discovery.ts";
import { http } from "../transport/http.ts";
import { operations } from "../transport/operations.ts";
import { websocket } from "../transport/websocket.ts";
import type { Config } from "./config.ts";
import { limitKeysOf } from "./limit-keys.ts";
import { listen } from "./listen.ts";
import { currentPolicy } from "./policy.ts";

/** A gateway that listens. */
export interface Running {
  /** `http://host:port`, as bound. */
  readonly url: string;
  readonly staff_token_file: string;
  /** Refuses new work, tells peers to come back, finishes what runs, and closes everything. */
  stop(): Promise<void>;
}

/** What stands on the database file. */
export interface Base {
  readonly db: DatabaseSync;
  readonly store: Store;
  readonly search: Search;
}

/** Puts every room together from one configuration: the embedded store, the vendor's folder, all wires. */
export async function compose(config: Config, base: Base, log: Log): Promise<Running> {
  const { store, search } = base;
  const limitKeys = limitKeysOf(config, base.db);
  const current = await currentPolicy(config.vendor, base, limitKeys, log);
  const signer = await openKeys(join(config.home, "keys"));
  const tokenFile = join(config.home, "tokens.json");
  const tokens = openTokens(tokenFile);
  const clock = systemClock();
  const metrics = prometheus();

  const sink = config.webhook_url
    ? webhookSink(config.webhook_url, tokens.webhook, clock)
    : fileSink(join(config.home, "orders.jsonl"));
  const deliveries = outbox(store, sink, clock, log);
  const helped = await openHelp(config, log, metrics.meter);
  const gateway = new Gateway(
    {
      ...{ store, search, signer, clock, log },
      meter: metrics.meter,
      model: helped,
      policy: () => current,
      wakeOutbox: deliveries.wake,
    },
    tokens.derive,
  );
  const expiries = expiry(gateway);

  const app = new Hono();
  const door: Door = {
    api_keys: new Map(config.api_keys.map((item) => pair(item))),
    keys_required: config.require_api_key,
    staff_token: tokens.staff,
    receiver_token: tokens.receiver,
  };
  operations(app, gateway, metrics);
  discovery(app, gateway, config);
  const sockets = websocket(app, gateway, { ...config, door });
  http(app, gateway, { ...config, door });

  const server = createAdaptorServer({
    fetch: app.fetch,
    websocket: { server: sockets.server },
    serverOptions: {
      requestTimeout: 30_000,
      headersTimeout: 10_000,
      // Anything else that asks for an upgrade (h2c, say) is answered as the plain request it also is.
      shouldUpgradeCallback: ({ headers }) => headers.upgrade?.toLowerCase() === "websocket",
    },
  }) as Server;
  await listen(server, config).catch(async (cause: unknown) => {
    await sockets.drain(0);
    await expiries.stop();
    await deliveries.stop();
    await helped?.close();
    throw cause;
  });
  const { port } = server.address() as AddressInfo;
  void helped?.warm(current).catch((error: unknown) => log.warn({ cause: String(error) }, "not made ready"));

  return {
    url: `http://${config.host.includes(":") ? `[${config.host}]` : config.host}:${port}`,
    staff_token_file: tokenFile,
    stop: async () => {
      gateway.drain();
      const closed = new Promise((resolve) => server.close(resolve));
      await expiries.stop();
      await sockets.drain(config.drain_spread_ms);
      await gateway.settled();
      server.closeAllConnections();
      await closed;
      await deliveries.stop();
      await helped?.close();
      await search.close();
      await store.close();
    },
  };
}

/** A gateway without a model loads nothing of what one needs. */
async function openHelp({ model, ...config }: Config, log: Log, meter: Meter) {
  if (model === undefined) return null;
  const { openAgent } = await import("./agent.ts");
  return openAgent({ ...config, model }, log, meter);
}

function pair(item: string): [string, string] {
  const at = item.indexOf("=");
  return [item.slice(0, at), item.slice(at + 1)];
}
