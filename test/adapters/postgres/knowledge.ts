import { randomUUID } from "node:crypto";
import { written } from "../../../src/adapters/lexical/words.ts";
import { postgresCatalogue } from "../../../src/adapters/postgres/catalogue.ts";
import { openPostgres, pooled } from "../../../src/adapters/postgres/database.ts";
import { postgresSearch } from "../../../src/adapters/postgres/search.ts";
import { DEFAULT_STOCK, type KnowledgeBase } from "../../contracts/knowledge.ts";

/** A server on which databases may be made. */
const SERVER = process.env.PARLEY_TEST_POSTGRES ?? "postgres://postgres@127.0.0.1:5432";

/** Whether such a server answers; with `PARLEY_REQUIRE_ALL=1` it has to. */
export async function isThere(): Promise<boolean> {
  const admin = pooled(`${SERVER}/postgres`);
  try {
    await admin.query("SELECT 1");
    return true;
  } catch (cause) {
    const missing = `no PostgreSQL answers at ${new URL(SERVER).host}`;
    if (process.env.PARLEY_REQUIRE_ALL === "1") throw new Error(missing, { cause });
    console.warn(`SKIPPED: ${missing}; set PARLEY_TEST_POSTGRES to a server on which databases may be made`);
    return false;
  } finally {
    await admin.end();
  }
}

/** A database of its own, gone once it is closed. */
export async function postgresDatabase(): Promise<{ readonly url: string; drop(): Promise<void> }> {
  const name = `parley_test_${randomUUID().replaceAll("-", "")}`;
  const admin = pooled(`${SERVER}/postgres`);
  await admin.query(`CREATE DATABASE ${name}`);
  return {
    url: `${SERVER}/${name}`,
    drop: async () => {
      await admin.query(`DROP DATABASE ${name} WITH (FORCE)`);
      await admin.end();
    },
  };
}

export interface PostgresKnowledge extends KnowledgeBase {
  hold(session: string, sku: string, quantity: number, until: string): Promise<void>;
  /** Whoever reads of this table waits until the work is done. */
  locked(table: string, work: () => Promise<void>): Promise<void>;
  /** What is counted of the words of live products. */
  counts(): Promise<{ products: number; terms: number; lengths: number }>;
}

export async function postgresKnowledge(): Promise<PostgresKnowledge> {
  const database = await postgresDatabase();
  const sql = await openPostgres(database.url);
  const search = postgresSearch(sql);
  return {
    catalogue: postgresCatalogue(sql, DEFAULT_STOCK),
    search,
    sell: async (sku, quantity) => {
      await sql.query("UPDATE stock SET on_hand = on_hand - $1 WHERE sku = $2", [quantity, written(sku)]);
    },
    hold: async (session, sku, quantity, until) => {
      await sql.query("INSERT INTO hold VALUES ($1, $2, $3, $4)", [session, written(sku), quantity, until]);
    },
    locked: (table, work) =>
      sql.begin("READ COMMITTED", async (tx) => {
        await tx.query(`LOCK TABLE ${table} IN ACCESS EXCLUSIVE MODE`);
        await work();
      }),
    counts: async () => {
      const [row] = await sql.query(
        `SELECT products, (SELECT count(*) FROM term WHERE products <> 0) AS terms,
           (SELECT sum(one) FROM unnest(terms) AS one)::bigint AS lengths FROM knowledge`,
      );
      return row as unknown as { products: number; terms: number; lengths: number };
    },
    close: async () => {
      await search.close();
      await sql.end();
      await database.drop();
    },
  };
}
