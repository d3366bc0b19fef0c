import { isAccessory, isBeside, isFitted } from "../../knowledge/accessories.ts";
import type { Asked } from "./asked.ts";
import type { Vocabulary } from "./postings.ts";
import type { Rating } from "./scoring.ts";
import { type Held, isSold } from "./sold.ts";
import { ANYWHERE, type Weights } from "./weights.ts";

/** What is known of a product that meets the typed conditions, beside how the words rate it. */
export interface Candidate {
  readonly n: number;
  /** The terms of its title, and those of its brand between blanks. */
  readonly title: string;
  readonly brand: string;
  readonly inStock: boolean;
  readonly reviews: number;
}

interface Found extends Held {
  readonly n: number;
  readonly score: number;
  readonly inStock: boolean;
  readonly reviews: number;
  readonly words: number;
}

/**
 * The best of them, things before what is bought for them. Of equals those in stock come first, those most reviewed,
 * those of a shorter name. Nothing when the shop has no such thing.
 */
export function bestOf(
  candidates: readonly Candidate[],
  asked: Asked,
  vocabulary: Pick<Vocabulary, "named">,
  weights: Weights,
  rating: Rating,
  limit: number,
): readonly number[] {
  const said = saidIn(asked);
  const wantsAccessory = [...said].some(isAccessory);
  const found = candidates
    .map((candidate) => judged(candidate))
    .filter(({ covered }) => covered > ANYWHERE - EPSILON)
    .sort(byWorth)
    .slice(0, Math.max(ALIKE, limit));
  if (!isSold(found, asked, vocabulary, said, wantsAccessory || asked.wanted.length === 1)) return [];
  return found.slice(0, limit).map(({ n }) => n);

  function judged({ n, brand, inStock, reviews, ...candidate }: Candidate): Found {
    const title = candidate.title.split(" ");
    const beside = !wantsAccessory && isBeside(title, said);
    const named = rating.named(n);
    // Who names a maker and its code means that very thing, be it a case.
    const itself = () => named > 1 - EPSILON && [...said].some((term) => brand.includes(` ${term} `));
    return {
      n,
      score: rounded(rating.score(n) * (beside ? weights.accessory : 1)),
      inStock,
      reviews: much(reviews),
      words: title.length,
      covered: rating.covered(n),
      named,
      fitted: beside && isFitted(title, said) && !itself(),
    };
  }
}

/** Every term that any way of the query's words is made of. */
export function saidIn(asked: Asked): ReadonlySet<string> {
  return new Set(asked.wanted.flatMap((ways) => ways.flatMap(({ terms }) => terms)));
}

const EPSILON = 1e-9;

/** Whether there is such a thing, what is most like it says; far down almost anything mentions an iPhone. */
const ALIKE = 64;

function byWorth(a: Found, b: Found): number {
  return (
    b.score - a.score ||
    Number(b.inStock) - Number(a.inStock) ||
    b.reviews - a.reviews ||
    a.words - b.words ||
    a.n - b.n
  );
}

/** A few reviews more are chance: what counts is five times as many. */
function much(reviews: number): number {
  return Math.floor(Math.log(1 + reviews) / Math.log(5));
}

/** Scores that differ by less are equal. */
function rounded(score: number): number {
  return Math.round(score * 1e3);
}
