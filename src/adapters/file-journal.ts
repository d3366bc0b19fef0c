import { createReadStream, existsSync } from "node:fs";
import { type FileHandle, mkdir, open } from "node:fs/promises";
import { dirname } from "node:path";
import { createInterface } from "node:readline";
import type { Journal } from "../ports/journal.ts";

/** A journal in a file that only its owner can read. Two processes may add to it: each group of lines is one write. */
export function fileJournal(path: string): Journal {
  return {
    at: path,
    add: async (lines) => {
      if (lines.length === 0) return;
      const fresh = !existsSync(path);
      await mkdir(dirname(path), { recursive: true, mode: 0o700 });
      const file = await open(path, "a+", 0o600);
      try {
        const torn = await unfinished(file);
        await file.appendFile(`${torn ? TORN : ""}${lines.join("\n")}\n`);
        await file.sync();
      } finally {
        await file.close();
      }
      if (fresh) await syncFolder(dirname(path));
    },
    lines: () => linesOf(path),
  };
}

/** Ends what a crash left of a line, marked so that it is read as none. */
const TORN = "\u0018\n";

/** Whether a file's last line has no end. */
export async function unfinished(file: FileHandle): Promise<boolean> {
  const { size } = await file.stat();
  if (size === 0) return false;
  const { buffer } = await file.read(Buffer.alloc(1), 0, 1, size - 1);
  return buffer[0] !== 0x0a;
}

async function* linesOf(path: string): AsyncGenerator<string> {
  if (!existsSync(path)) return;
  const input = createReadStream(path);
  let last: string | null = null;
  let ended = true;
  input.on("data", (chunk) => {
    ended = chunk.at(-1) === 0x0a;
  });
  // One line behind, since only the end of the file tells whether its last line is whole.
  for await (const line of createInterface({ input, crlfDelay: Number.POSITIVE_INFINITY })) {
    if (last !== null && !last.endsWith("\u0018")) yield last;
    last = line;
  }
  if (last !== null && ended && !last.endsWith("\u0018")) yield last;
}

/** A new file is on disk only when its folder is. */
async function syncFolder(folder: string): Promise<void> {
  const handle = await open(folder, "r");
  await handle.sync().finally(() => handle.close());
}
