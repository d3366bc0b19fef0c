import { Fault } from "../../domain/fault.ts";

/** Whether a failure leaves open what the disk holds: the kernel forgets what it could not write. */
export function isFatal(error: unknown): boolean {
  return FATAL.has(resultOf(error));
}

/** Whether it is the file, its disk or another process that failed, and not what was asked. */
export function isFiles(error: unknown): boolean {
  return FATAL.has(resultOf(error)) || PASSING.has(resultOf(error));
}

export function unwritten(cause: unknown): Fault {
  return new Fault("unavailable", "the store could not be written; send the same again, with the same id", {
    cause,
  });
}

export function unread(cause: unknown): Fault {
  return new Fault("unavailable", "the store could not be read; ask again later", { cause });
}

/** The same functions, of which each throws `unavailable` where the file cannot be read. */
export function readable<T extends object>(reads: T): T {
  const told =
    (read: (...given: unknown[]) => unknown) =>
    (...given: unknown[]) => {
      try {
        return read(...given);
      } catch (error) {
        throw isFiles(error) ? unread(error) : error;
      }
    };
  return Object.fromEntries(Object.entries(reads).map(([name, read]) => [name, told(read)])) as T;
}

/** SQLITE_IOERR, SQLITE_CORRUPT, SQLITE_NOTADB */
const FATAL: ReadonlySet<number | undefined> = new Set([10, 11, 26]);
/** SQLITE_PERM, SQLITE_BUSY, SQLITE_LOCKED, SQLITE_NOMEM, SQLITE_READONLY, SQLITE_FULL, SQLITE_CANTOPEN, SQLITE_PROTOCOL */
const PASSING: ReadonlySet<number | undefined> = new Set([3, 5, 6, 7, 8, 13, 14, 15]);

/** The primary result code of SQLite's extended one. */
function resultOf(error: unknown): number | undefined {
  const { errcode } = error as { errcode?: unknown };
  return typeof errcode === "number" ? errcode & 0xff : undefined;
}
