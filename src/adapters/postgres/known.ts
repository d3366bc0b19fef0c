import type { Entry, Versioned } from "../../domain/entry.ts";
import type { Found, KnowledgeLookup } from "../../domain/lookup.ts";
import type { Viewer } from "../../ports/search.ts";
import { unwritten, written } from "../lexical/words.ts";
import { type Ask, all, asking } from "./asking.ts";
import type { Database, Row } from "./database.ts";
import { gathering } from "./gathering.ts";
import { NOBODY } from "./reader.ts";

/** What is named by its code. */
export type ByCode = Extract<KnowledgeLookup, { kind: "products" | "bundles" }>;

interface Asked {
  readonly lookup: ByCode;
  readonly viewer: Viewer;
}

/**
 * Products and bundles by code, many look-ups a round trip. What is live is remembered until a load changes anything, which
 * every round asks about; stock never is.
 */
export function knownIn(sql: Database): (lookup: ByCode, viewer?: Viewer) => Promise<Found> {
  const kept = {
    changes: -1,
    products: new Map<string, Versioned | null>(),
    bundles: new Map<string, Versioned[]>(),
  };

  const round = (asked: readonly Asked[]) =>
    sql.alone(async (client) => {
      const ask = asking(client);
      const [{ changes, free }] = await all([stockOf(ask, asked), remember(ask, asked, kept)]);
      if (changes !== kept.changes) {
        kept.changes = changes;
        kept.products.clear();
        kept.bundles.clear();
        await remember(ask, asked, kept);
      }
      const found = asked.map((one) => foundOf(one, kept, free));
      for (const map of [kept.products, kept.bundles]) if (map.size > CACHED) map.clear();
      return found;
    });
  const gathered = gathering(round, MOST);
  return (lookup, viewer = NOBODY) => gathered({ lookup, viewer });
}

const MOST = 256;
const CACHED = 5_000;

interface Kept {
  readonly products: Map<string, Versioned | null>;
  /** By each of their parts. */
  readonly bundles: Map<string, Versioned[]>;
}

const skusOf = (asked: readonly Asked[], kind: ByCode["kind"]) =>
  asked.flatMap(({ lookup }) => (lookup.kind === kind ? lookup.skus : []));

async function remember(ask: Ask, asked: readonly Asked[], { products, bundles }: Kept): Promise<void> {
  const unknown = [...new Set(skusOf(asked, "products"))].filter((sku) => !products.has(sku));
  const parts = [...new Set(skusOf(asked, "bundles"))].filter((sku) => !bundles.has(sku));
  const [rows, bundled] = await all([
    unknown.length === 0
      ? []
      : ask(
          "read products",
          `SELECT DISTINCT ON (id) id, version, live, body FROM entry WHERE id = ANY($1::text[]) AND kind = 'product'
           ORDER BY id, serial DESC`,
          [unknown.map(written)],
        ),
    parts.length === 0
      ? []
      : ask(
          "read bundles",
          `SELECT b.sku, e.version, e.live, e.body FROM bundle_part b JOIN entry e ON e.n = b.n
           WHERE e.live AND b.sku = ANY($1::text[])`,
          [parts.map(written)],
        ),
  ]);
  for (const sku of unknown) products.set(sku, null);
  for (const row of rows) products.set(unwritten(String(row.id)), versioned(row));
  for (const sku of parts) bundles.set(sku, []);
  for (const row of bundled) bundles.get(unwritten(String(row.sku)))?.push(versioned(row));
}

/** What is free of each product to each viewer, and how often a load changed anything. */
async function stockOf(ask: Ask, asked: readonly Asked[]) {
  const pairs = asked.flatMap(({ lookup, viewer }) =>
    lookup.kind === "products" ? lookup.skus.map((sku) => [written(sku), viewer.session, viewer.now]) : [],
  );
  const column = (at: number) => pairs.map((pair) => pair[at]);
  const [changes, rows] = await all([
    ask("read changes", "SELECT changes FROM knowledge", []),
    pairs.length === 0
      ? []
      : ask(
          "read stock",
          `SELECT v.sku, v.session, v.now, greatest(0, s.on_hand - coalesce((SELECT sum(quantity) FROM hold h
             WHERE h.sku = v.sku AND h.session <> v.session AND h.until > v.now), 0))::bigint AS free
           FROM unnest($1::text[], $2::text[], $3::text[]) AS v (sku, session, now) JOIN stock s ON s.sku = v.sku`,
          [column(0), column(1), column(2)],
        ),
  ]);
  const free = new Map(rows.map((row) => [`${row.session} ${row.now} ${row.sku}`, Number(row.free)]));
  return { changes: Number(changes[0]?.changes), free };
}

function foundOf({ lookup, viewer }: Asked, kept: Kept, free: ReadonlyMap<string, number>): Found {
  if (lookup.kind === "bundles") {
    const all = new Map(
      lookup.skus.flatMap((sku) => kept.bundles.get(sku) ?? []).map((one) => [one.entry.id, one]),
    );
    const entries = [...all.values()].toSorted((a, b) => (a.entry.id < b.entry.id ? -1 : 1));
    return { lookup, entries, stock: {}, partial: false };
  }
  const entries = [...new Set(lookup.skus)].flatMap((sku) => kept.products.get(sku) ?? []);
  const stock = entries.map(({ entry: { id } }) => [
    id,
    free.get(`${viewer.session} ${viewer.now} ${written(id)}`) ?? 0,
  ]);
  return { lookup, entries, stock: Object.fromEntries(stock), partial: false };
}

function versioned(row: Row): Versioned {
  return {
    entry: JSON.parse(String(row.body)) as Entry,
    version: String(row.version),
    live: row.live === true,
  };
}
