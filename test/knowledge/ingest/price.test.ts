import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { formatMoney, MAX_AMOUNT } from "../../../src/domain/money.ts";
import { readPrice } from "../../../src/knowledge/ingest/price.ts";

describe("a price as people write it", () => {
  test.each([
    ["15.00 USD", undefined, "USD", 1_500],
    ["USD 15", undefined, "USD", 1_500],
    ["usd15.5", undefined, "USD", 1_550],
    ["$1,299.00", undefined, "USD", 129_900],
    ["1,299.00", "USD", "USD", 129_900],
    ["1,299", "USD", "USD", 129_900],
    ["$20", "CAD", "CAD", 2_000],
    ["240.97 €", undefined, "EUR", 24_097],
    ["139,99", "EUR", "EUR", 13_999],
    ["1.299,00 €", undefined, "EUR", 129_900],
    ["1 299,00 €", undefined, "EUR", 129_900],
    ["1\u202f299,5 EUR", undefined, "EUR", 129_950],
    ["CHF 1'299.90", undefined, "CHF", 129_990],
    ["₩89,000", undefined, "KRW", 89_000],
    ["89,000원", undefined, "KRW", 89_000],
    ["89.000", "KRW", "KRW", 89_000],
    ["1,190,000", "KRW", "KRW", 1_190_000],
    ["¥1,200", undefined, "JPY", 1_200],
    ["¥12.50", "CNY", "CNY", 1_250],
    [9.99, "USD", "USD", 999],
    [0.1 + 0.2, "USD", "USD", 30],
    [89_000, "KRW", "KRW", 89_000],
  ])("%j with %j is %s %i", (written, fallback, currency, amount) => {
    expect(readPrice(written, "price", fallback)).toEqual({ currency, amount });
  });

  test.each([
    ["1.299", "USD", /read in two ways/],
    ["9.99", undefined, /without a currency.*--currency/],
    ["call us", "USD", /no price; write it like/],
    ["-5", "USD", /no price/],
    ["1,29,9", "USD", /no price/],
    ["12.50.99", "USD", /no price/],
    ["15 XYZ", undefined, /XYZ is no ISO 4217/],
    ["0.00", "USD", /above zero/],
    ["99999999999999", "USD", /out of range/],
    [Number.NaN, "USD", /no price/],
    [1e21, "USD", /no price|ISO 4217/],
    [null, "USD", /no price/],
  ])("%j with %j is refused with a reason", (written, fallback, reason) => {
    expect(() => readPrice(written, "price", fallback)).toThrow(reason);
    expect(() => readPrice(written, "price", fallback)).toThrow(/^price is /);
  });

  test("comes back exactly from the way English and Korean shops print it", () => {
    const currency = fc.constantFrom("USD", "KRW", "EUR", "GBP", "INR");
    fc.assert(
      fc.property(
        fc.integer({ min: 1, max: MAX_AMOUNT }),
        currency,
        fc.constantFrom("en", "ko"),
        (amount, code, lang) => {
          expect(readPrice(formatMoney(amount, code, lang), "price", undefined)).toEqual({
            currency: code,
            amount,
          });
        },
      ),
    );
  });
});
