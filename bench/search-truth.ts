import { existsSync, readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { gunzipSync } from "node:zlib";

/**
 * What people judged, and the measures over it. It shares no code with src: an oracle that reads words as the search
 * does would forgive its mistakes.
 */
export interface Truth {
  /** query → product id → grade 0 to 3. */
  readonly grades: ReadonlyMap<string, ReadonlyMap<string, number>>;
  /** Queries for things the shop has not got: the right answer is nothing. */
  readonly absent: ReadonlySet<string>;
}

/** Reads every `judgements*.jsonl` of the folder; `absent.json`, a list of queries, takes the place of `ABSENT`. */
export function truthOf(folder: string): Truth {
  const grades = new Map<string, Map<string, number>>();
  for (const name of readdirSync(folder).filter((one) => /^judgements.*\.jsonl$/.test(one))) {
    for (const line of readFileSync(join(folder, name), "utf8").split("\n")) {
      if (line.trim() === "") continue;
      const { query, docid, rating } = JSON.parse(line) as { query: string; docid: unknown; rating: number };
      const of = grades.get(query) ?? new Map<string, number>();
      of.set(String(docid), rating);
      grades.set(query, of);
    }
  }
  const own = join(folder, "absent.json");
  const absent = existsSync(own) ? (JSON.parse(readFileSync(own, "utf8")) as string[]) : ABSENT;
  return { grades, absent: new Set(absent) };
}

/** Icecat-chorus: checked against the titles, at most accessories for them are in the catalogue. */
const ABSENT = [
  "garmin",
  "ipad pro",
  "iphone 7",
  "iphone 11",
  "iphone xr",
  "nintendo switch games",
  "the boys",
  "youtube",
];

/** Whether anybody found a product for the query; the measures are means over these queries. */
export function isAnswerable(truth: Truth, query: string): boolean {
  return [...(truth.grades.get(query)?.values() ?? [])].some((grade) => grade > 0);
}

/** Gain 2^grade - 1, what nobody judged 0, over the best order of what was judged. Source: Järvelin & Kekäläinen 2002. */
export function ndcg(grades: ReadonlyMap<string, number>, found: readonly string[], depth = 10): number {
  const ideal = dcg([...grades.values()].sort((a, b) => b - a).slice(0, depth));
  return ideal === 0 ? 0 : dcg(found.slice(0, depth).map((id) => grades.get(id) ?? 0)) / ideal;
}

/** The same over the judged products alone, in the order they were found. */
export function judgedNdcg(grades: ReadonlyMap<string, number>, found: readonly string[]): number {
  return ndcg(
    grades,
    found.filter((id) => grades.has(id)),
  );
}

/** Of the products graded 2 or 3, the share among the first `depth`; null when there is none. */
export function recall(
  grades: ReadonlyMap<string, number>,
  found: readonly string[],
  depth = 100,
): number | null {
  const good = [...grades].filter(([, grade]) => grade >= 2).map(([id]) => id);
  const first = new Set(found.slice(0, depth));
  return good.length === 0 ? null : good.filter((id) => first.has(id)).length / good.length;
}

function dcg(grades: readonly number[]): number {
  return grades.reduce((sum, grade, at) => sum + (2 ** grade - 1) / Math.log2(at + 2), 0);
}

/** A product sheet, as the engines are given it. */
export interface Sheet {
  readonly id: string;
  readonly title: string;
  readonly description: string;
  readonly supplier: string;
  /** What attributes say in words. */
  readonly texts: string;
  /** All of them, by name. */
  readonly attributes: string;
}

/** The products of the folder. */
export function sheetsOf(folder: string): Sheet[] {
  const lines = gunzipSync(readFileSync(join(folder, "products.jsonl.gz")))
    .toString()
    .split("\n");
  return lines
    .filter((line) => line !== "")
    .map((line) => {
      const row = JSON.parse(line) as Record<string, unknown>;
      const attributes = Object.entries(row).filter(([name]) => /^attr_[tnb]_/.test(name));
      return {
        id: String(row.id),
        title: String(row.title ?? ""),
        description: String(row.short_description ?? ""),
        supplier: String(row.supplier ?? ""),
        texts: attributes
          .flatMap(([name, value]) => (name.startsWith("attr_t_") ? [String(value)] : []))
          .join(" . "),
        attributes: attributes
          .filter(([, value]) => value !== false)
          .map(([name, value]) => `${name.slice(7).replaceAll("_", " ")}${value === true ? "" : ` ${value}`}`)
          .join(" . "),
      };
    });
}
