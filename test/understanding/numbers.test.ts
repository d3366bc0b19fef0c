import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { digitsEn } from "../../src/understanding/numbers-en.ts";
import { digitsKo } from "../../src/understanding/numbers-ko.ts";

describe("Korean numbers", () => {
  test.each([
    ["만 팔천원", "18000원"],
    ["2.3만", "23000원"],
    ["14만 7천원", "147000원"],
    ["6천5백원", "6500원"],
    ["백삼십만", "1300000원"],
    ["2만5", "25000원"],
    ["3만9900원", "39900원"],
    ["1억 2천만원", "120000000원"],
    ["렌즈만 40만원", "렌즈만 400000원"],
    ["7~8만원", "70000원~80000원"],
    ["개당 4만이면 5개", "개당 40000원이면 5개"],
    ["세 대에 9만원", "3대에 90000원"],
    ["스무 개", "20개"],
    ["열두 대", "12대"],
    ["한 다스", "12개"],
    ["반 다스", "6개"],
    ["서너 개", "3~4개"],
    ["십오 프로", "15%"],
  ])("%s is %s", (words, digits) => {
    expect(digitsKo(words)).toBe(digits);
  });

  test.each(["이만 가볼게요", "천만에요", "두 번째", "세 번", "3개월", "이거 사요", "오만해요"])(
    "%s is no amount",
    (words) => {
      expect(digitsKo(words)).not.toContain("원");
    },
  );

  test("spelled by the rules come back exactly", () => {
    fc.assert(
      fc.property(fc.integer({ min: 1_000, max: 99_999_999 }), (won) => {
        expect(digitsKo(`${spelled(won)}원`)).toBe(`${won}원`);
      }),
    );
  });
});

describe("English numbers", () => {
  test.each([
    ["forty-five", "45"],
    ["a hundred and twenty", "120"],
    ["twelve hundred", "1200"],
    ["two thousand five hundred", "2500"],
    ["two fifty", "2_50"],
    ["a dozen", "12"],
    ["two dozen", "24"],
    ["half a dozen", "6"],
    ["the blue one", "the blue one"],
    ["one lamp", "1 lamp"],
  ])("%s is %s", (words, digits) => {
    expect(digitsEn(words)).toBe(digits);
  });
});

const DIGITS = ["", "일", "이", "삼", "사", "오", "육", "칠", "팔", "구"];

function spelled(won: number): string {
  const high = Math.floor(won / 10_000);
  return `${high > 0 ? `${section(high)}만` : ""}${section(won % 10_000)}`;
}

function section(value: number): string {
  return [1_000, 100, 10, 1]
    .map((unit, index) => {
      const digit = Math.floor(value / unit) % 10;
      return digit === 0
        ? ""
        : `${digit === 1 && unit > 1 ? "" : DIGITS[digit]}${["천", "백", "십", ""][index]}`;
    })
    .join("");
}
