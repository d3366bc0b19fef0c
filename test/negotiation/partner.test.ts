import { describe, expect, it } from "vitest";
import { Partner } from "../../src/negotiation/partner.ts";

const blank = () => new Partner([0, 1].map(() => ({ weight: 500, likes: [0, 0, 0] })));
const only = (value: number) => [0, 1, 2].map((v) => (v === value ? 1_000 : 0));
const liking = (partner: Partner, values: readonly number[]) =>
  values.reduce((sum, value, issue) => sum + (partner.scores()[issue]?.[value] ?? 0), 0);

describe("what a counterpart seems to like", () => {
  it("is what it names, and most of all what it keeps naming while the rest changes", () => {
    const partner = blank();
    partner.hear([only(0), only(0)], 1_000);
    partner.hear([only(0), only(1)], 900);
    partner.hear([only(0), only(2)], 800);
    expect(liking(partner, [0, 1])).toBeGreaterThan(liking(partner, [1, 0]));
    expect(partner.scores()[0]?.[0]).toBeGreaterThan(partner.scores()[1]?.[0] ?? 0);
  });

  it("says more early than late", () => {
    const weightAfter = (left: number) => {
      const partner = blank();
      partner.hear([only(0), null], left);
      partner.hear([only(0), null], left);
      return partner.scores()[0]?.[0] ?? 0;
    };
    expect(weightAfter(1_000)).toBeGreaterThan(weightAfter(100));
  });

  it("puts a package that was picked ahead of those shown beside it, whatever was thought before", () => {
    const partner = blank();
    partner.hear([only(0), only(0)], 1_000);
    const chosen = { values: [1, 0], price: 0 };
    const passed = { values: [0, 0], price: 50_000 };
    expect(liking(partner, chosen.values)).toBeLessThan(liking(partner, passed.values) + passed.price);
    partner.pick(chosen, passed);
    expect(liking(partner, chosen.values)).toBeGreaterThan(liking(partner, passed.values) + passed.price);
  });

  it("does not learn from a pick between packages that differ in price alone", () => {
    const partner = blank();
    const before = partner.scores();
    partner.pick({ values: [1, 0], price: 0 }, { values: [1, 0], price: 90_000 });
    expect(partner.scores()).toEqual(before);
  });

  it("takes words for a bounded hint: what was done outweighs what is said", () => {
    const said = blank();
    said.hear([only(0), only(0)], 1_000);
    said.told([1]);
    expect(said.scores()[1]?.[0]).toBeGreaterThan(said.scores()[0]?.[0] ?? 0);
    for (let i = 0; i < 8; i++) said.hear([only(0), only(i % 3)], 900);
    expect(said.scores()[0]?.[0]).toBeGreaterThan(said.scores()[1]?.[0] ?? 0);
  });
});
