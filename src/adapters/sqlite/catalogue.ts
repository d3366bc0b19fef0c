import type { DatabaseSync } from "node:sqlite";
import { setImmediate } from "node:timers/promises";
import type { Entry } from "../../domain/entry.ts";
import { Fault } from "../../domain/fault.ts";
import type { Catalogue, Load, LoadReport } from "../../ports/catalogue.ts";
import { isFirst, versionOf } from "../lexical/versions.ts";
import { type Projection, projection } from "./projection.ts";
import { SEALED, sealer } from "./sealing.ts";
import { SPAN } from "./segments.ts";
import { inTransaction } from "./transaction.ts";

/**
 * The knowledge base, write side. `default_stock` is what is on hand of a product that never stated it.
 * Each entry becomes visible whole with its batch; a load that ends early has withdrawn nothing and can be run again.
 */
export function sqliteCatalogue(db: DatabaseSync, default_stock: number, sealed = SEALED): Catalogue {
  const sql = statementsOf(db);
  const projected = projection(db);
  const seal = sealer(db, sealed);

  return {
    begin: async (origin) => {
      let written = 0;
      const seen = new Map<string, string>();
      const report = { added: 0, changed: 0, unchanged: 0, withdrawn: 0 };
      return {
        put: async (entries) => {
          for (let at = 0; at < entries.length; at += BATCH) {
            const batch = entries
              .slice(at, at + BATCH)
              .map((entry) => ({ entry, version: versionOf(entry) }));
            const fresh = batch.filter((item) => isFirst(seen, item));
            const prepared = fresh.map((item) => ({ ...item, rows: newRows(sql, projected, item) }));
            inTransaction(db, () => {
              for (const item of prepared) report[store(sql, projected, origin, default_stock, item)]++;
              if (prepared.some((item) => item.rows !== null)) sql.changed.run();
            });
            written += prepared.length;
            if (written >= SPAN) {
              seal(Number(sql.last.get()?.n));
              written = 0;
            }
            await setImmediate();
          }
        },
        finish: async () => {
          const gone = sql.liveOf.all(origin).filter((row) => !seen.has(String(row.id)));
          for (let at = 0; at < gone.length; at += BATCH) {
            inTransaction(db, () => {
              for (const row of gone.slice(at, at + BATCH)) withdraw(sql, projected, row);
              sql.changed.run();
            });
            await setImmediate();
          }
          seal();
          return { ...report, withdrawn: gone.length } satisfies LoadReport;
        },
        leave: async () => {
          seal();
          return { ...report };
        },
      } satisfies Load;
    },
  };
}

/** Entries of one transaction. Terms and digests are made before it begins, so that it only writes. */
const BATCH = 250;

interface Prepared {
  readonly entry: Entry;
  readonly version: string;
  /** Null when the entry was current a moment ago. */
  readonly rows: ReturnType<Projection["prepare"]> | null;
}

function newRows(sql: Statements, projected: Projection, { entry, version }: Omit<Prepared, "rows">) {
  const current = sql.current.get(entry.id);
  return current?.live === 1 && current.version === version ? null : projected.prepare(entry);
}

function store(
  sql: Statements,
  projected: Projection,
  origin: string,
  default_stock: number,
  { entry, version, rows }: Prepared,
): "added" | "changed" | "unchanged" {
  const current = sql.current.get(entry.id);
  if (entry.kind === "product") stock(sql, entry.id, entry.stock, default_stock);
  if (current?.live === 1 && current.version === version) {
    if (current.origin !== origin) sql.adopt.run(origin, Number(current.n));
    return "unchanged";
  }
  if (current?.live === 1 && current.kind !== entry.kind) {
    throw new Fault("bad_source", `${entry.id} is already the id of a ${current.kind}`, {
      detail: { source: entry.source.name },
    });
  }
  if (current?.live === 1) withdraw(sql, projected, current);
  const serial = Number(current?.serial ?? 0) + 1;
  const n = Number(sql.put.get(entry.id, version, serial, entry.kind, origin, JSON.stringify(entry))?.n);
  projected.write(n, rows ?? projected.prepare(entry));
  return current?.live === 1 ? "changed" : "added";
}

function stock(sql: Statements, sku: string, stated: number | undefined, default_stock: number): void {
  if (stated === undefined) sql.assumeStock.run(sku, default_stock);
  else sql.stateStock.run(sku, stated, stated);
}

function withdraw(sql: Statements, projected: Projection, row: Record<string, unknown>): void {
  projected.remove(Number(row.n), String(row.kind));
  sql.withdraw.run(Number(row.n));
}

type Statements = ReturnType<typeof statementsOf>;

function statementsOf(db: DatabaseSync) {
  return {
    current: db.prepare(
      "SELECT n, version, serial, kind, live, origin FROM entry WHERE id = ? ORDER BY serial DESC LIMIT 1",
    ),
    last: db.prepare("SELECT max(n) AS n FROM entry"),
    changed: db.prepare("UPDATE knowledge SET changes = changes + 1"),
    liveOf: db.prepare("SELECT n, id, kind FROM entry WHERE origin = ? AND live = 1"),
    adopt: db.prepare("UPDATE entry SET origin = ? WHERE n = ?"),
    withdraw: db.prepare("UPDATE entry SET live = 0 WHERE n = ?"),
    // A version that was there before comes back to life with the body it had.
    put: db.prepare(
      `INSERT INTO entry (id, version, serial, kind, live, origin, body) VALUES (?, ?, ?, ?, 1, ?, ?)
       ON CONFLICT (id, version) DO UPDATE SET live = 1, serial = excluded.serial, origin = excluded.origin
       RETURNING n`,
    ),
    stateStock: db.prepare(
      `INSERT INTO stock (sku, on_hand, stated) VALUES (?, ?, ?)
       ON CONFLICT (sku) DO UPDATE SET on_hand = excluded.on_hand, stated = excluded.stated
       WHERE stated IS NOT excluded.stated`,
    ),
    assumeStock: db.prepare("INSERT INTO stock (sku, on_hand) VALUES (?, ?) ON CONFLICT (sku) DO NOTHING"),
  };
}
