import { randomUUID } from "node:crypto";
import { readFileSync } from "node:fs";
import { join } from "node:path";
import { pooled } from "../src/adapters/postgres/database.ts";
import { type Good, type Served, startGateway, stockedVendor, temporary } from "./gateway.ts";

/** Two gateways of one vendor on one home, told of each other by a bus where there is one. */
export interface Nodes {
  readonly both: readonly [Served, Served];
  readonly goods: readonly Good[];
  /** What the vendor's system was handed so far, by id; one that came again stands there twice. */
  delivered(): readonly string[];
  close(): Promise<void>;
}

/**
 * `stock` units of every product. `PARLEY_BUS` holds for both; `PARLEY_STORE` names a server of PostgreSQL, on which they
 * get a database of their own.
 */
export async function startNodes(stock: number): Promise<Nodes> {
  const folder = temporary();
  const database = await databaseOn(process.env.PARLEY_STORE);
  const env = {
    PARLEY_HOME: join(folder.path, "home"),
    PARLEY_VENDOR: join(folder.path, "vendor"),
    PARLEY_MESSAGES_PER_MINUTE: "10000000",
    ...(database ? { PARLEY_STORE: database.url } : {}),
  };
  const goods = stockedVendor(env.PARLEY_VENDOR, stock);
  // The second finds the first one's database made.
  const first = await startGateway(env);
  const second = await startGateway(env);
  return {
    both: [first, second],
    goods,
    delivered: () =>
      readFileSync(join(env.PARLEY_HOME, "orders.jsonl"), "utf8")
        .split("\n")
        .filter(Boolean)
        .map((line) => (JSON.parse(line) as { id: string }).id),
    close: async () => {
      await Promise.all([first.stop(), second.stop()]);
      await database?.drop();
      folder.remove();
    },
  };
}

async function databaseOn(server: string | undefined) {
  if (!server) return null;
  const name = `parley_bench_${randomUUID().replaceAll("-", "")}`;
  const admin = async (sql: string) => {
    const pool = pooled(new URL("/postgres", server).href);
    await pool.query(sql).finally(() => pool.end());
  };
  await admin(`CREATE DATABASE ${name}`);
  return { url: new URL(`/${name}`, server).href, drop: () => admin(`DROP DATABASE ${name} WITH (FORCE)`) };
}

/** What the two are, for the figures to be read by. */
export function setting(): { readonly store: string; readonly bus: string } {
  const scheme = (url: string | undefined) => (url ? new URL(url).protocol.replace(":", "") : undefined);
  return {
    store: scheme(process.env.PARLEY_STORE) ?? "sqlite",
    bus: scheme(process.env.PARLEY_BUS) ?? "none",
  };
}
