import type { Asked } from "../lexical/asked.ts";
import { worthOf } from "../lexical/scoring.ts";
import { productsWith, type Wanted, type Way } from "../lexical/ways.ts";
import { ANYWHERE, type Weights } from "../lexical/weights.ts";
import { STRENGTHS } from "./impact.ts";
import type { Sealed } from "./sealed.ts";
import { type Segment, SPAN } from "./segments.ts";

/**
 * Products worth rating exactly, each once, nearly in the order in which they will be rated. They hold until the next are
 * nominated.
 */
export interface Nominated {
  /** Best first, at most `size` at a time. */
  batches(size: number): Iterable<readonly number[]>;
  /** How many products have each word of the query. */
  products: readonly number[];
  /** Time was up before all segments were looked at. */
  readonly partial: boolean;
}

/**
 * Rates every product roughly, from one byte for each of its terms, segment by segment. Rare words go first: what has
 * none of those that make up half of the query cannot be a hit (MaxScore: Turtle and Flood, 1995), so a frequent word is
 * only looked up for what the others left. `late` says that time is up.
 */
export function nominator() {
  const segment = segmentRater();
  const found = new Ranks();

  return (asked: Asked, sealed: Sealed, size: number, weights: Weights, late: () => boolean): Nominated => {
    const products = asked.wanted.map((wanted) => productsWith(wanted, sealed.frequency));
    const worths = products.map((many) => worthOf(many, size));
    const total = worths.reduce((sum, one) => sum + one, 0) || 1;
    const words = asked.wanted
      .map((wanted, at) => ({ wanted, worth: worths[at] ?? 0 }))
      .sort((a, b) => b.worth - a.worth);
    found.clear();
    let partial = false;
    for (const one of sealed.segments) {
      partial = late();
      if (partial) break;
      segment(one, words, total, weights, found);
    }
    return { batches: (most) => found.batches(most), products, partial };
  };
}

interface Word {
  readonly wanted: Wanted;
  readonly worth: number;
}

const EPSILON = 1e-6;

/** Sums by offset, used again for each segment. */
function segmentRater() {
  const scores = new Float32Array(SPAN);
  const covered = new Float32Array(SPAN);
  const held = new Float32Array(SPAN);
  const times = new Uint8Array(SPAN);
  const seen = new Uint16Array(SPAN);
  const holding = new Uint16Array(SPAN);
  const several = new Uint16Array(SPAN);
  let many = 0;
  let holders = 0;

  /** Adds to `held` what each product has of the word; with `only`, for products that were seen before. */
  function hold(segment: Segment, way: Way, only: boolean): void {
    const list = segment.list(way.terms[0] ?? "");
    if (list === null) return;
    const { offsets, codes } = list;
    if (only && many * SPARSE < offsets.length) {
      for (let at = 0; at < many; at++) {
        const offset = seen[at] ?? 0;
        const place = placeOf(offsets, offset);
        if (place >= 0) keep(offset, way.worth * (STRENGTHS[codes[place] ?? 0] ?? 0));
      }
      return;
    }
    for (let at = 0; at < offsets.length; at++) {
      const offset = offsets[at] ?? 0;
      if (!only || (covered[offset] ?? 0) > 0) keep(offset, way.worth * (STRENGTHS[codes[at] ?? 0] ?? 0));
    }
  }

  function keep(offset: number, strength: number): void {
    const before = held[offset] ?? 0;
    if (before === 0) holding[holders++] = offset;
    held[offset] = before + strength;
  }

  function holdSeveral(segment: Segment, { terms, enough, worth }: Way, only: boolean): void {
    const distinct = [...new Set(terms)];
    const least = Math.min(enough, distinct.length);
    const lists = distinct
      .flatMap((term) => segment.list(term) ?? [])
      .sort((a, b) => a.offsets.length - b.offsets.length);
    if (lists.length < least) return;
    // What has as many of them as are enough has one of the rarest; the others are looked up or gone through.
    const beginning = lists.slice(0, lists.length - least + 1);
    let found = 0;
    for (const list of beginning)
      for (const offset of list.offsets) {
        if (times[offset] !== 0 || (only && covered[offset] === 0)) continue;
        times[offset] = 1;
        several[found++] = offset;
      }
    for (let at = 0; at < found; at++) {
      const offset = several[at] ?? 0;
      let held = 0;
      let sum = 0;
      for (const { offsets, codes } of lists) {
        const place = placeOf(offsets, offset);
        if (place < 0) continue;
        held++;
        sum += STRENGTHS[codes[place] ?? 0] ?? 0;
      }
      if (held >= least) keep(offset, (worth * sum) / distinct.length);
      times[offset] = 0;
    }
  }

  return (segment: Segment, words: readonly Word[], total: number, weights: Weights, found: Ranks) => {
    many = 0;
    let rest = total;
    for (const { wanted, worth } of words) {
      const only = rest < (ANYWHERE - EPSILON) * total;
      if (only && many === 0) return;
      holders = 0;
      for (const way of wanted) (way.terms.length > 1 ? holdSeveral : hold)(segment, way, only);
      for (let at = 0; at < holders; at++) {
        const offset = holding[at] ?? 0;
        const strength = held[offset] ?? 0;
        held[offset] = 0;
        if (covered[offset] === 0) seen[many++] = offset;
        covered[offset] = (covered[offset] ?? 0) + worth;
        scores[offset] =
          (scores[offset] ?? 0) +
          (worth * strength * (weights.saturation + 1)) / (weights.saturation + strength);
      }
      rest -= worth;
    }
    for (let at = 0; at < many; at++) {
      const offset = seen[at] ?? 0;
      const share = (covered[offset] ?? 0) / total;
      if (share > ANYWHERE - EPSILON)
        found.put(segment.row(offset), (scores[offset] ?? 0) * share ** weights.coverage);
      covered[offset] = 0;
      scores[offset] = 0;
    }
  };
}

/** With so many times fewer products than a list is long, each is looked up in it. */
const SPARSE = 12;

function placeOf(offsets: Uint16Array, offset: number): number {
  let low = 0;
  let high = offsets.length - 1;
  while (low <= high) {
    const middle = (low + high) >> 1;
    const one = offsets[middle] ?? 0;
    if (one === offset) return middle;
    if (one < offset) low = middle + 1;
    else high = middle - 1;
  }
  return -1;
}

const LEVELS = 4_096;

/** Rows with a score each, sorted no further than they are read. */
class Ranks {
  #rows = new Float64Array(1_024);
  #scores = new Float32Array(1_024);
  #size = 0;
  #best = 0;

  clear(): void {
    this.#size = 0;
    this.#best = 0;
  }

  put(row: number, score: number): void {
    if (this.#size === this.#rows.length) this.#grow();
    this.#rows[this.#size] = row;
    this.#scores[this.#size++] = score;
    if (score > this.#best) this.#best = score;
  }

  #grow(): void {
    const [rows, scores] = [this.#rows, this.#scores];
    this.#rows = new Float64Array(rows.length * 2);
    this.#scores = new Float32Array(rows.length * 2);
    this.#rows.set(rows);
    this.#scores.set(scores);
  }

  *batches(most: number): Generator<readonly number[]> {
    const level = (at: number) => Math.floor(((this.#scores[at] ?? 0) / this.#best) * (LEVELS - 1));
    const counts = new Uint32Array(LEVELS);
    for (let at = 0; at < this.#size; at++) counts[level(at)] = (counts[level(at)] ?? 0) + 1;
    for (let high = LEVELS - 1; high >= 0; ) {
      let low = high;
      for (let size = counts[low] ?? 0; size < most && low > 0; ) size += counts[--low] ?? 0;
      const tier: number[] = [];
      for (let at = 0; at < this.#size; at++) if (level(at) >= low && level(at) <= high) tier.push(at);
      tier.sort(
        (a, b) =>
          (this.#scores[b] ?? 0) - (this.#scores[a] ?? 0) || (this.#rows[a] ?? 0) - (this.#rows[b] ?? 0),
      );
      for (let at = 0; at < tier.length; at += most)
        yield tier.slice(at, at + most).map((one) => this.#rows[one] ?? 0);
      high = low - 1;
    }
  }
}
