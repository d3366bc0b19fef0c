import { type FileHandle, open } from "node:fs/promises";
import type { Sink } from "../ports/sink.ts";

/** Appends orders to a file, a JSON line each: `{id, topic, data}`. A line is on disk before it counts as delivered. */
export function fileSink(path: string): Sink {
  let file: Promise<FileHandle> | undefined;
  let waiting: { line: string; resolve: () => void; reject: (error: unknown) => void }[] = [];
  let writing = false;

  const write = async () => {
    writing = true;
    while (waiting.length > 0) {
      const group = waiting;
      waiting = [];
      try {
        file ??= open(path, "a", 0o600);
        const handle = await file;
        await handle.appendFile(group.map(({ line }) => line).join(""));
        await handle.datasync();
        for (const { resolve } of group) resolve();
      } catch (error) {
        for (const { reject } of group) reject(error);
      }
    }
    writing = false;
  };

  return {
    deliver: ({ id, topic, body }) =>
      new Promise((resolve, reject) => {
        const line = `{"id":${JSON.stringify(id)},"topic":${JSON.stringify(topic)},"data":${body}}\n`;
        waiting.push({ line, resolve, reject });
        if (!writing) void write();
      }),
  };
}
