import { spawnSync } from "node:child_process";
import { existsSync, mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join, resolve } from "node:path";
import { gunzipSync, gzipSync } from "node:zlib";
import { afterEach, beforeEach, describe, expect, test, vi } from "vitest";
import { sqliteCatalogue } from "../../src/adapters/sqlite/catalogue.ts";
import { open } from "../../src/adapters/sqlite/database.ts";
import { sqliteSearch } from "../../src/adapters/sqlite/search.ts";
import { run, summary } from "../../src/app/ingest.ts";
import { type IngestOptions, ingest } from "../../src/app/loading.ts";
import { ran } from "./ran.ts";

const fixtures = resolve(import.meta.dirname, "../../fixtures/ingest");
const main = resolve(import.meta.dirname, "../../src/app/main.ts");
const data = resolve(process.env.PARLEY_DATA ?? "../shared/data");

let home: string;
beforeEach(() => {
  home = mkdtempSync(join(tmpdir(), "parley-ingest-"));
});
afterEach(() => rmSync(home, { recursive: true, force: true }));

/** Loads into the database of this test and gives what was said and done. */
async function load(paths: string[], options: Partial<IngestOptions> = {}, isTTY = false) {
  const db = open(join(home, "parley.db"));
  let said = "";
  const out = {
    isTTY,
    write: (text: string) => {
      said += text;
    },
  };
  const told = { now: "2026-01-15T00:00:00.000Z", ...options };
  const result = await ingest(paths, told, { catalogue: sqliteCatalogue(db, 5), out });
  const search = sqliteSearch(db);
  const census = await search.census();
  await search.close();
  db.close();
  return { ...result, said: said + summary(result), census };
}

/** A folder of this test with these files in it. */
function folder(files: Readonly<Record<string, string | Uint8Array>>): string {
  const path = join(home, "shop");
  for (const [name, content] of Object.entries(files)) {
    mkdirSync(join(path, name, ".."), { recursive: true });
    writeFileSync(join(path, name), content);
  }
  return path;
}

const product = (id: string, title = `Lamp ${id}`) =>
  `{"kind":"product","id":"${id}","title":{"en":"${title}"},"category":"home","price":{"USD":900},"specs":[]}\n`;

describe("ingesting", () => {
  test("a folder loads every file it can, says what it could not, and ends with the counts", async () => {
    const { said, rejected, entries, added, skipped, census } = await load([fixtures]);
    expect(census.products).toBe(16);
    expect(added).toBe(entries);
    expect(rejected).toBe(22);
    expect(said).toContain(`${fixtures}/merchant.tsv:5: price is "call us USD"`);
    expect(said).toContain(`skipped ${fixtures}/people.csv: its columns are of no known shape`);
    expect(skipped).toHaveLength(1);
    expect(said).toMatch(
      /\d+ entries from \d+ rows: \d+ added, 0 changed, 0 unchanged, 0 withdrawn, 22 rejected\n$/,
    );
  });

  test("the same folder again changes nothing, and withdraws what is gone", async () => {
    const path = folder({ "a.jsonl": product("A") + product("B"), "b.jsonl": product("C") });
    expect(await load([path])).toMatchObject({ added: 3, withdrawn: 0 });
    expect(await load([`${path}/`])).toMatchObject({ added: 0, changed: 0, unchanged: 3, withdrawn: 0 });
    folder({ "a.jsonl": `\n${product("A")}${product("B", "Brighter lamp")}` });
    rmSync(join(path, "b.jsonl"));
    expect(await load([path])).toMatchObject({
      added: 0,
      changed: 1,
      unchanged: 1,
      withdrawn: 1,
      census: { products: 2 },
    });
  });

  test("a file that breaks off, or has no good row, withdraws nothing", async () => {
    const path = folder({ "a.jsonl": product("A"), "b.jsonl.gz": gzipSync(product("B") + product("C")) });
    await load([path]);
    const packed = gzipSync(product("B"));
    folder({ "b.jsonl.gz": packed.subarray(0, packed.length - 12) });
    const broken = await load([path]);
    expect(broken).toMatchObject({ withdrawn: 0, census: { products: 3 } });
    expect(broken.said).toMatch(/skipped .*b\.jsonl\.gz: it cannot be read to its end/);
    folder({ "b.jsonl.gz": gzipSync("{oops\n") });
    expect(await load([path])).toMatchObject({ withdrawn: 0, rejected: 1, census: { products: 3 } });
    folder({ "b.jsonl.gz": gzipSync(product("B")) });
    expect(await load([path])).toMatchObject({ withdrawn: 1, census: { products: 2 } });
  });

  test("a load that is not whole still tells what it stored", async () => {
    const path = folder({
      "a.csv": "sku,name,price\nA,Lamp,9 USD\nB,Desk,8 USD\n",
      "b.csv": "",
      "c.csv": Uint8Array.of(0xb8, 0xd3, 0xb1, 0xd7),
      "d.png": Uint8Array.of(0x89),
      "returns.md": "## Returns\nWithin 14 days.\n",
    });
    const { said, added, census } = await load([path]);
    expect(census.products).toBe(2);
    expect(added).toBe(3);
    expect(said).toContain("returns.md: 1 entry of 1 row\n");
    expect(said).toMatch(/3 entries stored; none was withdrawn/);
    expect(said).toMatch(/3 entries from \d rows: 3 added, 0 changed, 0 unchanged/);
  });

  test("what an unknown file would need is listed once", async () => {
    const { said } = await load([folder({ "a.csv": "x,y\n1,2\n", "b.csv": "z\n1\n" })]);
    expect(said.match(/Needed, one of:/g)).toHaveLength(1);
    expect(said).toMatch(/skipped .*b\.csv: its columns are of no known shape\. Found: z\.\n/);
  });

  test("entries cite the file inside the folder, never where the folder lies", async () => {
    const path = folder({ "policies/returns.ko.md": "## 반품 기간\n14일입니다.\n", "p.jsonl": product("A") });
    await load([path]);
    const db = open(join(home, "parley.db"));
    const bodies = db
      .prepare("SELECT body FROM entry")
      .all()
      .map((row) => String(row.body));
    db.close();
    expect(bodies.join()).toContain('"name":"policies/returns.ko.md"');
    expect(bodies.join()).not.toContain(home);
  });

  test("hidden files, README, LICENSE and NOTICE are left alone", async () => {
    const path = folder({
      "p.jsonl": product("A"),
      "README.md": "## Not a policy\nno",
      "LICENSE.txt": "no",
      NOTICE: "no",
      ".git/x.jsonl": product("B"),
      ".hidden.jsonl": product("C"),
    });
    expect(await load([path])).toMatchObject({ entries: 1, skipped: [] });
  });

  test("UTF-16, byte order marks, CRLF and named encodings are read", async () => {
    const korean = '상품코드,상품명,가격\r\nK-1,머그컵,"12,000원"\r\n';
    const path = folder({
      "a.csv": Buffer.from(`\ufeff${korean}`, "utf16le"),
      "b.csv": `\ufeff${korean.replace("K-1", "K-2")}`,
      "c.csv.gz": gzipSync(korean.replace("K-1", "K-3")),
    });
    expect(await load([path])).toMatchObject({ entries: 3, rejected: 0 });
    const mug = Buffer.concat([
      Buffer.from("sku,name,price\nK-4,"),
      Uint8Array.of(0xb8, 0xd3, 0xb1, 0xd7),
      Buffer.from(",9 USD\n"),
    ]);
    const old = join(home, "old.csv");
    writeFileSync(old, mug);
    expect((await load([old])).said).toMatch(/skipped .*old\.csv: it is not UTF-8 text.*--encoding/);
    expect(await load([old], { encoding: "euc-kr" })).toMatchObject({ entries: 1 });
  });

  test("shows fifty bad rows and counts the rest, and tells all of them to whoever keeps the report", async () => {
    const rows = Array.from({ length: 80 }, (_, index) => `S-${index},Lamp,free`).join("\n");
    const report: string[] = [];
    const path = folder({ "p.csv": `sku,name,price\nOK,Lamp,9 USD\n${rows}\n` });
    const { said, rejected } = await load([path], { onProblem: (line) => report.push(line) });
    expect(rejected).toBe(80);
    expect(report).toHaveLength(80);
    expect(said.match(/p\.csv:\d+: /g)).toHaveLength(50);
    expect(said).toContain("... and 30 more");
  });

  test("draws a bar on a terminal only", async () => {
    const path = folder({ "p.jsonl": product("A") });
    expect((await load([path])).said).not.toContain("\u001b");
    expect((await load([path], {}, true)).said).toMatch(/█.* 100 % {2}1 rows/);
  });

  test("a path that is not there is a fault that names it", async () => {
    await expect(load([join(home, "nothing")])).rejects.toThrow(/nothing cannot be read; is it there/);
  });
});

describe("the ingest command", () => {
  beforeEach(() => void vi.stubEnv("PARLEY_HOME", join(home, "home")));
  afterEach(() => void vi.unstubAllEnvs());
  const command = (...args: string[]) => ran(run, ...args);

  test("is a process that exits with 0 when anything was loaded", () => {
    const report = join(home, "report.txt");
    const args = ["ingest", join(fixtures, "shop.json"), "--currency", "usd", "--report", report];
    const good = spawnSync(process.execPath, [main, ...args], { encoding: "utf8" });
    expect(good).toMatchObject({ status: 0, stderr: "" });
    expect(good.stdout).toMatch(/3 entries from 4 rows: 3 added/);
    expect(readFileSync(report, "utf8")).toMatch(/shop\.json: element 4 is no object\n/);
  });

  test("exits with 1 when nothing was loaded, 2 for wrong usage", async () => {
    expect(await command(join(fixtures, "people.csv"))).toMatchObject({ code: 1, err: "" });
    const nothing = { code: 1, err: expect.stringContaining("cannot be read") };
    expect(await command(join(home, "nothing"))).toMatchObject(nothing);
    const usage = { code: 2, err: expect.stringContaining("usage: parley ingest") };
    expect(await command()).toMatchObject(usage);
    expect(await command("x", "--currency", "dollars")).toMatchObject(usage);
    expect(await command("x", "--colour")).toMatchObject(usage);
    expect((await command("x", "--colour")).err).toContain("--colour");
  });

  test("names the products whose prices go against the vendor's limits, and loads them all the same", async () => {
    const laptop = (id: string, cents: number) => product(id).replace("900", String(cents));
    const { out, code } = await command(
      folder({ "new.jsonl": laptop("NB-14A-BLK", 70_000) + laptop("DS-1", 500) }),
    );
    expect(code).toBe(0);
    expect(out).toMatch(/2 entries from 2 rows: 2 added/);
    expect(out).toMatch(
      /limits\.yaml: the floor of \$769\.00 is above the list price of NB-14A-BLK \(new\.jsonl:1\), \$700\.00; /,
    );
    expect(out).toMatch(/\n1 product goes against your limits; .*\n$/);
  });
});

describe.skipIf(!existsSync(join(data, "dummyjson")))("real catalogues", () => {
  test.each([
    ["dummyjson/products.jsonl", 194, 776],
    ["aws-retail/products.jsonl", 2_465, 2_465],
    ["tau-retail/products.json", 591, 591],
  ])("%s loads without a rejected row", async (file, products, entries) => {
    expect(await load([join(data, file)])).toMatchObject({ census: { products }, entries, rejected: 0 });
  });

  test("a piece of the Icecat sheets is found by its words", async () => {
    const lines = gunzipSync(readFileSync(join(data, "icecat-chorus/products.jsonl.gz")))
      .toString()
      .split("\n");
    const path = folder({ "icecat.jsonl": lines.slice(0, 500).join("\n") });
    expect(await load([path])).toMatchObject({
      entries: 500,
      rejected: 0,
      census: { products: 500, currencies: ["USD"] },
    });
  });
});
