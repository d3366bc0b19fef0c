import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterEach, beforeEach, expect, test, vi } from "vitest";
import { openFinding } from "../../src/adapters/drivers.ts";
import { open } from "../../src/adapters/sqlite/database.ts";
import { sqliteSearch } from "../../src/adapters/sqlite/search.ts";
import { run } from "../../src/app/ingest.ts";
import { type SubsetServer, subsetServer } from "../adapters/opensearch/server.ts";
import { ran } from "./ran.ts";

let home: string;
let server: SubsetServer;
beforeEach(async () => {
  home = mkdtempSync(join(tmpdir(), "parley-finding-"));
  server = await subsetServer();
  vi.stubEnv("PARLEY_HOME", home);
  vi.stubEnv("PARLEY_SEARCH", `${server.url}/shop`);
});
afterEach(async () => {
  vi.unstubAllEnvs();
  await server.close();
  rmSync(home, { recursive: true });
});

test("what is loaded is told to the store and to the server that products are found in", async () => {
  const file = join(home, "lamps.csv");
  writeFileSync(file, "sku,title,price,currency\nL-1,Desk lamp,20.00,USD\nL-2,Floor lamp,30.00,USD\n");
  expect(await ran(run, file)).toMatchObject({ code: 0, out: expect.stringContaining("2 added") });
  expect(server.documents()).toBe(2);

  const db = open(join(home, "parley.db"));
  const { search } = await openFinding(`${server.url}/shop`, db, sqliteSearch(db));
  const lookup = { text: "desk lamp", lang: "en", currency: "USD", filters: {}, limit: 5 } as const;
  const found = await search.find({ kind: "search", ...lookup }, 30_000);
  expect(found.entries.map(({ entry }) => entry.id)).toEqual(["L-1"]);
  await search.close();
  db.close();

  writeFileSync(file, "sku,title,price,currency\nL-2,Floor lamp,30.00,USD\n");
  expect(await ran(run, file)).toMatchObject({ code: 0, out: expect.stringContaining("1 withdrawn") });
  expect(server.documents()).toBe(1);
});
