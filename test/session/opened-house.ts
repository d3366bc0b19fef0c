import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { openKeys } from "../../src/adapters/keys.ts";
import { noBus } from "../../src/adapters/no-bus.ts";
import { open } from "../../src/adapters/sqlite/database.ts";
import { sqliteSearch } from "../../src/adapters/sqlite/search.ts";
import { sqliteStore } from "../../src/adapters/sqlite/store.ts";
import { drawsFor, NO_DRAWS } from "../../src/domain/draws.ts";
import type { Limits } from "../../src/domain/limits.ts";
import type { Party } from "../../src/domain/party.ts";
import type { Store } from "../../src/ports/store.ts";
import { Gateway } from "../../src/session/gateway.ts";
import { type House, UNCOUNTED } from "../../src/session/house.ts";
import { type ReplayReport, replay } from "../../src/session/replay.ts";
import { demo } from "../demo.ts";

export const BUYER: Party = { principal: "anonymous", kind: "machine", tier: "anonymous" };
export const OPENING = { lang: "en", channel: "agent", kind: "machine" } as const;

/** A gateway of real parts without a process around it: its clock is set by hand. */
export interface OpenedHouse {
  readonly gateway: Gateway;
  readonly store: Store;
  readonly home: string;
  /** Another gateway on the same store, as after a restart or as another node; `more` is its own, and `bound`. */
  again(more?: Partial<House>, bound?: number): Gateway;
  /** Decides a stored conversation again. */
  replayed(session: string): Promise<ReplayReport>;
  /** From here on limits are drawn with the key of this version; 0 is none. */
  limitKey(version: number): void;
  /** Lets so many milliseconds pass. */
  pass(ms: number): void;
  /** Units of a product on hand; sets them when a number is given. */
  stock(sku: string, units?: number): number;
  close(): Promise<void>;
}

/** `through` may stand between the gateway and its store; `model` helps it; `more` is said in its limits. */
export async function openHouse(
  through: (store: Store) => Store = (store) => store,
  model: House["model"] = null,
  more: Partial<Limits> = {},
): Promise<OpenedHouse> {
  const home = mkdtempSync(join(tmpdir(), "parley-house-"));
  const { vendor, limits: stated, digest, knowledge } = await demo();
  const limits = { ...stated, ...more };
  writeFileSync(join(home, "parley.db"), knowledge);
  const db = open(join(home, "parley.db"));
  const store = sqliteStore(db);
  await store.keepPolicy(digest, JSON.stringify({ vendor, limits }));
  const search = sqliteSearch(db);
  const signer = await openKeys(join(home, "keys"));
  const policy = (version: number) => {
    const draws = version === 0 ? NO_DRAWS : drawsFor(limits, `limit key ${version} of this test`, version);
    return { vendor, limits, draws, policy: digest };
  };
  let limitKey = 1;
  let now = Date.parse("2030-05-06T07:08:09.000Z");
  const quiet = { debug: () => {}, info: () => {}, warn: () => {}, error: () => {} };
  const house = {
    ...{ search, signer },
    store: through(store),
    clock: { now: () => new Date(now).toISOString() },
    log: quiet,
    meter: UNCOUNTED,
    policy: () => policy(limitKey),
    model,
    sinks: ["receiver"],
    wakeOutbox: () => {},
    bus: noBus(),
    patience_ms: 0,
    // A thread that begins on a busy machine may take longer than a search.
    search_ms: 30_000,
    lease_ms: 30_000,
  };
  return {
    gateway: new Gateway(house, "secret of this test"),
    store,
    home,
    again: (more = {}, bound) => new Gateway({ ...house, ...more }, "secret of this test", bound),
    replayed: (session) =>
      replay(session, {
        ...{ store, search, signer },
        agent: model?.agent ?? null,
        policy: async (_, version) => policy(version),
      }),
    limitKey: (version) => {
      limitKey = version;
    },
    pass: (ms) => {
      now += ms;
    },
    stock: (sku, units) => {
      if (units !== undefined) db.prepare("UPDATE stock SET on_hand = ? WHERE sku = ?").run(units, sku);
      return Number(db.prepare("SELECT on_hand FROM stock WHERE sku = ?").get(sku)?.on_hand);
    },
    close: async () => {
      await search.close();
      await store.close();
      rmSync(home, { recursive: true, force: true });
    },
  };
}
