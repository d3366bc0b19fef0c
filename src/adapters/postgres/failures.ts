import { setTimeout as sleep } from "node:timers/promises";
import pg from "pg";
import { Fault } from "../../domain/fault.ts";

/**
 * A whole transaction, done again when another one was first, a bounded number of times; `work` MUST change nothing but
 * what the transaction takes back.
 * @throws Fault `unavailable` where it is the server that failed, or others were first each time
 */
export async function tried<T>(work: () => Promise<T>): Promise<T> {
  for (let attempt = 1; ; attempt++) {
    try {
      return await work();
    } catch (error) {
      if (!ranInto(error)) throw isServers(error) ? unavailable(error) : error;
      if (attempt === ATTEMPTS) throw unavailable(error);
      // Two that ran into each other would again if they began at once.
      await sleep(Math.random() * 5 * 2 ** attempt);
    }
  }
}

const ATTEMPTS = 6;

/** What a fault says about a server says it to peers; the log has what the server or the driver said. */
function unavailable(cause: unknown): Fault {
  return new Fault(
    "unavailable",
    "the store failed or cannot be reached; whether this was stored is not known: send the same again, with the same id",
    { cause },
  );
}

/** Another transaction was first: serialization_failure, deadlock_detected. */
function ranInto(error: unknown): boolean {
  return RAN_INTO.has(codeOf(error) ?? "");
}

const RAN_INTO: ReadonlySet<string> = new Set(["40001", "40P01"]);

/**
 * Whether it is the server that failed and not what it was asked: a lost connection, which the driver tells by errors of
 * many kinds, or one of the classes 08 (connection), 25006 (read only), 53 (resources), 55P03 (a lock that others keep), 57
 * (intervention), 58 (system), XX (internal).
 */
function isServers(error: unknown): boolean {
  // A mistake of the program says nothing about the server.
  if (error instanceof Fault) return false;
  if (error instanceof TypeError || error instanceof SyntaxError || error instanceof RangeError) return false;
  const code = codeOf(error);
  return code === null || code === "25006" || code === "55P03" || /^(08|53|57|58|XX)/.test(code);
}

/** The server's own code, also of what `tried` made a fault; null for what no server said. */
export function codeOf(error: unknown): string | null {
  const said = error instanceof Fault ? error.cause : error;
  return said instanceof pg.DatabaseError ? (said.code ?? null) : null;
}
