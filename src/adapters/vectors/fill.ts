import type { DatabaseSync } from "node:sqlite";
import { BOUNDS } from "../../domain/bounds.ts";
import type { Product } from "../../domain/entry.ts";
import { digest } from "../../domain/hash.ts";
import type { Embed } from "../../ports/embed.ts";
import { inTransaction } from "../sqlite/transaction.ts";
import { textOf } from "./product-text.ts";

/** What one run did: vectors made, and taken over from an earlier version of the same text. */
export interface Filled {
  readonly made: number;
  readonly reused: number;
  /** Products that have none still. */
  readonly missing: number;
  /** Why some are missing, or null. */
  readonly problem: string | null;
}

/**
 * Makes the vectors that live products lack. What another model made, or this one with another number of dimensions, is
 * thrown away first. Ends early when the server cannot be had; whoever calls again goes on where it ended. Each request
 * is one short transaction.
 */
export async function fill(db: DatabaseSync, embed: Embed, signal: AbortSignal): Promise<Filled> {
  const sql = statementsOf(db);
  const done = { made: 0, reused: 0 };
  const ended = (problem: string | null): Filled => ({
    ...done,
    missing: Number(sql.lacking.get()?.many),
    problem,
  });
  const dimensions = await dimensionsOf(embed, signal);
  if (typeof dimensions === "string") return ended(dimensions);
  const products = Number(sql.products.get()?.many);
  if (products * dimensions > BOUNDS.vector_numbers)
    return ended(`${products} products of ${dimensions} numbers are too many to keep`);
  settle(db, sql, embed.id, dimensions);
  let problem: string | null = null;
  let before = { n: 0, changes: 0 };
  for (;;) {
    const rows = sql.missing.all(before.n, BOUNDS.embed_texts).map(wantedOf);
    const last = rows.at(-1);
    if (last === undefined || signal.aborted) break;
    const known = rows.flatMap((row) => {
      const body = sql.alike.get(row.digest)?.numbers;
      return body instanceof Uint8Array ? [{ ...row, numbers: body }] : [];
    });
    const fresh = rows.filter((row) => !known.some(({ n }) => n === row.n));
    const made = await numbersOf(embed, fresh, dimensions, signal);
    if (typeof made === "string") problem = made;
    const whole = typeof made === "string" ? known : [...known, ...made];
    inTransaction(db, () => {
      for (const { n, digest: text, numbers } of whole) sql.put.run(n, text, numbers);
    });
    done.made += whole.length - known.length;
    done.reused += known.length;
    if (typeof made === "string" && !made.startsWith("bad_")) break;
    before = { n: last.n, changes: before.changes + whole.length };
    if (before.changes >= TOLD_EVERY) {
      sql.changed.run();
      before.changes = 0;
    }
  }
  sql.drop.run();
  sql.changed.run();
  return ended(problem);
}

/** Vectors after which readers are told to look again: all of theirs are then read anew. */
const TOLD_EVERY = 4_096;

interface Lacking {
  readonly n: number;
  readonly text: string;
  readonly digest: string;
}

function wantedOf(row: Record<string, unknown>): Lacking {
  const text = textOf(JSON.parse(String(row.body)) as Product);
  return { n: Number(row.n), text, digest: digest(text) };
}

/** How many numbers this model's vectors have now, or why it makes none. */
async function dimensionsOf(embed: Embed, signal: AbortSignal): Promise<number | string> {
  const first = await embed.vectors(["office chair"], { signal: within(signal) });
  return first.ok ? (first.vectors[0]?.length ?? 0) : `${first.why}: ${first.detail}`;
}

async function numbersOf(
  embed: Embed,
  rows: readonly Lacking[],
  dimensions: number,
  signal: AbortSignal,
): Promise<(Lacking & { numbers: Uint8Array })[] | string> {
  if (rows.length === 0) return [];
  const texts = rows.map(({ text }) => text);
  const got = await embed.vectors(texts, { signal: within(signal) });
  if (!got.ok) return `${got.why}: ${got.detail}`;
  const odd = got.vectors.find(({ length }) => length !== dimensions);
  if (odd) return `bad_answer: vectors of ${odd.length} numbers, where others have ${dimensions}`;
  return rows.flatMap((row, at) => {
    const vector = got.vectors[at];
    return vector ? [{ ...row, numbers: new Uint8Array(vector.buffer) }] : [];
  });
}

function within(signal: AbortSignal): AbortSignal {
  return AbortSignal.any([signal, AbortSignal.timeout(BOUNDS.embed_batch_ms)]);
}

/** Vectors of two models lie in two spaces: nothing can be compared across them. */
function settle(db: DatabaseSync, sql: Statements, model: string, dimensions: number): void {
  const space = sql.space.get();
  if (space?.model === model && space.dimensions === dimensions) return;
  inTransaction(db, () => {
    db.exec("DELETE FROM vector; DELETE FROM vector_space");
    sql.settle.run(model, dimensions);
    sql.changed.run();
  });
}

type Statements = ReturnType<typeof statementsOf>;

function statementsOf(db: DatabaseSync) {
  return {
    products: db.prepare("SELECT count(*) AS many FROM product"),
    lacking: db.prepare("SELECT count(*) AS many FROM product WHERE n NOT IN (SELECT n FROM vector)"),
    space: db.prepare("SELECT model, dimensions FROM vector_space"),
    settle: db.prepare("INSERT INTO vector_space (model, dimensions) VALUES (?, ?)"),
    missing: db.prepare(
      `SELECT p.n, e.body FROM product p JOIN entry e ON e.n = p.n
       WHERE p.n > ? AND NOT EXISTS (SELECT 1 FROM vector v WHERE v.n = p.n) ORDER BY p.n LIMIT ?`,
    ),
    alike: db.prepare("SELECT numbers FROM vector WHERE text = ? LIMIT 1"),
    put: db.prepare("INSERT OR REPLACE INTO vector (n, text, numbers) VALUES (?, ?, ?)"),
    drop: db.prepare("DELETE FROM vector WHERE n NOT IN (SELECT n FROM product)"),
    changed: db.prepare("UPDATE vector_changes SET changes = changes + 1"),
  };
}
