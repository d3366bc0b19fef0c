import type { Entry } from "../../domain/entry.ts";
import { Fault } from "../../domain/fault.ts";
import type { Catalogue, Load } from "../../ports/catalogue.ts";
import { isFirst, versionOf } from "../lexical/versions.ts";
import { unwritten, written } from "../lexical/words.ts";
import type { Database, Queries } from "./database.ts";
import { project, unproject } from "./projection.ts";

/**
 * The knowledge base, write side. `default_stock` is what is on hand of a product that never stated it. One batch of
 * entries is one transaction; loads that run at once take turns.
 */
export function postgresCatalogue(sql: Database, default_stock: number): Catalogue {
  return {
    begin: async (origin) => {
      const seen = new Map<string, string>();
      const report = { added: 0, changed: 0, unchanged: 0, withdrawn: 0 };
      return {
        put: async (entries) => {
          for (let at = 0; at < entries.length; at += BATCH) {
            const batch = entries
              .slice(at, at + BATCH)
              .map((entry) => ({ entry, version: versionOf(entry) }))
              .filter((item) => isFirst(seen, item));
            const done = await inTurn(sql, (tx) => store(tx, origin, default_stock, batch));
            report.added += done.added;
            report.changed += done.changed;
            report.unchanged += done.unchanged;
          }
        },
        finish: async () => {
          const live = await sql.query("SELECT n, id FROM entry WHERE origin = $1 AND live", [
            written(origin),
          ]);
          const gone = live.filter(({ id }) => !seen.has(unwritten(String(id)))).map(({ n }) => Number(n));
          for (let at = 0; at < gone.length; at += BATCH)
            await inTurn(sql, (tx) => withdraw(tx, gone.slice(at, at + BATCH)));
          // Not left to the server's own time: searches right after a first load would be planned for empty tables.
          if (report.added + report.changed + gone.length >= MUCH) await sql.query(`ANALYZE ${ANALYZED}`);
          return { ...report, withdrawn: gone.length };
        },
        leave: async () => ({ ...report }),
      } satisfies Load;
    },
  };
}

const BATCH = 250;

/** Changes after which the server's statistics are taken anew. */
const MUCH = 1_000;
const ANALYZED = "entry, stock, product, price, spec, term, voice, passage";

async function inTurn<T>(sql: Database, work: (tx: Queries) => Promise<T>): Promise<T> {
  return sql.begin("READ COMMITTED", async (tx) => {
    await tx.query("SELECT pg_advisory_xact_lock(hashtext('parley catalogue'))");
    return work(tx);
  });
}

interface Item {
  readonly entry: Entry;
  readonly version: string;
}

/** What stands under an id now, live or not. */
interface Current {
  readonly n: number;
  readonly version: string;
  readonly serial: number;
  readonly kind: string;
  readonly live: boolean;
  readonly origin: string;
}

async function store(tx: Queries, origin: string, default_stock: number, items: readonly Item[]) {
  const current = await currentOf(tx, items);
  const isCurrent = ({ entry, version }: Item) => {
    const known = current.get(entry.id);
    return known?.live === true && known.version === version;
  };
  await stock(tx, items, default_stock);
  const unchanged = items.filter(isCurrent);
  const moved = unchanged
    .map(({ entry }) => current.get(entry.id))
    .filter((one) => one?.origin !== written(origin));
  await tx.query("UPDATE entry SET origin = $1 WHERE n = ANY($2)", [
    written(origin),
    moved.map((one) => one?.n ?? 0),
  ]);
  const fresh = items.filter((item) => !isCurrent(item));
  const replaced: number[] = [];
  for (const { entry } of fresh) {
    const known = current.get(entry.id);
    if (known?.live !== true) continue;
    if (known.kind !== entry.kind)
      throw new Fault("bad_source", `${entry.id} is already the id of a ${known.kind}`, {
        detail: { source: entry.source.name },
      });
    replaced.push(known.n);
  }
  await withdraw(tx, replaced);
  await put(tx, origin, fresh, current);
  return {
    added: fresh.length - replaced.length,
    changed: replaced.length,
    unchanged: unchanged.length,
  };
}

async function currentOf(tx: Queries, items: readonly Item[]): Promise<ReadonlyMap<string, Current>> {
  const rows = await tx.query(
    `SELECT DISTINCT ON (id) id, n, version, serial, kind, live, origin FROM entry WHERE id = ANY($1)
     ORDER BY id, serial DESC`,
    [items.map(({ entry }) => written(entry.id))],
  );
  return new Map(rows.map((row) => [unwritten(String(row.id)), row as unknown as Current]));
}

/** Only a changed `stated` sets what is on hand. */
async function stock(tx: Queries, items: readonly Item[], default_stock: number): Promise<void> {
  const rows = items.flatMap(({ entry }) =>
    entry.kind === "product" ? [{ sku: written(entry.id), stated: entry.stock ?? null }] : [],
  );
  await tx.query(
    `INSERT INTO stock (sku, on_hand, stated)
       SELECT sku, coalesce(stated, $2::bigint), stated FROM jsonb_to_recordset($1) AS s (sku text, stated bigint)
       ORDER BY sku COLLATE "C" -- as the store locks them
     ON CONFLICT (sku) DO UPDATE SET on_hand = excluded.on_hand, stated = excluded.stated
     WHERE excluded.stated IS NOT NULL AND stock.stated IS DISTINCT FROM excluded.stated`,
    [tx.json(rows), default_stock],
  );
}

/** A version that was there before comes back to life with the body it had. */
async function put(
  tx: Queries,
  origin: string,
  items: readonly Item[],
  current: ReadonlyMap<string, Current>,
): Promise<void> {
  if (items.length === 0) return;
  const rows = items.map(({ entry, version }) => ({
    id: written(entry.id),
    version,
    serial: (current.get(entry.id)?.serial ?? 0) + 1,
    kind: entry.kind,
    body: JSON.stringify(entry),
  }));
  const made = await tx.query(
    `INSERT INTO entry (id, version, serial, kind, live, origin, body)
       SELECT id, version, serial, kind, true, $2, body
       FROM jsonb_to_recordset($1) AS e (id text, version text, serial integer, kind text, body text)
     ON CONFLICT (id, version) DO UPDATE SET live = true, serial = excluded.serial, origin = excluded.origin
     RETURNING n, id`,
    [tx.json(rows), written(origin)],
  );
  const numbers = new Map(made.map(({ n, id }) => [unwritten(String(id)), Number(n)]));
  await project(
    tx,
    items.map(({ entry }) => ({ n: numbers.get(entry.id) ?? 0, entry })),
  );
}

async function withdraw(tx: Queries, numbers: readonly number[]): Promise<void> {
  if (numbers.length === 0) return;
  await unproject(tx, numbers);
  await tx.query("UPDATE entry SET live = false WHERE n = ANY($1)", [[...numbers]]);
}
