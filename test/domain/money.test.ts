import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { formatMoney, MAX_AMOUNT, minorDigits, minorUnits, share } from "../../src/domain/money.ts";

const amounts = fc.integer({ min: 0, max: MAX_AMOUNT });

describe("money", () => {
  test("knows how many decimals a currency has", () => {
    expect(["USD", "KRW", "JPY", "KWD"].map(minorDigits)).toEqual([2, 0, 0, 3]);
  });

  test("writes an amount as the language does", () => {
    expect(formatMoney(129_900, "USD", "en")).toBe("$1,299.00");
    expect(formatMoney(5, "USD", "ko")).toBe("$0.05");
    expect(formatMoney(89_000, "KRW", "ko")).toBe("₩89,000");
    expect(formatMoney(0, "KRW", "en")).toBe("₩0");
  });

  test("writes every amount as the runtime's own formatter writes its exact decimal", () => {
    const pairs = fc.constantFrom(
      ["USD", "en"],
      ["USD", "ko"],
      ["KRW", "ko"],
      ["EUR", "en"],
      ["KWD", "en"],
      ["JPY", "ko"],
    );
    fc.assert(
      fc.property(amounts, pairs, (amount, [currency = "", lang = ""]) => {
        const digits = minorDigits(currency);
        const text = String(amount).padStart(digits + 1, "0");
        const decimal = digits === 0 ? text : `${text.slice(0, -digits)}.${text.slice(-digits)}`;
        const format = new Intl.NumberFormat(lang, {
          style: "currency",
          currency,
          currencyDisplay: "narrowSymbol",
        });
        expect(formatMoney(amount, currency, lang)).toBe(format.format(decimal as Intl.StringNumericLiteral));
      }),
    );
  });

  test("takes a share exactly, halves away from zero", () => {
    fc.assert(
      fc.property(amounts, fc.integer({ min: 0, max: 10_000 }), (amount, bp) => {
        const exact = (BigInt(amount) * BigInt(bp) * 2n + 10_000n) / 20_000n;
        expect(BigInt(share(amount, bp))).toBe(exact);
      }),
    );
  });

  test("reads decimals by their digits", () => {
    expect(minorUnits("12.5", "USD")).toBe(1_250);
    expect(minorUnits("0.29", "USD")).toBe(29);
    expect(minorUnits("1.005", "USD")).toBe(101);
    expect(minorUnits("1299", "KRW")).toBe(1_299);
    for (const wrong of ["", "1,299", "-5", "1e3", ".5", "99999999999999"])
      expect(minorUnits(wrong, "USD")).toBeNull();
  });

  test("reads back every amount it can be given as a decimal", () => {
    fc.assert(
      fc.property(amounts, fc.constantFrom("USD", "KRW", "KWD"), (amount, currency) => {
        const digits = minorDigits(currency);
        const text = String(amount).padStart(digits + 1, "0");
        expect(
          minorUnits(digits === 0 ? text : `${text.slice(0, -digits)}.${text.slice(-digits)}`, currency),
        ).toBe(amount);
      }),
    );
  });
});
