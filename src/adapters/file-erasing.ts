import { existsSync } from "node:fs";
import { type FileHandle, open } from "node:fs/promises";

/**
 * Writes over the lines of these orders in a file of deliveries, where they stand and to the same length: whoever reads the
 * file, or adds to it meanwhile, notices nothing, and the text is not left behind in a file that was moved away. A line
 * then says `{id, topic, data: {intent, erased}}` and blanks. On a file system that copies what is written (btrfs, ZFS, a
 * snapshot) the old blocks are that system's to forget.
 */
export async function overwriteOrders(path: string, orders: ReadonlySet<string>): Promise<void> {
  if (orders.size === 0 || !existsSync(path)) return;
  const file = await open(path, "r+");
  try {
    for await (const { text, at } of linesIn(file)) {
      const id = /^\{"id":"([^"]*)"/.exec(text.toString("latin1", 0, 200))?.[1];
      if (id === undefined || !orders.has(id)) continue;
      const erased = `{"id":"${id}","topic":"order.bound","data":{"intent":"${id}","erased":true}}`;
      await file.write(Buffer.from(erased.padEnd(text.length)), 0, text.length, at);
    }
    await file.datasync();
  } finally {
    await file.close();
  }
}

const CHUNK = 1 << 20;
const LINE_END = 0x0a;

/** Each line without its end, and where it begins. Holds one chunk, and the line that runs over its end. */
async function* linesIn(file: FileHandle): AsyncGenerator<{ readonly text: Buffer; readonly at: number }> {
  let rest = Buffer.alloc(0);
  for (let at = 0; ; ) {
    const { bytesRead, buffer } = await file.read(Buffer.alloc(CHUNK), 0, CHUNK, at + rest.length);
    if (bytesRead === 0) return;
    const bytes = Buffer.concat([rest, buffer.subarray(0, bytesRead)]);
    let from = 0;
    for (let to = bytes.indexOf(LINE_END); to !== -1; to = bytes.indexOf(LINE_END, from)) {
      yield { text: bytes.subarray(from, to), at: at + from };
      from = to + 1;
    }
    rest = bytes.subarray(from);
    at += from;
  }
}
