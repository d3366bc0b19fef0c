import { createHash } from "node:crypto";
import { systemClock } from "../../src/adapters/clock.ts";
import { asker } from "../../src/asking/ask.ts";
import { Fault } from "../../src/domain/fault.ts";
import type { Search } from "../../src/ports/search.ts";
import type { Signer } from "../../src/ports/signer.ts";
import type { Sink } from "../../src/ports/sink.ts";
import type { Store } from "../../src/ports/store.ts";
import type { Door } from "../../src/session/admission.ts";
import { expiry } from "../../src/session/expiry.ts";
import { Gateway } from "../../src/session/gateway.ts";
import { Guests } from "../../src/session/guests.ts";
import { type House, UNCOUNTED } from "../../src/session/house.ts";
import { lookout } from "../../src/session/lookout.ts";
import { outbox } from "../../src/session/outbox.ts";
import { tickets } from "../../src/session/tickets.ts";
import { agent } from "../../src/turn/house-agent.ts";
import type { FaultyBus } from "./bus.ts";
import type { Chance } from "./chance.ts";
import { hostileModel } from "./model.ts";
import type { Shop } from "./shop.ts";
import type { FaultyStore, Life } from "./store.ts";
import type { Trace } from "./trace.ts";

/** What all nodes of a run share. */
export interface World {
  readonly shop: Shop;
  readonly store: FaultyStore;
  readonly search: Search;
  readonly bus: FaultyBus;
  readonly sink: Sink;
  readonly trace: Trace;
  readonly chance: Chance;
  /** Null in runs where the house does everything itself. */
  readonly models: Chance | null;
  /** What stands between a node and its store: nothing, but in a run with a planted bug. */
  readonly through: (store: Store) => Store;
}

/** One gateway: the real session layer over simulated ports, from its start to its end. */
export interface Node {
  readonly life: Life;
  readonly gateway: Gateway;
  readonly guests: Guests;
  readonly door: Door;
  /** At once: nothing that it was about to do is done. */
  kill(): void;
}

const SECRET = "secret of the simulation";

export function startNode(node: string, world: World): Node {
  const { shop, trace } = world;
  const life: Life = { node, alive: true };
  const clock = systemClock();
  const store = world.through(world.store.at(life));
  const bus = world.bus.at(life);
  const log = { debug: () => {}, info: () => {}, warn: () => {}, error: () => {} };
  const deliveries = outbox({
    ...{ store, clock, log, sinks: { receiver: world.sink }, random: Math.random },
    meter: { attempt: (_, outcome) => trace.count(`delivery_${outcome}`), standing: () => {} },
  });
  const house: House = {
    ...{
      store,
      search: slowly(world, life),
      signer,
      clock,
      bus,
      log,
      patience_ms: 3_000,
      search_ms: 300,
      lease_ms: 30_000,
    },
    meter: {
      ...UNCOUNTED,
      turn: ({ outcome }) => trace.count(`turn_${outcome}`),
      resume: (outcome) => trace.count(`resume_${outcome}`),
    },
    model: world.models && helped(world.models, world),
    policy: () => shop.policy,
    sinks: ["receiver"],
    wakeOutbox: () => {
      deliveries.wake();
      bus.say({ kind: "outbox" });
    },
  };
  bus.hear(({ kind }) => kind === "outbox" && life.alive && deliveries.wake());
  const gateway = new Gateway(house, SECRET);
  const expiries = expiry(gateway);
  const others = lookout(gateway);
  const guests = new Guests({
    ...{ messages_per_minute: 1_200, access: () => shop.policy.vendor.access, now: () => performance.now() },
  });
  const door: Door = {
    ...{ api_keys: new Map(), keys_required: false, tickets_required: false },
    ...{ staff: NO_STAFF, receiver_token: "receiver", tickets: tickets(SECRET, clock) },
    ...{ tokens: null, requests: null, mandates: null, once: store.once, clock },
  };
  return {
    ...{ life, gateway, guests, door },
    kill: () => {
      life.alive = false;
      // Its loops would go on asking ports that answer no more.
      void expiries.stop();
      void others.stop();
      void deliveries.stop();
    },
  };
}

function helped(chance: Chance, { shop, trace }: World): NonNullable<House["model"]> {
  const model = hostileModel(chance, trace);
  const log = { debug: () => {}, info: () => {}, warn: () => {}, error: () => {} };
  const models = { reading: model, wording: model };
  return { agent, asker: asker({ models, prompts: shop.prompts, prices: {}, log }) };
}

/** Look-ups take their time, and some do not end within it. */
function slowly({ search, chance, store }: World, life: Life): Search {
  return {
    ...search,
    find: async (lookup, deadline_ms, viewer) => {
      const partial = lookup.kind === "search" && !store.calm && chance.happens(0.03);
      await new Promise<void>((over) => setTimeout(over, partial ? deadline_ms : 1));
      if (!life.alive) throw new Error("this node died");
      return search.find(lookup, partial ? 0 : deadline_ms, viewer);
    },
  };
}

/** Signatures that follow from the payload alone. */
const signer: Signer = {
  sign: async (payload) => `h.${Buffer.from(payload).toString("base64url")}.${macOf(payload)}`,
  verify: async (jws) => {
    const [, body = "", mac] = jws.split(".");
    const payload = Buffer.from(body, "base64url").toString("utf8");
    return mac === macOf(payload) ? payload : null;
  },
  jwks: () => ({ keys: [] }),
};

function macOf(payload: string): string {
  return createHash("sha256").update(`${SECRET}${payload}`).digest("base64url");
}

async function nobody(): Promise<never> {
  throw new Fault("unauthorized", "nobody signs in here");
}

const NO_STAFF: Door["staff"] = { holder: () => null, issue: nobody, read: nobody, provider: null };
