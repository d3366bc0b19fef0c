import { written } from "../../../src/adapters/lexical/words.ts";
import { type Database, openPostgres } from "../../../src/adapters/postgres/database.ts";
import { postgresStore } from "../../../src/adapters/postgres/store.ts";
import type { Store } from "../../../src/ports/store.ts";
import type { Shelf } from "../../contracts/store.ts";
import { postgresDatabase } from "./knowledge.ts";

/** The store in a database of its own, with what stands behind it. */
export interface PostgresShelf extends Shelf {
  readonly url: string;
  readonly sql: Database;
  /** Another node's store on the same database, closed with the first. */
  beside(): Promise<Store>;
}

export async function postgresShelf(): Promise<PostgresShelf> {
  const database = await postgresDatabase();
  const opened: { readonly sql: Database; readonly store: Store }[] = [];
  const another = async () => {
    const sql = await openPostgres(database.url);
    const one = { sql, store: await postgresStore(sql) };
    opened.push(one);
    return one;
  };
  const { sql, store } = await another();
  return {
    ...{ url: database.url, sql, store },
    beside: async () => (await another()).store,
    stock: async (sku, units) => {
      if (units !== undefined)
        await sql.query(
          "INSERT INTO stock VALUES ($1, $2) ON CONFLICT (sku) DO UPDATE SET on_hand = excluded.on_hand",
          [written(sku), units],
        );
      const [row] = await sql.query("SELECT on_hand FROM stock WHERE sku = $1", [written(sku)]);
      return Number(row?.on_hand);
    },
    free: async (sku, viewer) => {
      const [row] = await sql.query(
        `SELECT on_hand - coalesce((SELECT sum(quantity) FROM hold WHERE sku = $1 AND session <> $2 AND until > $3), 0)
           AS free FROM stock WHERE sku = $1`,
        [written(sku), viewer.session, viewer.now],
      );
      return Number(row?.free ?? 0);
    },
    close: async () => {
      for (const one of opened) {
        await one.store.close();
        await one.sql.end();
      }
      await database.drop();
    },
  };
}
