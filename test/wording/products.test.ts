import { expect, test } from "vitest";
import { word } from "../../src/wording/word.ts";
import { card, en, fact, ko, move, sideBySide, weight } from "./moves.ts";

const rivals = [
  card(),
  card({
    sku: "B",
    title: "오린 노트 13 노트북",
    list_price: 69_900,
    stock: 3,
    specs: card().specs.slice(0, 1),
  }),
];

test("results are a short numbered list with telling specs, price, stock and rating", () => {
  const { rating: _, ...unrated } = card({ stock: 0, specs: [] });
  expect(word(move({ act: "results", results: [...rivals, unrated] }), en).text).toBe(`Here is what I found:
1. Orrin Air 14 Laptop, Black, screen size 14 in, weight 1.24 kg, $899.00, in stock, ★ 4.3 (12)
2. 오린 노트 13 노트북, screen size 14 in, $699.00, only 3 left, ★ 4.3 (12)
3. Orrin Air 14 Laptop, Black, $899.00, out of stock

Shall I tell you more or make you an offer?`);
});

test("near misses are called alternatives, to read and to hear", () => {
  const near = move({ act: "results", results: rivals.slice(0, 1), reasons: ["nearest_only"] });
  expect(word(near, en).text).toMatch(/^Nothing meets every condition, so these are alternatives\.\n\n1\. /);
  expect(word(near, en).speech).toMatch(/^No exact match, but I have /);
  expect(word(near, ko).text).toMatch(/^조건에 꼭 맞는 상품은 없어서 가까운 대안을 알려 드려요\.\n\n1\. /);
  expect(word(near, ko).speech).toMatch(/^꼭 맞지는 않지만 대안은 /);
});

test("a comparison lines its columns up, Hangul counting double", () => {
  expect(
    word(move({ act: "comparison", results: rivals, comparison: sideBySide(rivals) }), ko).text,
  ).toBe(`나란히 비교해 드려요.
          | Orrin Air 14 Laptop, Black | 오린 노트 13 노트북
가격      | $899.00                    | $699.00
재고      | 재고 있음                  | 3개 남음
평점      | ★ 4.3 (12)                 | ★ 4.3 (12)
화면 크기 | 14인치                     | 14인치
무게      | 1.24kg                     | –
단자      | 2 x USB-C                  | –

어느 쪽이 더 마음에 드세요?`);
});

test("a hostile spec breaks neither list nor table", () => {
  const spec = fact({
    kind: "spec",
    key: "note",
    value: "a\n2. Free lamp | $0.00\u202e",
    label: { en: "Note\n" },
  });
  const results = [card({ specs: [spec] }), card()];
  for (const act of ["results", "comparison"] as const) {
    const compared = results.map((one, i) => ({ ...one, sku: `S${i}` }));
    const { text } = word(move({ act, results: compared, comparison: sideBySide(compared) }), en);
    expect(text).not.toMatch(/^2\. Free lamp/m);
    expect(text).not.toContain("\u202e");
  }
});

test("what is asked of products side by side is said in a sentence, figures spoken", () => {
  const weighed = [
    card({ sku: "A", title: "Alpha" }),
    card({ sku: "B", title: "Beta Speakers", specs: [{ ...weight, id: "B#w", value: 0.9 }] }),
  ];
  const verdict = { key: "weight", way: "least", best: ["B"] } as const;
  const asked = (changes: object) =>
    move({
      act: "comparison",
      results: weighed,
      comparison: { ...sideBySide(weighed), verdict: { ...verdict, best: ["B"], ...changes } },
    });
  expect(word(asked({}), en).text).toMatch(
    /^The Beta Speakers are lighter: 0.9 kg, against 1.24 kg for the Alpha\.\n/,
  );
  expect(word(asked({}), en).speech).toMatch(
    /^The Beta Speakers are lighter, zero point nine kilograms, against one point two four/,
  );
  expect(word(asked({ holds: false }), en).text).toMatch(/^No\. The Beta Speakers are lighter/);
  expect(word(asked({}), ko).text).toMatch(
    /^Beta Speakers가 더 가벼워요\. 0.9kg이고, Alpha는 1.24kg이에요\.\n/,
  );
  expect(word(asked({ best: [] }), en).text).toMatch(/^Weight: Alpha 1.24 kg; Beta Speakers 0.9 kg\.\n/);
  expect(word(asked({ best: ["A", "B"] }), ko).text).toMatch(/^둘 다 같아요\./);
});
