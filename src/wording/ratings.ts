import type { Fact } from "../domain/fact.ts";
import { LANGUAGES } from "./languages.ts";
import type { Context } from "./templates.ts";

/** How numbers and dates are put for one face. */
export interface Counting {
  number(value: number, context: Context): string;
  /** A finished sentence, with whatever figures are left in it. */
  sentence(text: string, context: Context): string;
  /** So many of them, and so many reviews. */
  few(n: number, context: Context): string;
  reviews(n: number, context: Context): string;
  date(date: string, context: Context): string;
}

/** What all reviews of a product come to, in a sentence or two; the facts are those that were counted from them. */
export function ratingText(
  facts: readonly Fact[],
  subject: string | null,
  counting: Counting,
  context: Context,
): string {
  return counting.sentence(said(facts, subject, counting, context), context);
}

function said(facts: readonly Fact[], subject: string | null, counting: Counting, context: Context): string {
  const { ratings } = LANGUAGES[context.lang].answers;
  const byKey = new Map(facts.map(({ key, value }) => [key, value]));
  const figure = (key: string): number | null => {
    const value = byKey.get(key);
    return typeof value === "number" ? value : null;
  };
  const count = figure("review_count");
  if (count === 0) return ratings.none(subject);
  const reviews = count === null ? null : counting.reviews(count, context);
  const told: string[] = [];
  const stars = facts.find(({ key }) => key.startsWith("stars_"));
  if (stars && reviews !== null) {
    const given = Number(stars.value);
    const n = counting.number(Number(stars.key.slice("stars_".length)), context);
    return ratings.stars(n, given === 0 ? null : counting.few(given, context), reviews, given === 1);
  }
  const newest = byKey.get("newest_review");
  const mean = figure("rating");
  if (typeof newest === "string") told.push(ratings.newest(subject, counting.date(newest, context)));
  else if (reviews !== null)
    told.push(
      ratings.mean(subject, reviews, mean === null ? null : counting.number(mean, context), count === 1),
    );
  const [high, low] = [figure("rated_high"), figure("rated_low")];
  if (high !== null && low !== null && high + low > 1)
    told.push(
      ratings.spread(
        high === 0 ? null : counting.few(high, context),
        low === 0 ? null : counting.few(low, context),
        low === 1,
      ),
    );
  return told.join(" ");
}
