import fc from "fast-check";
import { expect, test } from "vitest";
import { type Move, MoveAct, MoveReason } from "../../src/domain/reply.ts";
import { spokenMoney } from "../../src/wording/spoken.ts";
import { word } from "../../src/wording/word.ts";
import { anyOffer } from "./arbitraries.ts";
import { answer, card, dollarOffer, en, fact, intent, ko, move, weight, wonOffer } from "./moves.ts";

const content: readonly Partial<Move>[] = [
  {},
  { offers: [dollarOffer()] },
  { offers: [wonOffer()] },
  { intents: [intent()] },
  { results: [card(), card({ sku: "B", title: "Gadan Lift Standing Desk, 120 cm" }), card({ sku: "C" })] },
  { answers: [answer([weight])] },
  { answers: [answer([])] },
  { choices: ["Orrin Air 14 Laptop, Black", "Orrin Air 14 Laptop, Silver"] },
];

for (const context of [en, ko]) {
  test(`speech has no symbols, codes or markup and one question at most, at its end (${context.lang})`, () => {
    const speakable = (said: string) =>
      /^[\p{L}\p{Nd}][\p{L}\p{Nd} .,?'-]*(?<=[.?])$/u.test(said) &&
      !/NB-14A|int_7f3k|ofr_|https?|@| {2}|\?./.test(said);
    const wrong: string[] = [];
    for (const act of MoveAct.options) {
      for (const parts of content) {
        for (const reason of [null, ...MoveReason.options]) {
          const one = move({ act, ...parts, reasons: reason ? [reason] : [] });
          const { speech, reprompt } = word(one, context);
          if (!speakable(speech) || !speakable(reprompt) || sentences(speech) > 3)
            wrong.push(`${speech} / ${reprompt}`);
        }
      }
    }
    expect(wrong.slice(0, 3)).toEqual([]);
  });

  test(`what carries no price fits into eight seconds (${context.lang})`, () => {
    for (const act of MoveAct.options) {
      for (const reason of [null, ...MoveReason.options]) {
        const { speech, reprompt } = word(move({ act, reasons: reason ? [reason] : [] }), context);
        expect(length(speech)).toBeLessThanOrEqual(context.lang === "en" ? 30 : 60);
        expect(length(reprompt)).toBeLessThanOrEqual(context.lang === "en" ? 12 : 26);
      }
    }
  });

  test(`a spoken offer names its total last, in words, and no other amount (${context.lang})`, () => {
    const acts = fc.constantFrom(
      "offer" as const,
      "counter" as const,
      "final_offer" as const,
      "readback" as const,
    );
    fc.assert(
      fc.property(anyOffer(context.currency), acts, (offer, act) => {
        const { speech } = word(
          move({ act, offers: [offer], ask: act === "readback" ? "confirm" : null }),
          context,
        );
        const total = spokenMoney(offer.totals.total, offer.currency, context.lang);
        expect(speech).toContain(total);
        expect(speech).not.toMatch(/[\d$₩%]/);
        const after = speech.slice(speech.lastIndexOf(total) + total.length);
        expect(after).toMatch(/^(?:\?|\. [^.]+\?|에 어떠세요\?|(?:이에요|예요)\. [^.]+\?)$/);
        expect(length(speech)).toBeLessThanOrEqual(context.lang === "en" ? 52 : 100);
      }),
      { numRuns: 300 },
    );
  });
}

test("an ordinary offer takes about eight seconds", () => {
  const short = dollarOffer({ totals: { ...dollarOffer().totals, total: 8_950 } });
  expect(word(move({ act: "offer", offers: [short] }), en).speech).toBe(
    "How about two Orrin Air 14 Laptop Black, delivered in one day, all in for eighty-nine dollars and fifty cents?",
  );
  const terms = { ...wonOffer().terms, subscription: null };
  const lines = wonOffer().lines.slice(0, 1);
  const round = wonOffer({ terms, lines, totals: { ...wonOffer().totals, total: 89_000 } });
  expect(word(move({ act: "offer", offers: [round] }), ko).speech).toBe(
    "토카 75 기계식 키보드 세 개, 배송 이틀에서 사흘, 모두 합해 팔만 구천 원에 어떠세요?",
  );
});

test("at most three products are spoken, with the lowest price last", () => {
  const results = [1, 2, 3, 4, 5].map((n) =>
    card({ sku: `P${n}`, title: `Lamp ${"ABCDE"[n - 1]}`, list_price: n * 1_000 }),
  );
  const { speech } = word(move({ act: "results", results }), en);
  expect(speech).toBe(
    "I found Lamp A, Lamp B and Lamp C, from ten dollars. Shall I tell you more or make you an offer?",
  );
});

test("a customer's words are spoken in whole sentences, harmless", () => {
  const review = fact({
    kind: "review",
    key: "review",
    value: 5,
    text: `Great *lamp*! It cost $50, see https://evil.example. ${"And I could go on. ".repeat(30)}`,
  });
  expect(word(move({ act: "inform", answers: [answer([review])] }), en).speech).toBe(
    "One customer wrote, Great lamp. It cost fifty dollars, see.",
  );
});

test("a policy is never cut before its exception", () => {
  const text =
    "You can return goods within 14 days of delivery for any reason, unless they are coffee that you have opened.";
  const policy = fact({ kind: "policy", key: "returns", about: null, value: "Returns", text });
  const { speech } = word(
    move({ act: "inform", answers: [{ topic: "returns", about: null, facts: [policy] }] }),
    en,
  );
  expect(speech).toContain("unless they are coffee that you have opened.");
});

function sentences(text: string): number {
  return text.split(/(?<=[.?])\s+/).length;
}

/** English words, or Korean syllables and other letters or digits that are read one by one. */
function length(text: string): number {
  return /[가-힣]/.test(text) ? (text.match(/[가-힣]/g) ?? []).length : text.split(/[ -]/).length;
}
