import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { type Currency, priceRead, priceRows, sameAs } from "./prices.ts";
import { inHundreds, inPairs, inSino, inSinoAndDigits } from "./spelling.ts";

const TABLES: readonly (readonly [string, Currency])[] = [
  ["prices-en.tsv", "USD"],
  ["prices-ko.tsv", "KRW"],
];

describe.each(TABLES)("the table of %s", (name, currency) => {
  test.each(priceRows(name).map((row) => [row.table, row.says, row]))("%s: %s", (table, says, row) => {
    const read = priceRead(says, table, currency);
    expect(sameAs(read, row) ? row.means : read).toBe(row.means);
  });
});

const CARRIERS_EN: readonly ((price: string) => string)[] = [
  (price) => price,
  (price) => `how about ${price}`,
  (price) => `can you do ${price}`,
  (price) => `I could pay ${price} for it`,
  (price) => `${price} and you have a deal`,
  (price) => `would you take ${price}`,
  (price) => `I was thinking more like ${price}`,
  (price) => `${price} was my number`,
  (price) => `come down to ${price} and I'll order today`,
  (price) => `ok, ${price} it is`,
];
const CARRIERS_KO: readonly ((price: string) => string)[] = [
  (price) => price,
  (price) => `${price}에 주세요`,
  (price) => `${price}이면 바로 할게요`,
  (price) => `${price}까지 가능할까요?`,
  (price) => `${price} 어때요`,
  (price) => `그럼 ${price}에 하시죠`,
  (price) => `제 예산은 ${price}이에요`,
  (price) => `${price} 정도 생각했어요`,
  (price) => `네 ${price}에요`,
  (price) => `최대 ${price}입니다`,
];

describe("any amount", () => {
  const dearer = fc.integer({ min: 101, max: 140 });

  test("spelled in English by hundreds or by pairs comes back exactly, in every sentence", () => {
    const amount = fc.integer({ min: 21, max: 9_999 });
    fc.assert(
      fc.property(amount, dearer, fc.constantFrom(...CARRIERS_EN), (dollars, percent, carrier) => {
        const table = `1x${Math.ceil((dollars * percent) / 100)}`;
        for (const words of [...inHundreds(dollars), ...inPairs(dollars)])
          expect(`${words}: ${priceRead(carrier(words), table, "USD")}`).toBe(`${words}: unit ${dollars}`);
      }),
      { numRuns: 300 },
    );
  });

  test("spelled in Korean, in Sino numerals or mixed with digits, comes back exactly, in every sentence", () => {
    const hundreds = fc.integer({ min: 20, max: 99_999 }).map((each) => each * 100);
    fc.assert(
      fc.property(hundreds, dearer, fc.constantFrom(...CARRIERS_KO), (won, percent, carrier) => {
        const table = `1x${Math.ceil((won * percent) / 100)}`;
        for (const words of [...inSino(won), ...inSinoAndDigits(won)])
          expect(`${words}: ${priceRead(carrier(words), table, "KRW")}`).toBe(`${words}: unit ${won}`);
      }),
      { numRuns: 300 },
    );
  });

  test("named beside a yes binds nothing unless it is the price of the offer", () => {
    const yeses = fc.constantFrom("yes at", "deal at", "I'll take it for", "ok,", "sure, for", "sold at");
    fc.assert(
      fc.property(fc.integer({ min: 21, max: 9_999 }), dearer, yeses, (dollars, percent, yes) => {
        const asked = Math.ceil((dollars * percent) / 100);
        expect(priceRead(`${yes} $${dollars}`, `1x${asked}`, "USD")).not.toBe("yes");
        for (const words of [...inHundreds(dollars), ...inPairs(dollars)])
          expect(priceRead(`${yes} ${words}`, `1x${asked}`, "USD"), words).not.toBe("yes");
      }),
      { numRuns: 200 },
    );
  });
});
