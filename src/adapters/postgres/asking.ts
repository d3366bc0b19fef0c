import pg from "pg";
import { PATIENCE_MS, type Row } from "./database.ts";

export type Ask = (name: string, text: string, values: readonly unknown[]) => Promise<readonly Row[]>;

/** Statements of one connection, prepared once; those that are not waited for leave together. */
export function asking(client: pg.ClientBase): Ask {
  return async (name, text, values) =>
    (await client.query({ name, text, values: [...values], query_timeout: PATIENCE_MS } as pg.QueryConfig))
      .rows;
}

/** Ends the transaction of all that was asked before. A server answers to one that failed, too: with ROLLBACK. */
export async function commit(client: pg.ClientBase): Promise<void> {
  const { command } = await client.query({ text: "COMMIT", query_timeout: PATIENCE_MS } as pg.QueryConfig);
  if (command !== "COMMIT") throw new Error("the transaction was rolled back");
}

/** Waits for all of them, whatever becomes of one, and throws what went wrong first. */
export async function all<T extends readonly unknown[]>(
  promises: readonly [...T],
): Promise<{ [K in keyof T]: Awaited<T[K]> }> {
  const results = await Promise.allSettled(promises);
  const failures = results.flatMap((result) => (result.status === "rejected" ? [result.reason] : []));
  // What came after the first failure was only refused because of it.
  const [first] = failures.toSorted((a, b) => Number(isAborted(a)) - Number(isAborted(b)));
  if (failures.length > 0) throw first;
  return results.map((result) => (result as PromiseFulfilledResult<unknown>).value) as never;
}

/** in_failed_sql_transaction */
function isAborted(error: unknown): boolean {
  return error instanceof pg.DatabaseError && error.code === "25P02";
}
