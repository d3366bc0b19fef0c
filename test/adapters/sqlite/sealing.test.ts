import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import type { DatabaseSync } from "node:sqlite";
import fc from "fast-check";
import { afterEach, beforeEach, expect, test } from "vitest";
import { sqliteCatalogue } from "../../../src/adapters/sqlite/catalogue.ts";
import { open } from "../../../src/adapters/sqlite/database.ts";
import { productSearch } from "../../../src/adapters/sqlite/ranking.ts";
import { sealer } from "../../../src/adapters/sqlite/sealing.ts";
import type { Product } from "../../../src/domain/entry.ts";
import type { Filters } from "../../../src/domain/lookup.ts";
import { product } from "../../contracts/knowledge.ts";

let folder: string;
let db: DatabaseSync;
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), "parley-sealing-"));
  db = open(join(folder, "parley.db"));
});
afterEach(() => {
  db.close();
  rmSync(folder, { recursive: true });
});

/** A shop so small is never sealed by itself. */
async function load(
  entries: readonly Product[],
  origin = "shop",
  sealed = { from: 1e9, worth: 1e9, loose: 1e9 },
) {
  const begun = await sqliteCatalogue(db, 5, sealed).begin(origin);
  await begun.put(entries);
  await begun.finish();
}

function found(text: string, filters: Filters = {}, late?: () => boolean) {
  const lookup = { kind: "search", text, lang: "en", currency: "USD", filters, limit: 10 } as const;
  const { entries, ...rest } = productSearch(db)(lookup, undefined, late);
  const sku = db.prepare("SELECT sku FROM product WHERE n = ?");
  return { ...rest, skus: entries.map((n) => String(sku.get(n)?.sku)) };
}

const segments = () => db.prepare("SELECT id, whole FROM segment").all();
const sealing = { from: 1, worth: 3, loose: 1e9 };

const lamps = ["Desk lamp", "Floor lamp", "Lava lamp", "Ceiling lamp"].map((title, n) =>
  product(`L-${n}`, title),
);

test("what came after sealing is found beside what was sealed, until it is sealed, too", async () => {
  await load(lamps, "shop", sealing);
  expect(segments()).toHaveLength(1);
  await load([product("B-1", "Bedside lamp")], "more", sealing);
  expect(db.prepare("SELECT count(*) AS n FROM unsealed").get()).toEqual({ n: 1 });
  expect(found("lamp").skus.sort()).toEqual(["B-1", "L-0", "L-1", "L-2", "L-3"]);
  expect(found("bedside lamp").skus[0]).toBe("B-1");
  await load([product("B-2", "Bench lamp"), product("B-3", "Bunk lamp")], "others", sealing);
  expect(db.prepare("SELECT count(*) AS n FROM unsealed").get()).toEqual({ n: 0 });
  expect(found("lamp").skus).toHaveLength(7);
});

test("too many loose rows are sealed, however few lie in one place", async () => {
  await load(lamps, "shop", sealing);
  const few = { from: 1, worth: 1e9, loose: 2 };
  await load([product("B-1", "Bedside lamp")], "more", few);
  expect(db.prepare("SELECT count(*) AS n FROM unsealed").get()).toEqual({ n: 1 });
  await load([product("B-2", "Bench lamp")], "others", few);
  expect(db.prepare("SELECT count(*) AS n FROM unsealed").get()).toEqual({ n: 0 });
  expect(found("lamp").skus).toHaveLength(6);
});

test("sealing anew counts words anew: what was withdrawn is in no list and no count", async () => {
  await load(lamps, "shop", sealing);
  await load(lamps.slice(0, 1), "shop", sealing);
  expect(found("lamp").skus).toEqual(["L-0"]);
  await load(lamps, "shop", sealing);
  expect(found("lamp").skus).toHaveLength(4);
  expect(db.prepare("SELECT products FROM sealed_term WHERE term = 'lamp'").get()).toEqual({ products: 4 });
  expect(segments()).toHaveLength(1);
});

test("a sealing that was cut off is as if it had not begun, and the next one clears it away", async () => {
  await load(lamps);
  db.exec("INSERT INTO segment (first, whole) VALUES (0, 0)");
  db.exec("INSERT INTO posting VALUES (1, 'lamp', x'000001')");
  expect(found("lamp").skus).toHaveLength(4);
  sealer(db, sealing)();
  expect(segments()).toEqual([{ id: 1, whole: 1 }]);
  expect(found("lamp").skus).toHaveLength(4);
});

test("time that is up gives the best so far, and says so", async () => {
  await load(lamps, "shop", sealing);
  expect(found("lamp", {}, () => true)).toMatchObject({ skus: [], partial: true, relaxed: false });
  // Up after the first look at the clock: nothing that meets the price was seen, which does not mean there is none.
  let looks = 0;
  const dear = { price_min: 1_000_000 };
  expect(found("lamp", dear, () => looks++ > 0)).toMatchObject({ partial: true });
  expect(found("lamp", dear)).toMatchObject({ relaxed: true });
});

const rows = (words: string) => words.split(", ").map((title) => title.split(" "));
const HALF: [string[][], string[][]] = [
  rows(
    "red, red, wireless red, wireless, wireless red, wireless red, 무선이어폰, wireless red, wireless red, red, 무선이어폰 red",
  ),
  rows("무선이어폰 chair wireless, red, red, red"),
];

test("sealed or not, the same products are found in the same order", async () => {
  const word = fc.constantFrom(
    "red",
    "blue",
    "lamp",
    "chair",
    "desk",
    "oak",
    "wireless",
    "27in",
    "usb-c",
    "무선이어폰",
  );
  const titles = fc.array(fc.array(word, { minLength: 1, maxLength: 5 }), { minLength: 1, maxLength: 40 });
  const asked = fc.array(fc.array(word, { minLength: 1, maxLength: 3 }), { minLength: 3, maxLength: 8 });
  let runs = 0;
  await fc.assert(
    fc.asyncProperty(titles, asked, async (shop, queries) => {
      const run = ++runs;
      await load(
        shop.map((words, n) => product(`${run}-${n}`, words.join(" "), { price: { USD: 100 * (n + 1) } })),
      );
      const all = () => queries.map((words, n) => found(words.join(" "), n % 2 ? { price_max: 1_500 } : {}));
      db.exec("DELETE FROM posting; DELETE FROM segment; DELETE FROM sealed_term");
      db.exec(
        "INSERT OR IGNORE INTO unsealed SELECT n FROM product; UPDATE knowledge SET changes = changes + 1",
      );
      const plain = all();
      sealer(db, { from: 1, worth: 1, loose: 1e9 })();
      expect(all()).toEqual(plain);
    }),
    {
      numRuns: 60,
      // Two words of three that are worth exactly half: log(14/3) + log(18/7) = log(12).
      examples: [HALF],
    },
  );
});

test("a frequent word counts for what a rare one picked out, however many have it", async () => {
  const title = (n: number) =>
    n < 2_800 ? `Steel nib ${n}` : n < 2_950 ? `Goose quill ${n}` : `Steel quill ${n}`;
  await load(
    Array.from({ length: 3_000 }, (_, n) => product(`P-${n}`, title(n))),
    "shop",
    sealing,
  );
  const { skus } = found("steel quill");
  expect(skus).toHaveLength(10);
  expect(skus.every((sku) => Number(sku.slice(2)) >= 2_950)).toBe(true);
});
