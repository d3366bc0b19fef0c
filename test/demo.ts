import { mkdtempSync, readFileSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join, resolve } from "node:path";
import { sqliteCatalogue } from "../src/adapters/sqlite/catalogue.ts";
import { open } from "../src/adapters/sqlite/database.ts";
import { loadKnowledge, loadVendor } from "../src/app/vendor.ts";

let loaded: ReturnType<typeof load> | undefined;

/** The demo vendor, and the bytes of a database file that knows its goods: to load them takes longer than most tests. */
export function demo(): ReturnType<typeof load> {
  loaded ??= load();
  return loaded;
}

async function load() {
  const folder = resolve(import.meta.dirname, "../fixtures/vendors/demo");
  const files = await loadVendor(folder);
  const home = mkdtempSync(join(tmpdir(), "parley-demo-"));
  const db = open(join(home, "parley.db"));
  await loadKnowledge(folder, sqliteCatalogue(db, files.vendor.default_stock));
  db.exec("PRAGMA wal_checkpoint(TRUNCATE)");
  db.close();
  const knowledge = readFileSync(join(home, "parley.db"));
  rmSync(home, { recursive: true, force: true });
  return { ...files, knowledge };
}
