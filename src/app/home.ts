import { existsSync } from "node:fs";
import { join } from "node:path";
import { systemClock } from "../adapters/clock.ts";
import { overwriteOrders } from "../adapters/file-erasing.ts";
import { openTokens } from "../adapters/keys.ts";
import { open } from "../adapters/sqlite/database.ts";
import { sqliteStore } from "../adapters/sqlite/store.ts";
import { Fault } from "../domain/fault.ts";
import type { Store } from "../ports/store.ts";
import type { Eraser } from "../session/erase.ts";
import { type AuditHome, openAudit } from "./audit-home.ts";
import { type Config, databasePath, ORDERS, TOKENS } from "./config.ts";
import { sinkNames } from "./sinks.ts";

/** A home as the commands that audit and erase see it; the gateway may be running on it. */
export interface Home {
  readonly store: Store;
  readonly audit: AuditHome;
  readonly eraser: Eraser;
}

interface Where {
  readonly home: string;
  readonly orders_stream?: Config["orders_stream"] | undefined;
  /** A server's database, where sessions are not in the home. */
  readonly store?: string | undefined;
}

async function openStore(config: Where): Promise<Store> {
  if (config.store === undefined) return sqliteStore(open(databasePath(config)));
  const { openShared } = await import("../adapters/postgres/open.ts");
  return (await openShared(config.store)).store;
}

/** Works on a home and closes it. Throws `not_found` when nothing was ever stored there. */
export async function atHome<T>(config: Where, work: (home: Home) => Promise<T>): Promise<T> {
  const { home } = config;
  if (config.store === undefined && !existsSync(databasePath(config)))
    throw new Fault("not_found", `there is no database in ${home} yet`);
  const store = await openStore(config);
  try {
    const audit = await openAudit(home);
    const eraser: Eraser = {
      ...{ store, clock: systemClock(), signer: audit.signs.erasures, ledger: audit.erasures },
      key: openTokens(join(home, TOKENS)).derive,
      forgetOrders: (ids) => overwriteOrders(join(home, ORDERS), new Set(ids)),
      sinks: sinkNames(config),
    };
    return await work({ store, audit, eraser });
  } finally {
    await store.close();
  }
}
