import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { spokenDate, spokenDecimal, spokenMoney, spokenNumber } from "../../src/wording/spoken.ts";
import { koreanCount, koreanDays } from "../../src/wording/spoken-ko.ts";

describe("whole numbers", () => {
  const english =
    "zero one two three four five six seven eight nine ten eleven twelve thirteen fourteen fifteen sixteen " +
    "seventeen eighteen nineteen twenty";
  const korean = "영 일 이 삼 사 오 육 칠 팔 구 십 십일 십이 십삼 십사 십오 십육 십칠 십팔 십구 이십";
  test("from zero to twenty", () => {
    const upTo20 = Array.from({ length: 21 }, (_, n) => n);
    expect(upTo20.map((n) => spokenNumber(n, "en")).join(" ")).toBe(english);
    expect(upTo20.map((n) => spokenNumber(n, "ko")).join(" ")).toBe(korean);
  });

  test.each([
    [21, "twenty-one", "이십일"],
    [99, "ninety-nine", "구십구"],
    [100, "one hundred", "백"],
    [101, "one hundred one", "백일"],
    [110, "one hundred ten", "백십"],
    [1_000, "one thousand", "천"],
    [1_100, "one thousand one hundred", "천백"],
    [10_000, "ten thousand", "만"],
    [12_345, "twelve thousand three hundred forty-five", "만 이천삼백사십오"],
    [89_000, "eighty-nine thousand", "팔만 구천"],
    [110_000, "one hundred ten thousand", "십일만"],
    [1_000_000, "one million", "백만"],
    [10_010_001, "ten million ten thousand one", "천일만 일"],
    [100_000_000, "one hundred million", "일억"],
    [100_010_000, "one hundred million ten thousand", "일억 일만"],
    [900_000_000_000, "nine hundred billion", "구천억"],
  ])("%i", (n, en, ko) => {
    expect(spokenNumber(n, "en")).toBe(en);
    expect(spokenNumber(n, "ko")).toBe(ko);
  });

  test("different numbers never sound the same", () => {
    const big = fc.integer({ min: 0, max: 900_000_000_000 });
    fc.assert(
      fc.property(big, big, (a, b) => {
        fc.pre(a !== b);
        expect(spokenNumber(a, "en")).not.toBe(spokenNumber(b, "en"));
        expect(spokenNumber(a, "ko")).not.toBe(spokenNumber(b, "ko"));
      }),
    );
  });

  test("words read back give the number", () => {
    fc.assert(
      fc.property(fc.integer({ min: 0, max: 900_000_000_000 }), (n) => {
        expect(fromEnglish(spokenNumber(n, "en"))).toBe(n);
        expect(fromKorean(spokenNumber(n, "ko"))).toBe(n);
      }),
    );
  });
});

test.each([
  [1.24, "one point two four", "일 점 이사"],
  [0.5, "zero point five", "영 점 오"],
  [-3, "minus three", "영하 삼"],
])("the decimal %d", (n, en, ko) => {
  expect(spokenDecimal(n, "en")).toBe(en);
  expect(spokenDecimal(n, "ko")).toBe(ko);
});

test.each([
  [0, "USD", "zero dollars", "영 달러"],
  [1, "USD", "one cent", "일 센트"],
  [50, "USD", "fifty cents", "오십 센트"],
  [100, "USD", "one dollar", "일 달러"],
  [101, "USD", "one dollar and one cent", "일 달러 일 센트"],
  [8_950, "USD", "eighty-nine dollars and fifty cents", "팔십구 달러 오십 센트"],
  [129_900, "USD", "one thousand two hundred ninety-nine dollars", "천이백구십구 달러"],
  [1_099, "EUR", "ten euros and ninety-nine cents", "십 유로 구십구 센트"],
  [250, "GBP", "two pounds and fifty pence", "이 파운드 오십 펜스"],
  [89_000, "KRW", "eighty-nine thousand won", "팔만 구천 원"],
  [12_345, "KRW", "twelve thousand three hundred forty-five won", "만 이천삼백사십오 원"],
  [500, "JPY", "five hundred yen", "오백 엔"],
  [1_250, "CHF", "twelve point five zero Swiss Franc", "십이 점 오영 스위스 프랑"],
] as const)("%i %s in words", (amount, currency, en, ko) => {
  expect(spokenMoney(amount, currency, "en")).toBe(en);
  expect(spokenMoney(amount, currency, "ko")).toBe(ko);
});

test.each([
  [1, "한 개"],
  [2, "두 개"],
  [3, "세 개"],
  [11, "열한 개"],
  [20, "스무 개"],
  [21, "스물한 개"],
  [99, "아흔아홉 개"],
  [100, "백 개"],
  [120, "백이십 개"],
])("%i things are counted %s", (n, words) => {
  expect(koreanCount(n, "개")).toBe(words);
});

test.each([
  [0, 0, "당일"],
  [1, 1, "하루"],
  [2, 3, "이틀에서 사흘"],
  [3, 5, "삼 일에서 오 일"],
  [7, 7, "칠 일"],
])("%i to %i days are %s", (min, max, words) => {
  expect(koreanDays(min, max)).toBe(words);
});

test.each([
  ["2026-11-14", "November fourteenth, twenty twenty-six", "이천이십육 년 십일월 십사 일"],
  ["2026-06-01", "June first, twenty twenty-six", "이천이십육 년 유월 일 일"],
  ["2005-10-20", "October twentieth, two thousand five", "이천오 년 시월 이십 일"],
  ["1999-02-22", "February twenty-second, nineteen ninety-nine", "천구백구십구 년 이월 이십이 일"],
  ["2026-03-30", "March thirtieth, twenty twenty-six", "이천이십육 년 삼월 삼십 일"],
])("the date %s", (date, en, ko) => {
  expect(spokenDate(date, "en")).toBe(en);
  expect(spokenDate(date, "ko")).toBe(ko);
});

function fromEnglish(words: string): number {
  const small = (
    "zero one two three four five six seven eight nine ten eleven twelve thirteen fourteen fifteen sixteen " +
    "seventeen eighteen nineteen"
  ).split(" ");
  const tens = ["twenty", "thirty", "forty", "fifty", "sixty", "seventy", "eighty", "ninety"];
  const units: Record<string, number> = { thousand: 1e3, million: 1e6, billion: 1e9 };
  let total = 0;
  let group = 0;
  for (const word of words.split(/[ -]/)) {
    if (word === "hundred") group *= 100;
    else if (word in units) {
      total += group * (units[word] ?? 0);
      group = 0;
    } else group += tens.includes(word) ? 20 + 10 * tens.indexOf(word) : small.indexOf(word);
  }
  return total + group;
}

function fromKorean(words: string): number {
  const digits = "영일이삼사오육칠팔구";
  const places: Record<string, number> = { 십: 10, 백: 100, 천: 1_000 };
  const units: Record<string, number> = { 만: 1e4, 억: 1e8 };
  let total = 0;
  let group = 0;
  let digit = 0;
  for (const char of words.replaceAll(" ", "")) {
    if (char in units) {
      total += (group + digit || 1) * (units[char] ?? 0);
      group = 0;
      digit = 0;
    } else if (char in places) {
      group += (digit || 1) * (places[char] ?? 0);
      digit = 0;
    } else digit = digits.indexOf(char);
  }
  return total + group + digit;
}
