import { mkdtemp, open as openFile, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { describe, expect, test } from "vitest";
import { open } from "../../../src/adapters/sqlite/database.ts";
import { directStore } from "../../../src/adapters/sqlite/direct.ts";
import { sqliteStore } from "../../../src/adapters/sqlite/store.ts";
import { commit, event, opened } from "../../contracts/opened.ts";

describe("a file that cannot serve is `unavailable`, and no mistake of the gateway's", () => {
  test("a disk that is full takes nothing, and what was sent again once there is room is stored once", async () => {
    const db = open(":memory:");
    const store = directStore(db);
    const id = await opened(store);
    db.exec("PRAGMA max_page_count = 1");
    const large = commit(id, 1, { events: [event(2, JSON.stringify("x".repeat(100_000)))] });
    await expect(store.append(large)).rejects.toMatchObject({ code: "unavailable" });
    db.exec("PRAGMA max_page_count = 100000");
    expect(await store.append(large)).toBe("appended");
    expect((await store.read(id, 0, 10)).map(({ seq }) => seq)).toEqual([1, 2]);
    await store.close();
  });

  test("pages that cannot be read", async () => {
    const folder = await mkdtemp(join(tmpdir(), "parley-unread-"));
    const path = join(folder, "parley.db");
    const first = sqliteStore(open(path));
    const id = await opened(first);
    for (let n = 1; n < 40; n++)
      await first.append(commit(id, n, { events: [event(n + 1, JSON.stringify("y".repeat(4_000)))] }));
    await first.close();
    const file = await openFile(path, "r+");
    const { size } = await file.stat();
    // Where the latest events are; the tables' own description stands before them.
    await file.write(Buffer.alloc(120_000, 0xff), 0, 120_000, size - 120_000);
    await file.close();
    const store = sqliteStore(open(path));
    await expect(store.read(id, 0, 100)).rejects.toMatchObject({ code: "unavailable" });
    await store.close();
    await rm(folder, { recursive: true });
  });
});
