import type { Found, Lookup } from "../../domain/lookup.ts";
import type { Search, Viewer } from "../../ports/search.ts";
import type { Facts } from "../lexical/facts.ts";
import type { Unknown } from "../lexical/learning.ts";
import { COLUMNS } from "../lexical/postings.ts";
import { type Remote, remoteSearch, type Seen } from "../lexical/remote.ts";
import { unwritten } from "../lexical/words.ts";
import { areTogether, beginsWith, candidateQuery, holds, isNamedBy } from "./query.ts";
import { Answer, callsTo } from "./wire.ts";

type ProductLookup = Extract<Lookup, { kind: "search" }>;
type Ask = (body: object) => Promise<Answer>;

/**
 * Product search by an OpenSearch index: it finds candidates, they are rated as everywhere, and `facts` says what is live,
 * what it costs and what is left of it. All other look-ups are `local`'s. Both are closed with this.
 */
export function openSearch(url: string, facts: Facts, local: Search): Search {
  const call = callsTo(url);
  const products = remoteSearch();
  let closed = false;

  async function searched(lookup: ProductLookup, deadline_ms: number, viewer?: Viewer): Promise<Found> {
    const signal = AbortSignal.timeout(deadline_ms);
    const ends = Date.now() + deadline_ms;
    // The engine gives back what it has a little before nobody waits for it.
    const ask: Ask = async (body) => {
      const timeout = `${Math.max(1, Math.floor((ends - Date.now()) * IN_TIME))}ms`;
      return Answer.parse(await call("POST", "/_search", { ...body, timeout }, signal));
    };
    try {
      return await facts.found(lookup, await products(await catalogueOf(ask, facts), lookup), viewer);
    } catch (error) {
      if (signal.aborted) return { lookup, entries: [], stock: {}, partial: true };
      throw error;
    }
  }

  return {
    find: (lookup, deadline_ms, viewer) => {
      if (lookup.kind !== "search") return local.find(lookup, deadline_ms, viewer);
      if (closed || deadline_ms <= 0)
        return Promise.resolve({ lookup, entries: [], stock: {}, partial: true });
      return searched(lookup, deadline_ms, viewer);
    },
    recall: local.recall,
    census: local.census,
    close: async () => {
      closed = true;
      await facts.close();
      await local.close();
    },
  };
}

const IN_TIME = 0.8;

async function catalogueOf(ask: Ask, facts: Facts): Promise<Remote> {
  const means = COLUMNS.map((name) => [name, { avg: { field: `lengths.${name}` } }] as const);
  const { hits, aggregations } = await ask({
    size: 0,
    track_total_hits: true,
    aggs: { ...Object.fromEntries(means), at: { max: { field: "at" } } },
  });
  const size = hits.total?.value ?? 0;
  return {
    changes: `${size} ${aggregations?.at?.value ?? 0}`,
    size,
    mean: COLUMNS.map((name) => Math.max(1e-9, aggregations?.[name]?.value ?? 1)),
    answers: (unknown) => answersOf(ask, unknown),
    candidates: (query, currency, filters, most) => candidates(ask, facts, query, currency, filters, most),
    browsed: facts.browsed,
  };
}

async function answersOf(ask: Ask, unknown: readonly Unknown[]): Promise<readonly unknown[]> {
  const asked = unknown.flatMap((one) => (one.about === "frequency" ? [one.term] : []));
  const counts = asked.length === 0 ? new Map<string, number>() : await frequencies(ask, asked);
  return Promise.all(unknown.map((one) => answerOf(ask, one, counts)));
}

async function answerOf(ask: Ask, one: Unknown, counts: ReadonlyMap<string, number>): Promise<unknown> {
  switch (one.about) {
    case "frequency":
      return counts.get(one.term) ?? 0;
    case "beginning": {
      const include = beginsWith(one.prefix, one.least, one.most);
      const { aggregations } = await ask({
        size: 0,
        aggs: { terms: { terms: { field: "terms", include, size: ALIKE } } },
      });
      return aggregations?.terms?.buckets?.map(({ key = "", doc_count }) => [key, doc_count]) ?? [];
    }
    case "together": {
      const query = { bool: { filter: [areTogether(one.first, one.second)] } };
      const { hits } = await ask({ size: 0, track_total_hits: 1, query });
      return (hits.total?.value ?? 0) > 0;
    }
    case "named": {
      const query = { bool: { filter: [isNamedBy(one.term)] } };
      const { hits } = await ask({ size: one.most, _source: ["columns"], query });
      return hits.hits.map(({ _source }) => _source.columns[0] ?? "");
    }
  }
}

/** Words that begin alike, among which a slip is looked for. */
const ALIKE = 10_000;

async function frequencies(ask: Ask, asked: readonly string[]): Promise<Map<string, number>> {
  const { aggregations } = await ask({
    size: 0,
    aggs: { terms: { filters: { filters: asked.map(holds) } } },
  });
  const buckets = aggregations?.terms?.buckets ?? [];
  return new Map(asked.map((term, at) => [term, buckets[at]?.doc_count ?? 0]));
}

/** Page after page, until enough meet the conditions as they are now. */
async function candidates(
  ask: Ask,
  facts: Facts,
  ...[query, currency, filters, most]: Parameters<Remote["candidates"]>
): Promise<Seen> {
  const rows: Seen["rows"][number][] = [];
  const wanted = candidateQuery(query, currency, filters);
  for (let from = 0; from + most <= DEEPEST; from += most) {
    const { hits, timed_out } = await ask({ ...wanted, from, size: most, _source: ["sku", "columns"] });
    const seen = hits.hits.map(({ _source }) => ({ ..._source, sku: unwritten(_source.sku ?? "") }));
    const met = await facts.meeting(
      seen.map(({ sku }) => sku),
      currency,
      filters,
    );
    const known = new Map(met.map((candidate) => [candidate.sku, candidate]));
    for (const { sku, columns } of seen) {
      const candidate = known.get(sku);
      if (candidate) rows.push({ candidate, columns });
    }
    if (timed_out) return { rows, partial: true };
    if (rows.length >= most / 4 || seen.length < most) return { rows, partial: false };
  }
  return { rows, partial: true };
}

/** As deep as an index pages by default (`index.max_result_window`). */
const DEEPEST = 10_000;
