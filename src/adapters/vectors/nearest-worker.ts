import type { DatabaseSync } from "node:sqlite";
import { parentPort, workerData } from "node:worker_threads";
import type { Filters } from "../../domain/lookup.ts";
import type { Currency } from "../../domain/money.ts";
import { conditionsOf } from "../sqlite/conditions.ts";
import { open } from "../sqlite/database.ts";

/** Which products lie nearest to a vector, among those that meet the conditions; and how near some known ones lie. */
export interface Sought {
  readonly number: number;
  /** Whose vector it is: another model's lies in another space. */
  readonly model: string;
  readonly vector: Float32Array;
  readonly filters: Filters;
  readonly currency: Currency;
  /** Products found already. */
  readonly known: readonly string[];
}

/** A product and the cosine between it and what was asked for. */
export type Near = readonly [sku: string, cosine: number];
export type Answer = {
  readonly number: number;
  readonly near: readonly Near[] | null;
  readonly problem?: string;
};

/** Products that are held against the conditions, nearest first. */
const NEAREST = 100;

const db = open(String(workerData), { readonly: true });
const changes = db.prepare("SELECT changes FROM vector_changes");
let seen: unknown;
let space: Space | null = null;

parentPort?.on("message", (sought: Sought) => {
  let answer: Answer;
  try {
    answer = answered(sought);
  } catch (error) {
    answer = { number: sought.number, near: null, problem: String(error) };
  }
  parentPort?.postMessage(answer);
});

interface Space {
  readonly model: string;
  readonly dimensions: number;
  readonly rows: Float64Array;
  /** All vectors, one after another. */
  readonly numbers: Float32Array;
  readonly places: ReadonlyMap<number, number>;
}

function answered({ number, model, vector, filters, currency, known }: Sought): Answer {
  const now = changes.get()?.changes;
  if (now !== seen) space = spaceOf(db);
  seen = now;
  if (!space) return { number, near: null };
  if (space.model !== model || space.dimensions !== vector.length) {
    const problem = `vectors of ${vector.length} numbers by ${model}, where ${space.dimensions} by ${space.model} are kept`;
    return { number, near: null, problem };
  }
  const cosines = cosinesOf(space, vector);
  const meeting = meetingIn(space, cosines, filters, currency);
  const others = rowsOf(known).flatMap(([sku, n]): Near[] => {
    const place = space?.places.get(n);
    return place === undefined ? [] : [[sku, cosines[place] ?? 0]];
  });
  const told = new Set(others.map(([sku]) => sku));
  return { number, near: [...others, ...meeting.filter(([sku]) => !told.has(sku))] };
}

function spaceOf(on: DatabaseSync): Space | null {
  const kept = on.prepare("SELECT model, dimensions FROM vector_space").get();
  if (kept === undefined) return null;
  const dimensions = Number(kept.dimensions);
  const many = Number(on.prepare("SELECT count(*) AS many FROM vector").get()?.many);
  const numbers = new Float32Array(many * dimensions);
  const rows = new Float64Array(many);
  const places = new Map<number, number>();
  let at = 0;
  for (const row of on.prepare("SELECT n, numbers FROM vector").iterate()) {
    // One that came in since they were counted is seen the next time.
    if (at >= many || !(row.numbers instanceof Uint8Array)) continue;
    // Copied, since what SQLite hands over may begin anywhere.
    numbers.set(new Float32Array(Uint8Array.from(row.numbers).buffer), at * dimensions);
    rows[at] = Number(row.n);
    places.set(Number(row.n), at++);
  }
  return { model: String(kept.model), dimensions, rows, numbers, places };
}

function cosinesOf({ dimensions, rows, numbers }: Space, vector: Float32Array): Float32Array {
  const cosines = new Float32Array(rows.length);
  for (let at = 0, begin = 0; at < rows.length; at++, begin += dimensions) {
    let sum = 0;
    for (let one = 0; one < dimensions; one++) sum += (numbers[begin + one] ?? 0) * (vector[one] ?? 0);
    cosines[at] = sum;
  }
  return cosines;
}

/** The nearest are read first, so that what meets none of the conditions costs no more than they do. */
function meetingIn(
  { rows }: Space,
  cosines: Float32Array,
  filters: Filters,
  currency: Currency,
): readonly Near[] {
  const least = cosines.toSorted().at(-NEAREST) ?? Number.NEGATIVE_INFINITY;
  const near = new Map<number, number>();
  for (let at = 0; at < rows.length && near.size < NEAREST; at++)
    if ((cosines[at] ?? 0) >= least) near.set(rows[at] ?? 0, cosines[at] ?? 0);
  const { sql, values } = conditionsOf(db, filters);
  const found = db
    .prepare(
      `SELECT p.n AS n, p.sku AS sku FROM json_each(?) j CROSS JOIN product p ON p.n = j.value
         CROSS JOIN price c ON c.currency = ? AND c.n = p.n LEFT JOIN stock k ON k.sku = p.sku
       WHERE ${["1", ...sql].join(" AND ")}`,
    )
    .all(JSON.stringify([...near.keys()]), currency, ...values);
  return found.map(({ n, sku }): Near => [String(sku), near.get(Number(n)) ?? 0]);
}

function rowsOf(skus: readonly string[]): [sku: string, n: number][] {
  const found = db
    .prepare(
      `SELECT e.id AS sku, e.n AS n FROM json_each(?) j CROSS JOIN entry e ON e.id = j.value AND e.live = 1`,
    )
    .all(JSON.stringify(skus));
  return found.map(({ sku, n }) => [String(sku), Number(n)]);
}
