import type { DatabaseSync } from "node:sqlite";
import { beside } from "../lexical/phrases.ts";
import { COLUMNS, NAMES, type Places, type Postings, type Vocabulary } from "../lexical/postings.ts";
import { lengthsOf } from "./lengths.ts";
import { type Sealed, sealedOf } from "./sealed.ts";

/** The index of product words as it stands at one moment; of a large catalogue also what is sealed of it. */
export interface Index extends Vocabulary {
  /** Null for a shop of which FTS5 alone tells where words stand. */
  readonly sealed: Sealed | null;
  /** Where all products have their words: for shops that have nothing sealed. */
  readonly places: Places;
}

/**
 * FTS5 keeps the words and finds them, but its bm25() has fixed constants and reads every row's size anew: so where
 * terms stand is read from its vocabulary and weighed outside. What was read is kept until a load changes anything.
 * The vocabulary is a temporary table that holds nothing, so that a handle that only reads may make it.
 */
export function indexOf(db: DatabaseSync): () => Index {
  db.exec(
    "CREATE VIRTUAL TABLE IF NOT EXISTS temp.product_instances USING fts5vocab(main, product_words, instance)",
  );
  const column = COLUMNS.map((name, at) => `WHEN '${name}' THEN ${at}`).join(" ");
  const sql = {
    changes: db.prepare("SELECT changes FROM knowledge"),
    size: db.prepare("SELECT count(*) AS n FROM product"),
    // One text for all: a row each would cost more to hand over than to find.
    instances: db.prepare(
      `SELECT json_group_array((doc * ${BY} + CASE col ${column} END) * ${PLACES} + min(offset, ${PLACES - 1})) AS packed
       FROM temp.product_instances WHERE term = ?`,
    ),
    named: db.prepare("SELECT title FROM product_words WHERE product_words MATCH ? LIMIT ?"),
    together: db.prepare("SELECT 1 FROM product_words WHERE product_words MATCH ? LIMIT 1"),
    frequency: db.prepare("SELECT doc FROM product_vocabulary WHERE term = ?"),
    beginning: db.prepare(
      `SELECT term, doc FROM product_vocabulary
       WHERE term >= ?1 AND term < ?1 || char(1114111) AND length(term) BETWEEN ?2 AND ?3`,
    ),
  };
  const lengths = lengthsOf(db, COLUMNS.length);
  const seal = sealedOf(db);
  let changes: unknown;
  let index: Index | undefined;

  /** Of a large catalogue: what FTS5 would have to count, it reads; and neighbours are looked for, not all found. */
  function sealedVocabulary(sealed: Sealed): Pick<Vocabulary, "frequency" | "beginning" | "together"> {
    return {
      frequency: remembered(COUNTED, sealed.frequency),
      beginning: sealed.beginning,
      together: (first, second) =>
        sql.together.get(`- {specs} : NEAR("${first}" "${second}", 2)`) !== undefined,
    };
  }

  function vocabulary({ postings }: Places): Pick<Vocabulary, "frequency" | "beginning" | "together"> {
    const only = (term: string) => [{ terms: [term], enough: 1, worth: 1 }];
    return {
      frequency: remembered(COUNTED, (term) => Number(sql.frequency.get(term)?.doc ?? 0)),
      beginning: (prefix, least, most) =>
        sql.beginning.all(prefix, least, most).map(({ term, doc }) => [String(term), Number(doc)] as const),
      together: (first, second) => beside(only(first), only(second), { postings }).size > 0,
    };
  }

  return () => {
    const now = sql.changes.get()?.changes;
    if (index && now === changes) return index;
    changes = now;
    const size = Number(sql.size.get()?.n ?? 0);
    const places: Places = {
      lengths: lengths(size),
      postings: keptPostings((term) => unpacked(String(sql.instances.get(term)?.packed))),
    };
    const sealed = seal(places.lengths.mean);
    const { frequency, beginning, together } = sealed ? sealedVocabulary(sealed) : vocabulary(places);
    const named = remembered(COUNTED, (asked: string) => {
      const [most = "", term = ""] = asked.split(" ");
      return sql.named.all(`{${NAMED}} : "${term}"`, Number(most)).map(({ title }) => String(title));
    });
    const pairs = remembered(COUNTED, (pair: string) => {
      const [first = "", second = ""] = pair.split(" ");
      return together(first, second);
    });
    index = {
      ...{ size, sealed, places, frequency, beginning },
      together: (first, second) => pairs(`${first} ${second}`),
      named: (term, most) => named(`${most} ${term}`),
    };
    return index;
  };
}

const NAMED = NAMES.map((at) => COLUMNS[at]).join(" ");

/** Eight columns at most, and places up to 65,535: with a row below 2^34 the three make one exact number. */
const BY = 8;
const PLACES = 65_536;

function unpacked(text: string): Postings {
  const packed = JSON.parse(text) as number[];
  const rows = new Float64Array(packed.length);
  const columns = new Uint8Array(packed.length);
  const places = new Uint16Array(packed.length);
  let products = 0;
  for (let at = 0; at < packed.length; at++) {
    const one = packed[at] ?? 0;
    const stand = Math.floor(one / PLACES);
    const row = Math.floor(stand / BY);
    if (at === 0 || row !== rows[at - 1]) products++;
    rows[at] = row;
    columns[at] = stand % BY;
    places[at] = one % PLACES;
  }
  return { rows, columns, places, products };
}

/** Instances that are kept in all, at eleven bytes each; the terms used longest ago go first. */
const KEPT = 4_000_000;

function keptPostings(read: (term: string) => Postings): (term: string) => Postings {
  const kept = new Map<string, Postings>();
  let instances = 0;
  return (term) => {
    const known = kept.get(term) ?? read(term);
    if (!kept.delete(term)) instances += known.rows.length + 1;
    kept.set(term, known);
    for (const [oldest, { rows }] of kept) {
      if (instances <= KEPT) break;
      kept.delete(oldest);
      instances -= rows.length + 1;
    }
    return known;
  };
}

/** Answers about terms that are kept, of each kind. */
const COUNTED = 20_000;

function remembered<T>(most: number, ask: (key: string) => T): (key: string) => T {
  const kept = new Map<string, T>();
  return (key) => {
    const known = kept.get(key);
    if (known !== undefined) return known;
    if (kept.size >= most) kept.clear();
    const answer = ask(key);
    kept.set(key, answer);
    return answer;
  };
}
