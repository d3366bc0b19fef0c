import { existsSync } from "node:fs";
import { join } from "node:path";
import type { DatabaseSync } from "node:sqlite";
import { sqliteCatalogue } from "../../src/adapters/sqlite/catalogue.ts";
import { open } from "../../src/adapters/sqlite/database.ts";
import { productSearch } from "../../src/adapters/sqlite/ranking.ts";
import { ingest } from "../../src/app/loading.ts";
import { Fault } from "../../src/domain/fault.ts";
import { dataFolder } from "../public-sets.ts";
import { isAnswerable, ndcg, recall, type Truth, truthOf } from "../search-truth.ts";
import { DECIDED, explainer, isHit, type Standing } from "./search-why.ts";
import type { Evaluated, Wrong } from "./sheet.ts";

const DEPTH = 50;

interface Asked {
  readonly query: string;
  readonly grades: ReadonlyMap<string, number>;
  /** Rows found, best first. */
  readonly found: readonly number[];
  readonly ndcg10: number;
  readonly answerable: boolean;
  /** The shop has no such thing: nothing is the right answer. */
  readonly absent: boolean;
}

/** With the weights that are shipped; `bench search` says what they come to leaving each query out. */
export async function evaluate(): Promise<Evaluated> {
  const folder = join(dataFolder(), "icecat-chorus");
  if (!existsSync(folder))
    throw new Fault("bad_config", `${folder} is not there; PARLEY_DATA names its folder`);
  const db = open(":memory:");
  const settings = { currency: "USD", now: new Date().toISOString() };
  const catalogue = sqliteCatalogue(db, 0);
  await ingest([join(folder, "products.jsonl.gz")], settings, { catalogue, out: process.stderr });
  const shelf = shelfOf(db);
  const all = askedAll(db, truthOf(folder), shelf);
  const answerable = all.filter((one) => one.answerable);
  const answered = all.filter((one) => one.absent && one.found.length > 0);
  const silent = all.filter((one) => !one.absent && one.found.length === 0);
  const shares = answerable.flatMap(({ grades, found }) => recall(grades, shelf.skus(found), DEPTH) ?? []);
  const low = answerable.filter((one) => one.ndcg10 < GOOD).sort((a, b) => a.ndcg10 - b.ndcg10);
  const figures = {
    queries: answerable.length,
    ndcg10_shipped: rounded(mean(answerable.map((one) => one.ndcg10))),
    [`recall${DEPTH}`]: rounded(mean(shares)),
    absent: all.filter((one) => one.absent).length,
    absent_answered: answered.length,
    false_nothing: silent.length,
  };
  const explain = explainer(db);
  const worst = [...answered, ...silent.filter((one) => !one.answerable), ...low];
  return {
    table: [
      ...Object.entries(figures),
      ["", ""],
      ["query", "ndcg10"],
      ...answerable.toSorted((a, b) => a.ndcg10 - b.ndcg10).map((one) => [one.query, one.ndcg10.toFixed(3)]),
    ],
    wrong: worst.map((one) => wrongOf(one, shelf, explain)),
    figures,
  };
}

function shelfOf(db: DatabaseSync) {
  const rows = db
    .prepare("SELECT p.n, p.sku, e.body ->> '$.title.en' AS title FROM product p JOIN entry e USING (n)")
    .all();
  const products = new Map(rows.map((row) => [Number(row.n), row]));
  const byCode = new Map(rows.map(({ n, sku }) => [String(sku), Number(n)]));
  return {
    skus: (found: readonly number[]) => found.map((n) => String(products.get(n)?.sku)),
    row: (sku: string) => byCode.get(sku),
    titled: (n: number, grades: Asked["grades"]) => {
      const { sku, title } = products.get(n) ?? {};
      return `${String(title).slice(0, 90)} [${sku}, grade ${grades.get(String(sku)) ?? "none"}]`;
    },
  };
}
type Shelf = ReturnType<typeof shelfOf>;

function askedAll(db: DatabaseSync, truth: Truth, { skus }: Shelf): Asked[] {
  const search = productSearch(db);
  const plain = { kind: "search", lang: "en", currency: "USD", filters: {}, limit: DEPTH } as const;
  return [...truth.grades].map(([query, grades]) => {
    const found = search({ ...plain, text: query }).entries;
    return {
      ...{ query, grades, found, ndcg10: ndcg(grades, skus(found)) },
      answerable: isAnswerable(truth, query),
      absent: truth.absent.has(query),
    };
  });
}

/** What stands first, and the best of what should stand among the first ten, each with what it is rated by. */
function wrongOf(
  { query, grades, found, absent, ndcg10 }: Asked,
  { skus, row, titled }: Shelf,
  explain: ReturnType<typeof explainer>,
): Wrong {
  const { read, standing } = explain(query);
  const shown = skus(found.slice(0, 10));
  const [first] = found;
  const [missing] = [...grades]
    .filter(([sku, grade]) => grade >= 2 && !shown.includes(sku))
    .sort((a, b) => b[1] - a[1])
    .flatMap(([sku]) => row(sku) ?? []);
  const best = first === undefined ? null : standing(first);
  const other = missing === undefined ? null : standing(missing);
  const place = missing === undefined ? -1 : found.indexOf(missing);
  const says: [string, string][] = [
    ["ndcg10", absent ? "nothing is right" : ndcg10.toFixed(3)],
    ["words", read],
    ["first", first === undefined ? "nothing was found" : titled(first, grades)],
  ];
  if (best) says.push(["because", told(best)]);
  if (missing !== undefined && other) {
    const at = place < 0 ? `not among ${DEPTH}` : `rank ${place + 1}`;
    says.push(["missing", `${titled(missing, grades)}, ${at}`], ["because", told(other)]);
  }
  return { text: query, says, decided: () => deciderOf(absent, best, other) };
}

function deciderOf(absent: boolean, best: Standing | null, other: Standing | null) {
  if (!best || absent) return DECIDED.sold();
  if (other && !isHit(other)) return DECIDED.words();
  return other?.beside && !best.beside ? DECIDED.beside() : DECIDED.score();
}

/** Under this a query is among those to look at. */
const GOOD = 0.8;

function told({ words, score, covered, beside }: Standing): string {
  const moved = beside ? ", put behind what it is bought for" : "";
  return `${score.toFixed(2)} of ${words}; has ${Math.round(covered * 100)} % of the query${moved}`;
}

function mean(values: readonly number[]): number {
  return values.reduce((sum, one) => sum + one, 0) / Math.max(1, values.length);
}

function rounded(value: number): number {
  return Math.round(value * 10_000) / 10_000;
}
