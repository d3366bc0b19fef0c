import { describe, expect, test } from "vitest";
import { check } from "../../../src/wording/verify/check.ts";
import * as patterns from "../../../src/wording/verify/claim-patterns.ts";
import { allOf, matches, may } from "../../../src/wording/verify/gate.ts";
import { needlesOf } from "../../../src/wording/verify/needles.ts";
import { supportOf } from "../../../src/wording/verify/support.ts";
import { loadBenign, loadLies, loadScenes } from "./scenes.ts";

const scenes = loadScenes();
const texts = [
  ...loadLies().map(([, text]) => text),
  ...loadBenign().map(([, text]) => text),
  ...[...scenes.values()].flatMap(({ words }) => [words.text, words.text.toUpperCase(), words.speech]),
];
const all = [
  ...patterns.CLAIMS.map(({ pattern }) => pattern),
  ...patterns.THINGS.map(([, pattern]) => pattern),
  ...Object.values(patterns).filter((each): each is RegExp => each instanceof RegExp),
];

describe("a gate", () => {
  test("is open wherever its pattern matches", () => {
    const shut = all.flatMap((pattern) =>
      texts.filter((text) => text.search(pattern) >= 0 && !may(pattern, text)),
    );
    expect(shut).toEqual([]);
  });

  test("is shut for most texts that its pattern does not match", () => {
    const open = all.reduce((sum, pattern) => sum + texts.filter((text) => may(pattern, text)).length, 0);
    expect(open / (all.length * texts.length)).toBeLessThan(0.1);
  });

  test.each([
    [/throw(?:ing|n)? in/i, ["throw in", "throwing in", "thrown in"]],
    [/a{0,2}bcd+/, ["bcd"]],
    [/(?<=x)off\b|\d\s?원/, ["off", "0원", "0 원"]],
    [/[^a]?x*/, null],
    [/half|.*/, null],
    [/[A-Z]end/i, ["end"]],
    [/\d+\s?won/, ["0won", "0 won"]],
    [/(?:ab)+c/, ["abc"]],
  ] as const)("%s needs one of %j", (pattern, needles) => {
    expect(needlesOf(pattern)).toEqual(needles);
  });
});

describe("a search", () => {
  test("begins at the start, whatever was searched for before", () => {
    const word = /free/gi;
    expect(matches(word, "Delivery to the door is free.")).toBe(true);
    expect(allOf(word, "Free!").map(([found]) => found)).toEqual(["Free"]);
  });

  test("finds the same in a text whatever other moves were read in between", () => {
    const [first] = scenes.values();
    if (!first) throw new Error("no scenes");
    const lies = loadLies().filter(([id]) => id === first.id);
    const objections = () => lies.map(([, text]) => check(text, first.support, "text"));
    const before = objections();
    const vendor = first.vendor;
    for (const { move, words, said } of scenes.values()) {
      const state = { currency: "USD" } as Parameters<typeof supportOf>[2]["state"];
      supportOf(move, words, { vendor, state, lang: words.lang, counterpart: said });
      expect(objections()).toEqual(before);
    }
  });
});
