import fc from "fast-check";
import { expect, test } from "vitest";
import { cut, plain, quoted } from "../../src/wording/plain.ts";

test.each([
  ["a plain title", "a plain title"],
  ["two\nlines\r\nand\ttabs", "two lines and tabs"],
  ["  spaces   everywhere ", "spaces everywhere"],
  ["bell\u0007 and nul\u0000", "bell and nul"],
  ["right\u202eto left\u2066 marks\ufeff", "rightto left marks"],
  ["zero\u200bwidth\u200d", "zerowidth"],
  ["paragraph\u2029separator", "paragraph separator"],
  ["<b>bold</b> <script>alert(1)</script>", "bold alert(1)"],
  ["half <script", "half <script"],
  ["lone \ud800 surrogate", "lone surrogate"],
  ["각", "각"],
])("%j becomes %j", (text, line) => {
  expect(plain(text, 100)).toBe(line);
});

test("whatever comes in, one line without control characters comes out, no longer than asked for", () => {
  const nasty = fc.string({ unit: "binary", maxLength: 300 });
  fc.assert(
    fc.property(nasty, fc.integer({ min: 10, max: 80 }), (text, max) => {
      const line = plain(text, max);
      expect(line.length).toBeLessThanOrEqual(max);
      expect(line).not.toMatch(/[\p{Cc}\p{Cf}\u2028\u2029]/u);
      expect(line.isWellFormed()).toBe(true);
    }),
    { numRuns: 500 },
  );
});

test("a long run of spaces and words is told from a harmless title in linear time", () => {
  const text = `${"a ".repeat(50_000)}<`;
  expect(plain(text, 40).length).toBeLessThanOrEqual(40);
});

test("a cut ends at a word, shows that it was cut, and never splits a character", () => {
  expect(cut("one two three four", 12)).toBe("one two…");
  expect(cut("가나다라마바사", 4)).toBe("가나다…");
  expect(cut("👍👍👍", 4).isWellFormed()).toBe(true);
});

test("a quotation cannot end early", () => {
  expect(quoted('great" she said "and cheap', 80)).toBe(`"great' she said 'and cheap"`);
});
