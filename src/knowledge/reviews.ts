import type { Fact } from "../domain/fact.ts";
import type { Tally } from "../domain/lookup.ts";
import type { Lang } from "../domain/text.ts";
import { gist, once } from "./match.ts";

/** What is asked of a product's reviews as a whole. */
export type Asking =
  | { readonly of: "rating" | "count" | "newest" | "complaints" | "praise" | "overall" }
  | { readonly of: "stars"; readonly stars: number };

export type Order = "newest" | "lowest" | "highest";

/** What a question about reviews asks of all of them; null when it asks for something in particular, or not about them. */
export function askingOf(question: string): Asking | null {
  const text = question.normalize("NFC").toLowerCase();
  const { content } = gist(text);
  const reviews = REVIEWS.test(text);
  const stars = starsIn(text);
  if (stars !== null) return { of: "stars", stars };
  if (reviews && NEWEST.test(text)) return { of: "newest" };
  if (COUNT.test(text)) return { of: "count" };
  if (content.includes("@complaint") || (reviews && BAD.test(text))) return { of: "complaints" };
  if (PRAISE.test(text) || (reviews && GOOD.test(text))) return { of: "praise" };
  if (RATING.test(text)) return { of: "rating" };
  return content.includes("@opinion") ? { of: "overall" } : null;
}

/** In which orders reviews are wanted for it. */
export function ordersFor({ of }: Asking): readonly Order[] {
  if (of === "complaints" || of === "stars") return ["lowest"];
  if (of === "praise") return ["highest"];
  return of === "overall" ? ["highest", "lowest"] : ["newest"];
}

/**
 * What all reviews come to, as typed facts that are counted, then the reviews themselves that bear it out: those in the
 * language spoken first where they are equal. `reviews` holds them in the orders of `ordersFor`.
 */
export function fromReviews(
  asking: Asking,
  sku: string,
  tally: Tally,
  reviews: readonly (readonly Fact[])[],
  lang: Lang,
): readonly Fact[] {
  const source = { name: reviews.flat()[0]?.source.name ?? "reviews" };
  const fact = (id: string, key: string, value: Fact["value"]): Fact => ({
    ...{ id: `${sku}#reviews.${id}`, kind: "rating", about: sku, key, value, source },
  });
  const count = fact("count", "review_count", tally.count);
  if (tally.count === 0) return [count];
  if (tally.rated === 0) return [count, ...(reviews[0] ?? []).slice(0, QUOTES)];
  const mean = tally.rated === 0 ? [] : [fact("rating", "rating", meanOf(tally))];
  const [low, high] = [sumOf(tally.stars.slice(0, 3)), sumOf(tally.stars.slice(3))];
  const spread = [fact("high", "rated_high", high), fact("low", "rated_low", low)];
  const first = (reviews[0] ?? []).toSorted((a, b) => own(b, lang) - own(a, lang));
  switch (asking.of) {
    case "rating":
      return [...mean, count, ...spread];
    case "count":
      return [count, ...mean];
    case "newest":
      return [
        ...(tally.newest === undefined ? [] : [fact("newest", "newest_review", tally.newest)]),
        count,
        ...(reviews[0] ?? []).slice(0, QUOTES),
      ];
    case "stars": {
      const given = tally.stars[asking.stars - 1] ?? 0;
      const those = first.filter(({ value }) => typeof value === "number" && nearest(value) === asking.stars);
      return [
        fact(`stars.${asking.stars}`, `stars_${asking.stars}`, given),
        count,
        ...those.slice(0, QUOTES),
      ];
    }
    case "complaints":
      return [
        ...mean,
        count,
        ...spread,
        ...byStars(reviews[0] ?? [], lang, 1)
          .filter(isShort)
          .slice(0, QUOTES),
      ];
    case "praise":
      return [
        ...mean,
        count,
        ...spread,
        ...byStars(reviews[0] ?? [], lang, -1)
          .filter(isPraise)
          .slice(0, QUOTES),
      ];
    case "overall": {
      const best = byStars(reviews[0] ?? [], lang, -1).filter(isPraise);
      const least = byStars(reviews[1] ?? [], lang, 1).filter(({ id }) => id !== best[0]?.id);
      return [...mean, count, ...spread, ...best.slice(0, 1), ...least.slice(0, 1)];
    }
  }
}

/** A word of a question about reviews that says nothing of the product. */
export function isOfReviews(term: string): boolean {
  return generic().has(term);
}

const generic = once(
  () =>
    new Set(
      gist(
        `customer customers people buyer buyers user users reviewer reviewers person star stars average overall general
    worth honest honestly actual actually real find found think thought say said love like dislike hate negative
    positive bad good best worst low high critical latest newest recent last written write writing post left happy
    satisfied show score money price value buy buying 사람 사람들 고객 고객들 구매자 사용자 분들 다들 별 별점 평균 전체 실제 솔직 솔직히 최근 최신 마지막 작성 쓴 보여 알려 점 짜리
    산 써 본 다른 만족 전반적 번째 마음`,
      ).words,
    ),
);

/** One decimal, as it is said: 3.8 of 5. */
function meanOf({ sum10, rated }: Tally): number {
  return Math.round(sum10 / rated) / 10;
}

function byStars(reviews: readonly Fact[], lang: Lang, sign: 1 | -1): readonly Fact[] {
  return reviews
    .filter(({ value }) => typeof value === "number")
    .toSorted((a, b) => sign * (Number(a.value) - Number(b.value)) || own(b, lang) - own(a, lang));
}

function own({ lang: spoken }: Fact, lang: Lang): number {
  return Number(spoken === lang);
}

/** Not wholly content. */
function isShort({ value }: Fact): boolean {
  return Number(value) < 5;
}

function isPraise({ value }: Fact): boolean {
  return Number(value) >= 4;
}

function nearest(rating: number): number {
  return Math.max(1, Math.round(rating));
}

function sumOf(counts: readonly number[]): number {
  return counts.reduce((sum, n) => sum + n, 0);
}

function starsIn(text: string): number | null {
  const [, en, ko] = STARS.exec(text) ?? [];
  const said = en ?? ko;
  return said === undefined ? null : (NUMBERS[said] ?? Number(said));
}

const QUOTES = 3;
const NUMBERS: Readonly<Record<string, number>> = { one: 1, two: 2, three: 3, four: 4, five: 5 };
const STARS =
  /\b([1-5]|one|two|three|four|five)[- ]stars?\b|(?<![\d.])([1-5]) ?점 ?(?:짜리|을 ?준|준|후기|리뷰|별점|인 ?(?:후기|리뷰))/;
const REVIEWS =
  /\breview|\brating|\brated\b|\bfeedback\b|\bcustomers? (?:wrote|said)|후기|리뷰|사용기|평점|별점/;
const NEWEST =
  /\b(?:latest|newest|(?:most )?recent(?:ly)?|last)\b|\bwhen (?:was|were|is|did)\b|최근|최신|요즘|마지막|새로 올라온|언제/;
const COUNT =
  /\bhow many (?:(?:customer |user |buyer )?(?:reviews|ratings|reviewers)|(?:people|customers|buyers|users) (?:have )?(?:rate|review))|\bnumber of (?:reviews|ratings)|\b(?:review|rating) count\b|(?:후기|리뷰|평가|별점)(?:가|는|이|은|도)? ?(?:총 ?)?(?:몇 ?(?:개|건|명)|얼마나 ?(?:있|달|많))|몇 ?(?:명|분)(?:이|이나)? ?(?:평가|후기|리뷰|별점)/;
const BAD = /\b(?:bad|negative|low(?:est)?|worst|critical|poor)\b|안 ?좋은|나쁜|낮은|별로|부정/;
const GOOD = /\b(?:good|positive|best|high(?:est)?)\b|좋은|높은|긍정/;
const PRAISE =
  /\b(?:what|which) (?:things )?do (?:people|customers|buyers|users|they|others) (?:like|love|enjoy|praise)\b|\bpeople (?:like|love) about\b|\badvantages?\b|\bpros\b|\bstrong points?\b|\bupsides?\b|\bbest thing about\b|장점|좋은 ?점|칭찬|마음에 ?(?:드는|들어)/;
const RATING =
  /\bratings?\b|\bscore\b|\bhow many stars\b|\bstars\b|\bhow (?:is|are|was) (?:it|this|that|they|the [\w ]+) (?:rated|reviewed)\b|\brated\b|평점|별점|몇 ?점/;
