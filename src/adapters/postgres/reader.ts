import type { Entry, Versioned } from "../../domain/entry.ts";
import { Fault } from "../../domain/fault.ts";
import type { Found, KnowledgeLookup } from "../../domain/lookup.ts";
import type { Viewer } from "../../ports/search.ts";
import type { Hits } from "../lexical/hits.ts";
import { unwritten, written } from "../lexical/words.ts";
import type { Queries } from "./database.ts";

/** Reads entries by what they are called and where they stand, with the stock of the moment. */
export function readerOf(sql: Queries) {
  async function withStock(entries: readonly Versioned[], viewer: Viewer = NOBODY) {
    const skus = entries.filter(({ entry }) => entry.kind === "product").map(({ entry }) => entry.id);
    const stock: Record<string, number> = Object.fromEntries(skus.map((sku) => [sku, 0]));
    if (skus.length === 0) return { entries, stock };
    const rows = await sql.query(
      `SELECT sku, on_hand - coalesce((SELECT sum(quantity) FROM hold h
         WHERE h.sku = s.sku AND h.session <> $2 AND h.until > $3), 0)::bigint AS free
       FROM stock s WHERE sku = ANY($1)`,
      [skus.map(written), viewer.session, viewer.now],
    );
    for (const { sku, free } of rows) stock[unwritten(String(sku))] = Math.max(0, Number(free));
    return { entries, stock };
  }

  return {
    /** What a search by words hit, best first. */
    found: async (
      lookup: KnowledgeLookup,
      { entries, relaxed, tally, partial = false }: Hits,
      viewer?: Viewer,
    ): Promise<Found> => {
      const rows = await sql.query("SELECT n, version, live, body FROM entry WHERE n = ANY($1) AND live", [
        [...entries],
      ]);
      const known = new Map(rows.map((row) => [Number(row.n), versioned(row)]));
      const hits = await withStock(
        entries.flatMap((n) => known.get(n) ?? []),
        viewer,
      );
      // What is on hand may be held for others.
      const wanted = lookup.kind === "search" && lookup.filters.in_stock === true && relaxed !== true;
      const free = ({ entry }: Versioned) => hits.stock[entry.id] !== 0;
      const found = {
        lookup,
        ...hits,
        entries: wanted ? hits.entries.filter(free) : hits.entries,
        partial,
        ...(tally === undefined ? {} : { tally }),
      };
      return relaxed === undefined ? found : { ...found, relaxed };
    },
    versions: async (refs: readonly (readonly [id: string, version: string])[]): Promise<Versioned[]> => {
      const rows = await sql.query(
        `SELECT id, version, live, body FROM entry
         WHERE (id, version) IN (SELECT * FROM unnest($1::text[], $2::text[]))`,
        [refs.map(([id]) => written(id)), refs.map(([, version]) => version)],
      );
      const known = new Map(rows.map((row) => [`${row.version} ${row.id}`, versioned(row)]));
      return refs.map(([id, version]) => {
        const found = known.get(`${version} ${written(id)}`);
        if (found === undefined) throw new Fault("not_found", `there is no ${id} at version ${version}`);
        return found;
      });
    },
    census: async () => {
      const [row] = await sql.query(
        `SELECT (SELECT count(*) FROM product) AS products, (SELECT count(*) FROM passage) AS passages,
           (SELECT count(*) FROM voice) AS voices,
           ARRAY(SELECT DISTINCT currency FROM price ORDER BY currency) AS currencies`,
      );
      const { products, passages, voices, currencies } = row as Record<string, unknown>;
      return {
        ...{ products: Number(products), passages: Number(passages), voices: Number(voices) },
        currencies: currencies as string[],
      };
    },
  };
}

/** No instant of a hold is later. */
export const NOBODY: Viewer = { session: "", now: "~" };

function versioned(row: Record<string, unknown>): Versioned {
  return {
    entry: JSON.parse(String(row.body)) as Entry,
    version: String(row.version),
    live: row.live === true,
  };
}
