import fc from "fast-check";
import { expect, test } from "vitest";
import type { Lang } from "../../src/domain/text.ts";
import { speakable, spokenTitle } from "../../src/wording/speakable.ts";

const cases: readonly [text: string, lang: Lang, said: string][] = [
  ["It cost $50.25. Good!", "en", "It cost fifty dollars and twenty-five cents. Good"],
  ["₩89,000이면 싸요", "ko", "팔만 구천 원이면 싸요"],
  ["see https://evil.example/x?y=1 now", "en", "see now"],
  ["write to me@evil.example now", "en", "write to now"],
  ["**bold** _and_ `code` # head", "en", "bold and code head"],
  ["[click](http://evil.example)", "en", "click"],
  ["nice 🎉👍", "en", "nice"],
  ['a 27" screen at 50% & more', "en", "a 27 inch screen at 50 percent and more"],
  ["1920 x 1200", "ko", "1920 곱하기 1200"],
  ["15.6 inch, Wi-Fi 6E", "en", "15.6 inch, Wi-Fi 6E"],
  ["what? really!! yes...", "en", "what. really. yes"],
  ["!!!", "en", ""],
];

test.each(cases)("%j in %s is said as %j", (text, lang, said) => {
  expect(speakable(text, lang, 200)).toBe(said);
});

test("a product's code is not spoken", () => {
  expect(spokenTitle("Orrin Air 14 (NB-14A-BLK), Black", "en", 40, "NB-14A-BLK")).toBe("Orrin Air 14 Black");
  expect(spokenTitle("NB-14A-BLK", "en", 40, "NB-14A-BLK")).toBe("item");
});

test("a long title is cut at a word", () => {
  expect(spokenTitle("Gadan Lift Standing Desk with Memory Keypad", "en", 30, null)).toBe(
    "Gadan Lift Standing Desk with",
  );
});

test("an amount is spoken whole or not at all", () => {
  expect(spokenTitle("Lamp worth $1,769.63 today", "en", 30, null)).toBe("Lamp worth");
  expect(speakable("$1,769.63", "en", 20)).toBe("");
});

test("nothing but letters, digits and quiet punctuation is ever spoken", () => {
  fc.assert(
    fc.property(
      fc.string({ unit: "binary", maxLength: 200 }),
      fc.constantFrom<Lang>("en", "ko"),
      (text, lang) => {
        const said = speakable(text, lang, 60);
        expect(said).toMatch(/^[\p{L}\p{M}\p{Nd} .,'-]*$/u);
        expect(said.length).toBeLessThanOrEqual(60);
      },
    ),
    { numRuns: 500 },
  );
});
