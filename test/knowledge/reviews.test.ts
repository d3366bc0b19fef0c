import { describe, expect, test } from "vitest";
import type { Fact } from "../../src/domain/fact.ts";
import type { Tally } from "../../src/domain/lookup.ts";
import { type Asking, askingOf, fromReviews } from "../../src/knowledge/reviews.ts";

describe("a question about reviews", () => {
  test.each<[string, Asking | null]>([
    ["what's its rating?", { of: "rating" }],
    ["How many stars does it have?", { of: "rating" }],
    ["how many reviews are there?", { of: "count" }],
    ["How many people rated it?", { of: "count" }],
    ["show me the latest reviews", { of: "newest" }],
    ["When was the last review written?", { of: "newest" }],
    ["any 1-star reviews?", { of: "stars", stars: 1 }],
    ["what do people complain about?", { of: "complaints" }],
    ["Are there any bad reviews?", { of: "complaints" }],
    ["What do people like about it?", { of: "praise" }],
    ["is it any good?", { of: "overall" }],
    ["What do customers say?", { of: "overall" }],
    ["how heavy is it?", null],
    ["when will it arrive?", null],
    ["별점 몇 점이에요?", { of: "rating" }],
    ["평점이 몇이에요?", { of: "rating" }],
    ["후기 몇 개예요?", { of: "count" }],
    ["최근 후기 보여줘요", { of: "newest" }],
    ["별점 1점짜리 후기 있어요?", { of: "stars", stars: 1 }],
    ["사람들이 뭐가 불만이래요?", { of: "complaints" }],
    ["단점이 뭐예요?", { of: "complaints" }],
    ["장점은요?", { of: "praise" }],
    ["후기 어때요?", { of: "overall" }],
    ["쓸 만해요?", { of: "overall" }],
    ["무게가 얼마예요?", null],
  ])("%s", (question, asking) => {
    expect(askingOf(question)).toEqual(asking);
  });
});

describe("what reviews come to", () => {
  const tally: Tally = {
    count: 120,
    rated: 100,
    sum10: 3_840,
    stars: [10, 5, 15, 30, 40],
    newest: "2026-09-01",
  };
  const reviews = [review("a", 1, "ko"), review("b", 1, "en"), review("c", 4, "en")];
  const of = (asking: Asking, counts = tally) => fromReviews(asking, "A", counts, [reviews, reviews], "en");

  test("is counted from all of them, not from those that are quoted", () => {
    expect(values(of({ of: "rating" }))).toEqual({
      ...{ "A#reviews.rating": 3.8, "A#reviews.count": 120 },
      ...{ "A#reviews.high": 70, "A#reviews.low": 30 },
    });
    expect(values(of({ of: "stars", stars: 1 }))).toMatchObject({ "A#reviews.stars.1": 10 });
    expect(values(of({ of: "newest" }))).toMatchObject({ "A#reviews.newest": "2026-09-01" });
  });

  test("is said of nobody where nobody wrote", () => {
    const none = { count: 0, rated: 0, sum10: 0, stars: [0, 0, 0, 0, 0] };
    expect(values(of({ of: "overall" }, none))).toEqual({ "A#reviews.count": 0 });
  });

  test("is borne out by those who praise it least, in the language spoken first", () => {
    const quoted = of({ of: "complaints" }).filter(({ kind }) => kind === "review");
    expect(quoted.map(({ id }) => id)).toEqual(["b", "a", "c"]);
  });
});

function values(facts: readonly Fact[]): Record<string, unknown> {
  return Object.fromEntries(
    facts.flatMap(({ id, kind, value }) => (kind === "rating" ? [[id, value] as const] : [])),
  );
}

function review(id: string, value: number, lang: "en" | "ko"): Fact {
  const source = { name: "reviews.jsonl" };
  return { id, kind: "review", about: "A", key: "review", value, text: "So it is.", lang, source };
}
