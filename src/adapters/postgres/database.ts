import pg from "pg";
import { Fault } from "../../domain/fault.ts";
import { tried } from "./failures.ts";
import { migrations } from "./migrations.ts";

export type Row = Record<string, unknown>;

/** What statements run on: the pool, or one transaction of it. */
export interface Queries {
  /**
   * `$1` and so on stand for the values. A text without values may be several statements. A server that says nothing for
   * `within_ms` is taken for lost, and the connection with it; without that it is waited for as long as TCP does.
   */
  query(text: string, values?: readonly unknown[], within_ms?: number): Promise<readonly Row[]>;
  /** A value for a `json` or `jsonb`. */
  json(value: unknown): string;
}

/**
 * A pool of connections. A connection that is lost rejects what waited for it and is never used again; the next statement
 * opens another. What ran into another transaction is done again (failures.ts), a statement or a whole transaction.
 * @throws Fault `unavailable` for whatever the server fails at
 */
export interface Database extends Queries {
  /** One transaction on one connection: all of `work`'s statements, or none. MAY be done again. */
  begin<T>(how: Isolation, work: (tx: Queries) => Promise<T>): Promise<T>;
  /** A connection of the caller's own until `work` ends; thrown away when that fails by anything but a statement. MAY be done again. */
  alone<T>(work: (connection: pg.PoolClient) => Promise<T>): Promise<T>;
  end(): Promise<void>;
}

/** A server that says nothing for so long is taken for lost, and the connection with it. */
export const PATIENCE_MS = 15_000;

type Isolation = "READ COMMITTED" | "REPEATABLE READ READ ONLY";

/**
 * Opens the database `url` names (`postgres://user@host/name`) and brings its tables up to date.
 * @throws Fault `bad_config` when it cannot be reached or its tables come from a newer version.
 */
export async function openPostgres(url: string): Promise<Database> {
  const sql = pooled(url);
  try {
    await upgrade(sql, placeOf(url));
  } catch (cause) {
    await sql.end();
    if (cause instanceof Fault && cause.code === "bad_config") throw cause;
    throw new Fault("bad_config", `${placeOf(url)} cannot be used as Parley's database`, { cause });
  }
  return sql;
}

/** The same without a look at its tables. */
export function pooled(url: string, connections = CONNECTIONS): Database {
  const pool = new pg.Pool({
    connectionString: url,
    max: connections,
    connectionTimeoutMillis: 5_000,
    keepAlive: true,
    keepAliveInitialDelayMillis: 10_000,
    // Statements that are asked for together leave together.
    pipeline: true,
    types: { getTypeParser },
  } as pg.PoolConfig);
  // A connection that is lost is no news while it is idle, nor once it was given up: whoever needs one gets another.
  pool.on("error", () => {});
  pool.on("connect", (client) => client.on("error", () => {}));

  const connected: Database["alone"] = async (work) => {
    const client = await pool.connect();
    let lost = false;
    const gone = () => {
      lost = true;
    };
    client.on("error", gone);
    try {
      return await work(client);
    } catch (error) {
      lost ||= !(error instanceof pg.DatabaseError);
      throw error;
    } finally {
      client.removeListener("error", gone);
      client.release(lost);
    }
  };

  const transaction: Database["begin"] = (how, work) =>
    connected(async (client) => {
      // What is only read is read soon or not at all; a load may wait for another.
      const tx = queriesOf(client, how === "READ COMMITTED" ? undefined : PATIENCE_MS);
      await tx.query(`BEGIN ISOLATION LEVEL ${how}`);
      try {
        const done = await work(tx);
        const { command } = await client.query("COMMIT");
        if (command !== "COMMIT") throw new Error("the transaction was rolled back");
        return done;
      } catch (error) {
        // On a lost connection there is nothing left to take back.
        await client.query("ROLLBACK").catch(() => {});
        throw error;
      }
    });

  const { query, json } = queriesOf(pool);
  return {
    json,
    query: (...asked) => tried(() => query(...asked)),
    alone: (work) => tried(() => connected(work)),
    begin: (how, work) => tried(() => transaction(how, work)),
    end: () => pool.end(),
  };
}

/** Whose every statement waits so long for the server, and no longer. */
export function patient({ json, query }: Queries): Queries {
  return { json, query: (text, values) => query(text, values, PATIENCE_MS) };
}

function queriesOf(on: pg.Pool | pg.PoolClient, usual_ms?: number): Queries {
  return {
    query: async (text, values = [], within_ms = usual_ms) => {
      const given = values.length > 0 ? { values: [...values] } : {};
      const bound = within_ms === undefined ? {} : { query_timeout: within_ms };
      const result = await on.query({ text, ...given, ...bound } as pg.QueryConfig);
      return result.rows ?? [];
    },
    json: (value) => JSON.stringify(value),
  };
}

/** Whole numbers of any width are numbers. */
function getTypeParser(oid: number, format?: "text" | "binary") {
  if (oid === pg.types.builtins.INT8) return Number;
  return pg.types.getTypeParser(oid, format as "text");
}

async function upgrade(sql: Database, place: string): Promise<void> {
  await sql.begin("READ COMMITTED", async (tx) => {
    // Of two processes that start at once, the second finds it done.
    await tx.query("SELECT pg_advisory_xact_lock(hashtext('parley schema'))");
    await tx.query("CREATE TABLE IF NOT EXISTS parley_schema (version integer NOT NULL)");
    const [row] = await tx.query("SELECT version FROM parley_schema");
    const version = Number(row?.version ?? 0);
    if (version > CURRENT)
      throw new Fault(
        "bad_config",
        `${place} has schema version ${version}, newer than this Parley's ${CURRENT}; upgrade Parley`,
      );
    for (const step of migrations) if (step.version > version) await tx.query(step.sql);
    if (row === undefined) await tx.query(`INSERT INTO parley_schema VALUES (${CURRENT})`);
    else if (version < CURRENT) await tx.query(`UPDATE parley_schema SET version = ${CURRENT}`);
  });
}

const CURRENT = migrations.at(-1)?.version ?? 0;
const CONNECTIONS = 10;

/** The address without user and password. */
export function placeOf(url: string): string {
  const { host, pathname } = new URL(url);
  return `${host}${pathname}`;
}
