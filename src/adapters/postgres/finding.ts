import type { Filters, Found, Lookup } from "../../domain/lookup.ts";
import type { Search, Viewer } from "../../ports/search.ts";
import type { Facts, Finding } from "../lexical/facts.ts";
import { tellingIn } from "../lexical/query.ts";
import { postgresCatalogue } from "./catalogue.ts";
import { openPostgres } from "./database.ts";
import { postgresSearch } from "./search.ts";

/**
 * PostgreSQL finds products while sessions, orders and stock live elsewhere: what it found is judged once more by the store
 * they live in, and told as that knows it. Its own stock is nobody's then, so it is not asked about that.
 */
export async function openPostgresFinding(url: string, facts: Facts, local: Search): Promise<Finding> {
  const sql = await openPostgres(url);
  const remote = postgresSearch(sql);

  async function searched(lookup: Extract<Lookup, { kind: "search" }>, deadline_ms: number, viewer?: Viewer) {
    const { in_stock, ...filters } = lookup.filters;
    const limit = in_stock ? Math.min(MOST, lookup.limit * 4) : lookup.limit;
    const found = await remote.find({ ...lookup, filters, limit }, deadline_ms);
    return toldBy(facts, lookup, found, in_stock ? { in_stock } : {}, viewer);
  }

  return {
    catalogue: postgresCatalogue(sql, 0),
    search: {
      find: (lookup, deadline_ms, viewer) =>
        // Without words it is conditions alone, and what is in stock comes first: the store knows that.
        lookup.kind === "search" && tellingIn(lookup.text).length > 0
          ? searched(lookup, deadline_ms, viewer)
          : local.find(lookup, deadline_ms, viewer),
      recall: local.recall,
      census: local.census,
      close: async () => {
        await remote.close();
        await sql.end();
        await facts.close();
        await local.close();
      },
    },
  };
}

/** As many as a look-up may ask for. */
const MOST = 50;

/** What was found, in its order, with the facts of the store; of a relaxed search only stock is still a condition. */
async function toldBy(
  facts: Facts,
  lookup: Extract<Lookup, { kind: "search" }>,
  { entries, partial, relaxed }: Found,
  stock: Filters,
  viewer?: Viewer,
): Promise<Found> {
  const skus = entries.map(({ entry }) => entry.id);
  const conditions = relaxed ? stock : lookup.filters;
  const met = await facts.meeting(skus, lookup.currency, conditions);
  const rows = new Map(met.map(({ sku, n }) => [sku, n]));
  const hits = skus.flatMap((sku) => rows.get(sku) ?? []).slice(0, lookup.limit);
  return facts.found(lookup, { entries: hits, relaxed: relaxed ?? false, partial }, viewer);
}
