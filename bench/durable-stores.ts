import { pooled } from "../src/adapters/postgres/database.ts";

/** A store that turns are made durable in. */
export interface Kept {
  readonly name: "sqlite" | "pg";
  /** What a gateway is told of it. */
  readonly env: Readonly<Record<string, string>>;
  /** Processes of this machine that write for the gateway, and so call fsync in its stead; none where it writes itself. */
  writers(): Promise<readonly number[]>;
  close(): Promise<void>;
}

export const sqlite: Kept = {
  name: "sqlite",
  // An empty one is none, whatever the shell says.
  env: { PARLEY_STORE: "" },
  writers: async () => [],
  close: async () => {},
};

/**
 * A database of its own on the server that PARLEY_TEST_POSTGRES names (default `postgres://postgres@127.0.0.1:5432`), or
 * why there is none. MUST be a server on this machine, whose processes can be watched.
 */
export async function postgres(): Promise<Kept | { readonly skipped: string }> {
  const server = process.env.PARLEY_TEST_POSTGRES ?? "postgres://postgres@127.0.0.1:5432";
  const name = `parley_bench_${process.pid}`;
  const admin = pooled(`${server}/postgres`);
  try {
    await admin.query(`CREATE DATABASE ${name}`);
  } catch (cause) {
    await admin.end();
    return { skipped: `no database could be made at ${new URL(server).host}: ${String(cause)}` };
  }
  return {
    name: "pg",
    env: { PARLEY_STORE: `${server}/${name}` },
    writers: async () => {
      const rows = await admin.query("SELECT pid FROM pg_stat_activity WHERE datname = $1", [name]);
      return rows.map(({ pid }) => Number(pid));
    },
    close: async () => {
      await admin.query(`DROP DATABASE ${name} WITH (FORCE)`);
      await admin.end();
    },
  };
}
