import type { Server } from "node:http";
import type { AddressInfo } from "node:net";
import { join } from "node:path";
import { createAdaptorServer } from "@hono/node-server";
import { Hono } from "hono";
import { openBus } from "../adapters/buses.ts";
import { systemClock } from "../adapters/clock.ts";
import { fileSink } from "../adapters/file-sink.ts";
import { openKeys, openTokens, webhookSecrets } from "../adapters/keys.ts";
import { measuredSearch, measuredStore } from "../adapters/measured.ts";
import { prometheus } from "../adapters/metrics.ts";
import { noBus } from "../adapters/no-bus.ts";
import type { Bus, Hint } from "../ports/bus.ts";
import type { Log } from "../ports/log.ts";
import type { Sink } from "../ports/sink.ts";
import type { Tracer } from "../ports/tracer.ts";
import type { Eraser } from "../session/erase.ts";
import { expiry } from "../session/expiry.ts";
import { Gateway } from "../session/gateway.ts";
import { Guests } from "../session/guests.ts";
import type { Meter, Policy } from "../session/house.ts";
import { Inbox } from "../session/inbox.ts";
import { lookout } from "../session/lookout.ts";
import { outbox } from "../session/outbox.ts";
import { presence } from "../session/presence.ts";
import { resting } from "../session/resting.ts";
import { revocations } from "../session/revocations.ts";
import { vigil } from "../session/vigil.ts";
import { proxies } from "../transport/address.ts";
import { discovery } from "../transport/discovery.ts";
import { http } from "../transport/http.ts";
import { identity } from "../transport/identity.ts";
import { learning } from "../transport/learning.ts";
import { operations } from "../transport/operations.ts";
import { pages } from "../transport/pages.ts";
import { privacy } from "../transport/privacy.ts";
import { refusals } from "../transport/refusal.ts";
import { shop } from "../transport/shop.ts";
import { staff } from "../transport/staff.ts";
import { takeover } from "../transport/takeover.ts";
import { websocket } from "../transport/websocket.ts";
import { workshop } from "../transport/workshop.ts";
import { openAudit } from "./audit-home.ts";
import type { Base } from "./base.ts";
import { type Config, ORDERS, TOKENS } from "./config.ts";
import { openDoor } from "./door.ts";
import { limitKeysOf } from "./limit-keys.ts";
import { listen } from "./listen.ts";
import { loadPages } from "./pages.ts";
import { currentPolicy } from "./policy.ts";
import { openSinks } from "./sinks.ts";
import { staffDesks } from "./staff-desks.ts";
import { upkeep } from "./upkeep.ts";

/** A gateway that listens. */
export interface Running {
  /** `http://host:port`, as bound. */
  readonly url: string;
  readonly staff_token_file: string;
  /** Reads the vendor's folder again, here and on every other node: what is said from here on goes by it. */
  reload(): Promise<void>;
  /** Refuses new work, tells peers to come back, finishes what runs, and closes everything. */
  stop(): Promise<void>;
}

/** Puts every room together from one configuration: the store, the vendor's folder, all wires. */
export async function compose(
  config: Config,
  base: Base,
  log: Log,
  tracer: Tracer | null = null,
): Promise<Running> {
  const metrics = prometheus();
  const store = measuredStore(base.store, metrics);
  const search = measuredSearch(base.search, metrics);
  const tokenFile = join(config.home, TOKENS);
  const tokens = openTokens(tokenFile);
  const clock = systemClock();
  const orders = fileSink(join(config.home, ORDERS));
  const sinks = await openSinks(config, orders, webhookSecrets(tokens), clock, log);
  const limitKeys = await limitKeysOf(config, base);
  const { current, reload } = await reloading(() => currentPolicy(config.vendor, base, limitKeys, log), log);
  const signer = await openKeys(join(config.home, "keys"));
  const audit = await openAudit(config.home);

  const door = await openDoor(config, tokens, { store, clock, vendor: current().vendor.id });
  const guests = new Guests({
    ...config,
    access: () => current().vendor.access,
    now: () => performance.now(),
  });
  const turnedAway = await revocations(store, guests, log);
  const helped = await openHelp(config, log, metrics.meter);
  // From here on nothing is refused but a port: what was begun would keep a process that cannot start from ending.
  const deliveries = outbox({ store, sinks, clock, log, meter: metrics.deliveries, random: Math.random });
  const bus = config.bus ? await openBus(config.bus, current().vendor.id, log) : noBus();
  bus.hear(({ kind }) => {
    if (kind === "outbox") deliveries.wake();
    if (kind === "policy") void reload();
  });
  const changes = changesOn(bus);
  const gateway = new Gateway(
    {
      ...{ store, search, signer, clock, log, tracer },
      bus: changes.bus,
      patience_ms: config.bus ? PATIENCE_MS : 0,
      search_ms: config.search_ms,
      lease_ms: config.staff_lease_seconds * 1_000,
      meter: metrics.meter,
      model: helped,
      policy: current,
      sinks: Object.keys(sinks),
      wakeOutbox: () => {
        deliveries.wake();
        bus.say({ kind: "outbox" });
      },
    },
    tokens.derive,
  );
  const expiries = expiry(gateway);
  const leases = vigil(gateway);
  const eraser: Eraser = {
    ...{ store, clock, signer: audit.signs.erasures, ledger: audit.erasures, key: tokens.derive },
    forgetOrders: orders.forget,
    sinks: Object.keys(sinks),
  };
  const everywhere = async () => {
    await reload();
    bus.say({ kind: "policy" });
  };
  const desks = staffDesks(config, base, gateway.house, everywhere);
  const others = lookout(gateway);
  const inbox = new Inbox(gateway.house);
  changes.hear(() => inbox.changed());
  const there = presence(gateway.house);
  const idle = resting(gateway);

  const app = new Hono();
  refusals(app);
  bus.hear(({ kind }) => kind === "revoked" && void turnedAway.look());
  const admission = { ...config, door, guests, proxies: proxies(config.trusted_proxies) };
  operations(app, gateway, metrics);
  privacy(app, gateway, eraser, admission);
  discovery(app, gateway, config);
  pages(app, loadPages);
  shop(app, gateway, admission);
  const sockets = websocket(app, gateway, admission);
  staff(app, gateway, { ...admission, inbox, presence: there });
  takeover(app, gateway, admission);
  learning(app, desks.learning, admission);
  workshop(app, desks, admission);
  http(app, gateway, admission);
  const looked = () => {
    bus.say({ kind: "revoked" });
    return turnedAway.look();
  };
  identity(app, gateway, { ...admission, looked });
  metrics.watch({
    buffered: sockets.buffered,
    sessions: () => gateway.size,
    census: async () => {
      const now = clock.now();
      return { now, counts: await base.census.count(now) };
    },
  });

  const server = createAdaptorServer({
    fetch: app.fetch,
    websocket: { server: sockets.server },
    serverOptions: {
      requestTimeout: 30_000,
      headersTimeout: 10_000,
      // How often both are looked at: without it a silent connection stays for half a minute.
      connectionsCheckingInterval: 2_000,
      // Anything else that asks for an upgrade (h2c, say) is answered as the plain request it also is.
      shouldUpgradeCallback: ({ headers }) => headers.upgrade?.toLowerCase() === "websocket",
    },
  }) as Server;
  await listen(server, config).catch(async (cause: unknown) => {
    await sockets.drain(0);
    await turnedAway.stop();
    await expiries.stop();
    await leases.stop();
    await others.stop();
    await idle.stop();
    await bus.close();
    await deliveries.stop();
    await closeAll(sinks);
    await helped?.close();
    throw cause;
  });
  const kept = upkeep(config, eraser, audit, log);
  desks.begin();
  const { port } = server.address() as AddressInfo;
  void helped
    ?.warm(current())
    .catch((error: unknown) => log.warn({ cause: String(error) }, "not made ready"));

  return {
    url: `http://${config.host.includes(":") ? `[${config.host}]` : config.host}:${port}`,
    staff_token_file: tokenFile,
    reload: everywhere,
    stop: async () => {
      gateway.drain();
      const closed = new Promise((resolve) => server.close(resolve));
      await expiries.stop();
      await leases.stop();
      await sockets.drain(config.drain_spread_ms);
      await gateway.settled();
      await desks.stop();
      inbox.stop();
      there.stop();
      await others.stop();
      await idle.stop();
      await turnedAway.stop();
      server.closeAllConnections();
      await closed;
      await deliveries.stop();
      await kept.stop();
      await bus.close();
      await closeAll(sinks);
      await helped?.close();
      await search.close();
      await store.close();
      metrics.close();
    },
  };
}

/** Half a dozen hints of work under way may be lost before words are finished in another node's stead. */
const PATIENCE_MS = 3_000;

/** The policy, and what reads it again: one at a time, and a folder with a mistake in it leaves the last good one. */
async function reloading(read: () => Promise<Policy>, log: Log) {
  let policy = await read();
  let reading: Promise<void> = Promise.resolve();
  const again = async () => {
    try {
      policy = await read();
      log.info({ policy: policy.policy }, "the vendor's files were read again");
    } catch (error) {
      log.error(
        { cause: String(error) },
        "the vendor's files cannot be used; the last good ones stay in force",
      );
    }
  };
  return {
    current: () => policy,
    reload: () => {
      reading = reading.then(again);
      return reading;
    },
  };
}

/** A gateway without a model loads nothing of what one needs. */
async function openHelp({ model, ...config }: Config, log: Log, meter: Meter) {
  if (model === undefined) return null;
  const { openAgent } = await import("./agent.ts");
  return openAgent({ ...config, model }, log, meter);
}

/** Tells of every session that changes, here or, as far as the bus says so, at another node. */
function changesOn(bus: Bus): { readonly bus: Bus; hear(listener: () => void): void } {
  const listeners: (() => void)[] = [];
  const changed = ({ kind }: Hint) => {
    if (kind === "session") for (const listener of listeners) listener();
  };
  bus.hear(changed);
  const say = (hint: Hint) => {
    bus.say(hint);
    changed(hint);
  };
  return { bus: { ...bus, say }, hear: (listener) => void listeners.push(listener) };
}

async function closeAll(sinks: Readonly<Record<string, Sink>>): Promise<void> {
  await Promise.all(Object.values(sinks).map((sink) => sink.close()));
}
