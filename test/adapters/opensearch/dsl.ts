/** A document as it was put. */
export type Document = Readonly<Record<string, unknown>>;
type Clause = Readonly<Record<string, unknown>>;

/** Something the documented subset has no meaning for. */
export class ParsingError extends Error {}

/** The score of a document, or null where it does not match: bool, constant_score, term, exists, range, and two on text. */
export function scored(query: Clause, doc: Document): number | null {
  const [[kind = "", body] = []] = Object.entries(query);
  switch (kind) {
    case "bool":
      return bool(body as Bool, doc);
    case "constant_score": {
      const { filter, boost } = body as { filter: Clause; boost: number };
      if (!(boost > 0)) throw new ParsingError("[boost] must be positive");
      return scored(filter, doc) === null ? null : boost;
    }
    case "term": {
      const [[field = "", value] = []] = Object.entries(body as Clause);
      return values(doc, field).includes(value) ? 1 : null;
    }
    case "exists":
      return values(doc, (body as { field: string }).field).length > 0 ? 1 : null;
    case "range": {
      const [[field = "", bounds] = []] = Object.entries(body as Clause);
      return values(doc, field).some((value) => within(Number(value), bounds as Clause)) ? 1 : null;
    }
    case "multi_match":
      return multiMatch(body as MultiMatch, doc);
    case "intervals": {
      const [[field = "", rule] = []] = Object.entries(body as Clause);
      return isNear(values(doc, field).map(String), (rule as { match: Near }).match) ? 1 : null;
    }
    default:
      throw new ParsingError(`unknown query [${kind}]`);
  }
}

interface Bool {
  readonly should?: readonly Clause[];
  readonly filter?: readonly Clause[];
  readonly must_not?: readonly Clause[];
  readonly minimum_should_match?: number;
}

/** Beside a filter no `should` need match unless it is said how many must. */
function bool(
  { should = [], filter = [], must_not = [], minimum_should_match, ...rest }: Bool,
  doc: Document,
) {
  if (Object.keys(rest).length > 0) throw new ParsingError(`[bool] unknown field ${Object.keys(rest)}`);
  if (filter.some((clause) => scored(clause, doc) === null)) return null;
  if (must_not.some((clause) => scored(clause, doc) !== null)) return null;
  const met = should.map((clause) => scored(clause, doc)).filter((score) => score !== null);
  const least = minimum_should_match ?? (filter.length > 0 || should.length === 0 ? 0 : 1);
  return met.length < least ? null : met.reduce((sum, score) => sum + score, 0);
}

/** Text fields are split at blanks, others are as they were put; "price.USD" is a field of an object. */
function values(doc: Document, field: string): readonly unknown[] {
  const value = field.split(".").reduce<unknown>((of, name) => (of as Document | undefined)?.[name], doc);
  if (value === undefined || value === null) return [];
  if (Array.isArray(value)) return value;
  return TEXT.has(field)
    ? String(value)
        .split(" ")
        .filter((term) => term !== "")
    : [value];
}

const TEXT = new Set(["title", "brand", "category", "aliases", "specs", "description"]);

function within(value: number, { gte = -Infinity, lte = Infinity, ...rest }: Clause): boolean {
  if (Object.keys(rest).length > 0) throw new ParsingError(`[range] unknown field ${Object.keys(rest)}`);
  return value >= Number(gte) && value <= Number(lte);
}

interface MultiMatch {
  readonly query: string;
  readonly fields: readonly string[];
  readonly boost: number;
}

/** Something that grows with matches in fields of high boost, as BM25 does. */
function multiMatch({ query, fields, boost }: MultiMatch, doc: Document): number | null {
  const terms = new Set(query.split(" "));
  let sum = 0;
  for (const one of fields) {
    const [field = "", weight = "1"] = one.split("^");
    const all = values(doc, field).map(String);
    sum += (Number(weight) * all.filter((term) => terms.has(term)).length) / (1 + all.length);
  }
  return sum === 0 ? null : sum * boost;
}

interface Near {
  readonly query: string;
  readonly ordered: boolean;
  readonly max_gaps: number;
}

function isNear(text: readonly string[], { query, max_gaps }: Near): boolean {
  const [first, second] = query.split(" ");
  return text.some(
    (term, at) => term === first && text.slice(at + 1, at + 2 + max_gaps).some((other) => other === second),
  );
}

/** Aggregations over what matched: avg, max, terms by a regular expression, filters. */
export function aggregated(aggs: Readonly<Record<string, Clause>>, docs: readonly Document[]): object {
  return Object.fromEntries(Object.entries(aggs).map(([name, agg]) => [name, aggregate(agg, docs)]));
}

function aggregate(agg: Clause, docs: readonly Document[]): object {
  const [[kind = "", body] = []] = Object.entries(agg);
  const of = (field: string) => docs.flatMap((doc) => values(doc, field));
  switch (kind) {
    case "avg": {
      const numbers = of((body as { field: string }).field).map(Number);
      return { value: numbers.length === 0 ? null : numbers.reduce((a, b) => a + b, 0) / numbers.length };
    }
    case "max": {
      const numbers = of((body as { field: string }).field).map(Number);
      return { value: numbers.length === 0 ? null : Math.max(...numbers) };
    }
    case "filters":
      return {
        buckets: (body as { filters: Clause[] }).filters.map((filter) => ({
          doc_count: docs.filter((doc) => scored(filter, doc) !== null).length,
        })),
      };
    case "terms": {
      const { field, include, size } = body as { field: string; include: string; size: number };
      const counts = new Map<string, number>();
      const whole = new RegExp(`^(?:${include})$`, "u");
      for (const key of of(field).map(String))
        if (whole.test(key)) counts.set(key, (counts.get(key) ?? 0) + 1);
      const buckets = Array.from(counts, ([key, doc_count]) => ({ key, doc_count }));
      return { buckets: buckets.sort((a, b) => b.doc_count - a.doc_count).slice(0, size) };
    }
    default:
      throw new ParsingError(`unknown aggregation type [${kind}]`);
  }
}
