import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { check, required, sentences } from "../../../src/wording/verify/check.ts";
import { loadBenign, loadLies, loadScenes, type Scene } from "./scenes.ts";

const scenes = loadScenes();
const benign = loadBenign();
const lies = loadLies();

function scene(id: string): Scene {
  const found = scenes.get(id);
  if (!found) throw new Error(`no scene ${id}`);
  return found;
}

function passes(id: string, text: string): boolean {
  const { support, move } = scene(id);
  return check(text, support, "text").length === 0 && required(text, move).length === 0;
}

describe("lies", () => {
  test("there are enough of them in both languages", () => {
    expect(lies.length).toBeGreaterThanOrEqual(750);
    expect(lies.filter(([id]) => id.startsWith("ko")).length).toBeGreaterThanOrEqual(250);
  });

  test.each(lies)("%s: no reply says: %s", (id, text) => {
    expect(check(text, scene(id).support, "text")).not.toEqual([]);
  });

  test("none passes behind or before a true sentence", () => {
    const through = lies.filter(([id, text]) => {
      const { support, words } = scene(id);
      const asked = words.reprompt;
      const alone = check(asked, support, "text").length === 0;
      return alone && check(`${asked} ${text} ${asked}`, support, "text").length === 0;
    });
    expect(through).toEqual([]);
  });
});

describe("natural replies", () => {
  const rate = (rows: readonly (readonly [string, string])[]) =>
    rows.filter(([id, text]) => passes(id, text)).length / rows.length;

  test("most pass, in both languages", () => {
    expect(benign.length).toBeGreaterThanOrEqual(230);
    expect(rate(benign.filter(([id]) => id.startsWith("en")))).toBeGreaterThan(0.75);
    expect(rate(benign.filter(([id]) => id.startsWith("ko")))).toBeGreaterThan(0.75);
  });

  test("those that pass as a whole pass sentence by sentence", () => {
    const stopped = benign.filter(([id, text]) => {
      const { support, move } = scene(id);
      const parts = sentences(text, support.lang);
      expect(parts.join("")).toBe(text);
      return (
        passes(id, text) &&
        parts.some((part) => check(part, support, "text").length > 0 && move.act !== "results")
      );
    });
    expect(stopped).toEqual([]);
  });

  test("the house's own words pass nearly everywhere", () => {
    const all = [...scenes.values()];
    const held = all.filter(({ support, words }) => check(words.text, support, "text").length === 0);
    expect(held.length / all.length).toBeGreaterThan(0.9);
  });
});

describe("a figure changed in a passing reply", () => {
  const passing = benign.filter(([id, text]) => passes(id, text) && /\d/.test(text));

  test("is objected to, unless it is another supported one", () => {
    fc.assert(
      fc.property(
        fc.constantFrom(...passing),
        fc.nat(),
        fc.integer({ min: 1, max: 9 }),
        ([id, text], which, by) => {
          const { support, words } = scene(id);
          const digits = [...text.matchAll(/(?<![A-Za-z0-9-])[1-9]/g)];
          const place = digits[which % digits.length]?.index ?? 0;
          const digit = String(((Number(text[place]) + by - 1) % 9) + 1);
          const changed = text.slice(0, place) + digit + text.slice(place + 1);
          const figure =
            /^[\d,.]*\d/.exec(changed.slice(changed.slice(0, place + 1).search(/[\d,.]*\d$/)))?.[0] ?? "";
          const own = [words.text, words.speech, JSON.stringify(scene(id).move)].join(" ");
          fc.pre(changed !== text && !new RegExp(`(?<!\\d)${figure.replace(/\./g, "\\.")}(?!\\d)`).test(own));
          return check(changed, support, "text").length > 0;
        },
      ),
      { numRuns: 400 },
    );
  });

  test("is objected to when an amount nobody named is put in", () => {
    fc.assert(
      fc.property(fc.integer({ min: 1, max: 99_999_999 }), (cents) => {
        const { support, move } = scene("en-address-in-two/2");
        fc.pre(!JSON.stringify(move).includes(String(cents)));
        const amount = `$${(cents / 100).toFixed(2)}`;
        return check(`The total is ${amount}.`, support, "text").some(
          ({ kind }) => kind === "amount" || kind === "total",
        );
      }),
      { numRuns: 200 },
    );
  });
});

describe("a true sentence", () => {
  const offer = scene("en-address-in-two/2").support;
  const objected = (text: string, support = offer) => check(text, support, "text").length > 0;

  test("may not take on a word that nothing supports", () => {
    const word = fc.stringMatching(/^[a-z]{5,11}$/).filter((made) => !offer.words.has(made));
    fc.assert(
      fc.property(word, (made) => {
        expect(objected("Delivery is free and takes 2–5 days.")).toBe(false);
        expect(objected(`Delivery is free, ${made} and takes 2–5 days.`)).toBe(true);
      }),
      { numRuns: 100, examples: [["worldwide"], ["insured"], ["silently"], ["tomorrow"]] },
    );
  });

  test("may not become a deed, a denial or a condition", () => {
    expect(objected("The order would come to $157.29 all in.")).toBe(false);
    expect(objected("I've sent the order, $157.29 all in.")).toBe(true);
    expect(objected("You pay when you order.")).toBe(false);
    expect(objected("You pay when it is delivered.")).toBe(true);
    expect(objected("You can return them within 14 days.")).toBe(false);
    expect(objected("You can't return them.")).toBe(true);
  });

  test("may not mix one package with another", () => {
    const { support } = scene("en-ask-the-boss/5");
    expect(objected("With store pickup it's $1,444.93 all in.", support)).toBe(false);
    expect(objected("With assembly it's $1,444.93 all in.", support)).toBe(true);
  });

  test("compares only as the numbers do", () => {
    const { support } = scene("en-cheaper-one/1");
    expect(objected("The Onsu Drip 10 is lighter.", support)).toBe(false);
    expect(objected("The Onsu ES1 is lighter.", support)).toBe(true);
  });

  test("in Korean may not become a deed or a denial either", () => {
    const { support } = scene("ko-bare-numbers/2");
    expect(objected("배송은 2~5일 걸려요.", support)).toBe(false);
    expect(objected("배송해 드렸어요.", support)).toBe(true);
    expect(objected("반품은 14일 이내예요.", support)).toBe(false);
    expect(objected("반품은 안 돼요.", support)).toBe(true);
  });
});

describe("what must be said", () => {
  const { move } = scene("en-address-in-two/2");

  test("the item, how many and the all-in total of an offer", () => {
    const kinds = (text: string) => required(text, move).map(({ words }) => words);
    expect(kinds("Would you like to take it?")).toEqual(["total", "item", "quantity"]);
    expect(kinds("Three Tokka Upright Ergonomic Mouse for $157.29 all in?")).toEqual([]);
  });

  test("the total of each package", () => {
    const { move: choice, words } = scene("en-ask-the-boss/5");
    expect(required(words.text, choice)).toEqual([]);
    expect(required(words.text.replace("$1,460.98", "less"), choice).map(({ words }) => words)).toEqual([
      "package",
    ]);
  });

  test("the question where something is asked", () => {
    const asking = scene("en-address-in-two/3").move;
    expect(required("I need a few details.", asking)).toHaveLength(1);
    expect(required("Where should it go?", asking)).toEqual([]);
  });
});

describe("speech", () => {
  const { support } = scene("en-address-in-two/2");

  test("has no markup, no list and no end", () => {
    expect(check("- Three mice\n- **Total** $157.29", support, "speech").map(({ kind }) => kind)).toContain(
      "markup",
    );
    expect(
      check("Sure. Yes. Fine. Good. Okay. Thanks.", support, "speech").map(({ kind }) => kind),
    ).toContain("length");
  });
});
