import { describe, expect, test } from "vitest";
import { combinations, leftOut, SPACE } from "../../bench/search-choose.ts";
import { judgedNdcg, ndcg, recall } from "../../bench/search-truth.ts";
import { WEIGHTS } from "../../src/adapters/lexical/weights.ts";

describe("the oracle of the search bench", () => {
  const grades = new Map([
    ["a", 3],
    ["b", 1],
    ["c", 0],
  ]);

  test("nDCG is the figure worked out by hand", () => {
    // Ideal 7 / log2(2) + 1 / log2(3) = 7.6309; found c, b, x, a: 1 / log2(3) + 7 / log2(5) = 3.6456.
    expect(ndcg(grades, ["c", "b", "x", "a"])).toBeCloseTo(3.6456 / 7.6309, 4);
    expect(ndcg(grades, ["a", "b"])).toBe(1);
    expect(ndcg(grades, [])).toBe(0);
    expect(ndcg(grades, ["x", "x", "x", "a"], 3)).toBe(0);
  });

  test("judged-only nDCG leaves out what nobody judged", () => {
    expect(judgedNdcg(grades, ["x", "a", "y", "b"])).toBe(1);
  });

  test("recall counts grades 2 and 3, and is no figure where there are none", () => {
    expect(recall(grades, ["b", "c"])).toBe(0);
    expect(recall(grades, ["b", "a"])).toBe(1);
    expect(recall(new Map([["a", 1]]), ["a"])).toBeNull();
  });

  test("a query is measured with the weights that are best for the others", () => {
    // Weights 1 are best for query 0 alone and 2 for all together: query 0 must not get its own favourite.
    const scores = [
      [0.5, 0.5, 0.5],
      [1, 0, 0],
      [0.2, 0.9, 0.9],
    ];
    expect(leftOut(scores)).toEqual([
      { score: 0.2, chosen: 2 },
      { score: 0.9, chosen: 2 },
      { score: 0.9, chosen: 2 },
    ]);
  });

  test("the space is tried whole, and what is shipped lies in it", () => {
    const all = combinations(WEIGHTS);
    expect(all).toHaveLength(Object.values(SPACE).reduce((product, { length }) => product * length, 1));
    expect(all).toContainEqual(WEIGHTS);
  });
});
