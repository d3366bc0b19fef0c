import { type FileHandle, open } from "node:fs/promises";
import type { Delivery, Sink } from "../ports/sink.ts";
import { overwriteOrders } from "./file-erasing.ts";
import { unfinished } from "./file-journal.ts";

const WITHIN_MS = 5_000;
/** Longer than anything is leased for delivery. */
const ON_ITS_WAY_MS = 600_000;

export interface FileSink extends Sink {
  forget(orders: readonly string[]): Promise<void>;
}

/**
 * Appends orders to a file, a JSON line each: `{id, topic, data}`. A line is on disk before it counts as delivered. What
 * is to be forgotten is written over, and not written any more. `now` gives milliseconds.
 */
export function fileSink(path: string, now: () => number = () => performance.now()): FileSink {
  let file: Promise<FileHandle> | undefined;
  let waiting: {
    id: string;
    line: string;
    resolve: (delivery: Delivery) => void;
    reject: (error: unknown) => void;
  }[] = [];
  let writing: Promise<void> | null = null;
  // An order may be on its way here while it is being erased. With when, since nothing is on its way for long.
  const forgotten = new Map<string, number>();

  const write = async () => {
    while (waiting.length > 0) {
      const group = waiting;
      waiting = [];
      try {
        file ??= opened(path);
        const handle = await file;
        const lines = group.filter(({ id }) => !forgotten.has(id)).map(({ line }) => line);
        await handle.appendFile(lines.join(""));
        await handle.datasync();
        for (const { resolve } of group) resolve({ outcome: "delivered" });
      } catch (error) {
        // The next delivery opens it anew, and sees what is there of a line.
        const failed = file;
        file = undefined;
        await failed?.then((handle) => handle.close()).catch(() => {});
        for (const { reject } of group) reject(error);
      }
    }
    writing = null;
  };

  return {
    within_ms: WITHIN_MS,
    deliver: ({ id, topic, body }) =>
      new Promise((resolve, reject) => {
        const line = `{"id":${JSON.stringify(id)},"topic":${JSON.stringify(topic)},"data":${body}}\n`;
        waiting.push({ id, line, resolve, reject });
        writing ??= write();
      }),
    close: async () => (await file?.catch(() => null))?.close(),
    forget: async (orders) => {
      for (const [id, at] of forgotten) if (now() - at > ON_ITS_WAY_MS) forgotten.delete(id);
      for (const id of orders) forgotten.set(id, now());
      await writing;
      await overwriteOrders(path, new Set(orders));
    },
  };
}

/** What a crash left of a line gets its end, so that the next has one of its own. */
async function opened(path: string): Promise<FileHandle> {
  const handle = await open(path, "a+", 0o600);
  try {
    if (await unfinished(handle)) await handle.appendFile("\n");
    return handle;
  } catch (error) {
    await handle.close();
    throw error;
  }
}
