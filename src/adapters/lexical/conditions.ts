import type { Filters, SpecFilter } from "../../domain/lookup.ts";
import { terms } from "../../knowledge/terms.ts";
import { canonicalQuantity, nominalRange, type Quantity } from "../../knowledge/units.ts";
import { categoryPath, spaced } from "./words.ts";

/** How a store says in SQL what its standard leaves open. */
export interface Dialect {
  /** Whether a text column holds the text of a parameter. */
  holds(column: string): string;
  /** Whether a spec's key is one of those of a parameter, made of them by `keys`. */
  readonly among: string;
  keys(keys: readonly number[]): Value;
}
export type Value = string | number | readonly number[];

/** SQL conditions on `p` (product), `c` (price in the session's currency) and `k` (stock), with their values for each `?`. */
export interface Conditions {
  readonly sql: readonly string[];
  readonly values: readonly Value[];
}

/** `keys` are all of the catalogue's; they are read only when a condition asks for one. */
export function conditionsOf(filters: Filters, readKeys: () => readonly Key[], dialect: Dialect): Conditions {
  const all: Condition[] = [];
  if (filters.price_min !== undefined) all.push(["c.amount >= ?", filters.price_min]);
  if (filters.price_max !== undefined) all.push(["c.amount <= ?", filters.price_max]);
  if (filters.in_stock) all.push(["k.on_hand > 0"]);
  if (filters.brand !== undefined) all.push(...holds(dialect, "p.brand", filters.brand));
  if (filters.category !== undefined) all.push([dialect.holds("p.category"), categoryPath(filters.category)]);
  const specs = specsIn(filters);
  if (specs.length > 0) {
    const keys = readKeys();
    for (const spec of specs)
      all.push(specCondition(dialect, keys, spec), ...memoryCondition(dialect, keys, spec));
  }
  return { sql: all.map(([sql]) => sql), values: all.flatMap(([, ...values]) => values) };
}

/** Conditions on specs; an option is one that is equal. */
export function specsIn(filters: Filters): readonly SpecFilter[] {
  const options = Object.entries(filters.options ?? {}).map(([key, value]) => ({
    key,
    op: "eq" as const,
    value,
  }));
  return [...options, ...(filters.specs ?? [])];
}

type Condition = readonly [sql: string, ...values: Value[]];

function holds(dialect: Dialect, column: string, text: string): Condition[] {
  return terms(text).map((term) => [dialect.holds(column), ` ${term} `]);
}

/** A spec's key, its name and the terms of that between blanks. */
export interface Key {
  readonly key: number;
  readonly name: string;
  readonly words: string;
}

function specCondition(dialect: Dialect, keys: readonly Key[], filter: SpecFilter): Condition {
  const [test, ...values] = valueTest(dialect, filter);
  return [
    `EXISTS (SELECT 1 FROM spec s WHERE s.n = p.n AND ${dialect.among} AND ${test})`,
    dialect.keys(keysFor(keys, filter).map(({ key }) => key)),
    ...values,
  ];
}

/**
 * "At least 16 GB" is said of memory, and a disk of 250 GB does not meet it: no memory, and no figure in the title, may be
 * less. Above the sizes that memory has, or with a key, the unit tells enough.
 */
function memoryCondition(
  dialect: Dialect,
  keys: readonly Key[],
  { key, op, value, unit }: SpecFilter,
): Condition[] {
  if (key !== undefined || op !== "min" || typeof value !== "number" || unit === undefined) return [];
  const least = canonicalQuantity(value, unit);
  if (least.unit !== "gb" || least.value > MEMORY_MOST) return [];
  const memory = keys.filter(({ name, words }) => name === "" || (MEMORY.test(words) && !OTHER.test(words)));
  const sql = `NOT EXISTS (SELECT 1 FROM spec s WHERE s.n = p.n AND ${dialect.among} AND s.unit = 'gb' AND s.number BETWEEN ? AND ?)`;
  return [[sql, dialect.keys(memory.map((one) => one.key)), MEMORY_LEAST, least.value * (1 - 1e-9)]];
}

/** Gigabytes: less is a cache, more a disk. */
const MEMORY_LEAST = 0.25;
const MEMORY_MOST = 128;
const MEMORY = / (?:memory|ram) /;
const OTHER = / (?:maximum|max|graphic|video|flash|card|cache|slot|expandable) /;

/**
 * The catalogue's own keys for a filter's: the very name, else every key with all its words ("memory" is also
 * "internal_memory"). A key the catalogue has not got, or none, leaves it to the unit to say what is meant, among
 * what a product is called by: "27 inch" is a screen, never the width of the box it comes in.
 */
function keysFor(keys: readonly Key[], { key, unit }: SpecFilter): readonly Key[] {
  if (key !== undefined) {
    const exact = keys.filter(({ name }) => name === key);
    if (exact.length > 0) return exact;
    const wanted = terms(key);
    const alike = keys.filter(({ words }) => wanted.every((term) => words.includes(` ${term} `)));
    if (wanted.length > 0 && alike.length > 0) return alike;
    if (unit === undefined) return [];
  }
  return keys.filter(({ words }) => !OUTER_DIMENSION.test(words));
}

const OUTER_DIMENSION = / (?:package|packaging|box|pallet|master|case|width|height|depth|length|thickness) /;

function valueTest(dialect: Dialect, { op, value, unit }: SpecFilter): Condition {
  if (typeof value === "boolean") return ["s.unit IS NULL AND s.number = ?", value ? 1 : 0];
  if (typeof value === "string") {
    const found = holds(dialect, "s.text", value);
    return [
      found.map(([sql]) => sql).join(" AND ") || "1 = 0",
      ...found.map(([, term]) => term ?? spaced(value)),
    ];
  }
  if (unit === undefined)
    return [`s.unit IS NULL AND ${comparison(op)}`, ...bounds(op, { min: value, max: value })];
  const canonical: Quantity = canonicalQuantity(value, unit);
  const range = op === "eq" ? nominalRange(value, unit) : { min: canonical.value, max: canonical.value };
  return [`s.unit = ? AND ${comparison(op)}`, canonical.unit, ...bounds(op, range)];
}

function comparison(op: SpecFilter["op"]): string {
  if (op === "eq") return "s.number BETWEEN ? AND ?";
  return op === "min" ? "s.number >= ?" : "s.number <= ?";
}

/** Converted bounds are a hair wide: 1 lb and 453.59237 g must meet. */
function bounds(op: SpecFilter["op"], { min, max }: { min: number; max: number }): number[] {
  const low = min - Math.abs(min) * 1e-9;
  const high = max + Math.abs(max) * 1e-9;
  if (op === "eq") return [low, high];
  return op === "min" ? [low] : [high];
}
