import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { DatabaseSync } from "node:sqlite";
import { afterAll, describe, expect, test } from "vitest";
import { open } from "../../../src/adapters/sqlite/database.ts";
import { migrations } from "../../../src/adapters/sqlite/migrations.ts";

const folder = mkdtempSync(join(tmpdir(), "parley-database-"));
afterAll(() => rmSync(folder, { recursive: true }));
const pathOf = (name: string) => join(folder, name);

describe("opening a database", () => {
  test("makes it, in WAL with every commit synced, at the newest version", () => {
    const db = open(pathOf("new.db"));
    expect(db.prepare("PRAGMA journal_mode").get()).toEqual({ journal_mode: "wal" });
    expect(db.prepare("PRAGMA user_version").get()).toEqual({ user_version: migrations.length });
    const reader = open(pathOf("new.db"), { readonly: true });
    for (const handle of [db, reader]) {
      expect(handle.prepare("PRAGMA synchronous").get()).toEqual({ synchronous: 2 });
      expect(handle.prepare("PRAGMA foreign_keys").get()).toEqual({ foreign_keys: 1 });
    }
    reader.close();
    db.close();
  });

  test("leaves what is in it alone the second time", () => {
    const first = open(pathOf("again.db"));
    first.exec("INSERT INTO stock (sku, on_hand) VALUES ('L-1', 3)");
    first.close();
    const second = open(pathOf("again.db"));
    expect(second.prepare("SELECT on_hand FROM stock").get()).toEqual({ on_hand: 3 });
    second.close();
  });

  test.each(migrations.slice(0, -1))(
    "brings a file of version $version up to date, with what is in it",
    (old) => {
      const path = pathOf(`old-${old.version}.db`);
      const before = new DatabaseSync(path);
      const steps = migrations.filter(({ version }) => version <= old.version);
      for (const sql of steps.flatMap((step) => step.sql)) before.exec(sql);
      before.exec(`PRAGMA user_version = ${old.version}; INSERT INTO stock (sku, on_hand) VALUES ('L-1', 3)`);
      before.close();
      const db = open(path);
      expect(db.prepare("PRAGMA user_version").get()).toEqual({ user_version: migrations.length });
      expect(db.prepare("SELECT on_hand FROM stock").get()).toEqual({ on_hand: 3 });
      expect(db.prepare("SELECT count(*) AS n FROM hold, budget, charge").get()).toEqual({ n: 0 });
      db.close();
    },
  );

  test("refuses a file of a newer Parley and leaves it as it is", () => {
    const db = open(pathOf("newer.db"));
    db.exec("PRAGMA user_version = 999");
    db.close();
    for (const options of [{}, { readonly: true }]) {
      expect(() => open(pathOf("newer.db"), options)).toThrow(
        expect.objectContaining({ code: "bad_config", message: expect.stringContaining("999") }),
      );
    }
  });

  test.each(["missing/folder.db", "text.db"])("says by a fault that %s cannot be used", (name) => {
    writeFileSync(pathOf("text.db"), "This is no database. ".repeat(100));
    expect(() => open(pathOf(name))).toThrow(expect.objectContaining({ code: "bad_config" }));
  });

  test("counts its migrations from 1 without gaps", () => {
    expect(migrations.map(({ version }) => version)).toEqual(migrations.map((_, at) => at + 1));
  });
});
