import fc from "fast-check";
import { describe, expect, expectTypeOf, test } from "vitest";
import { type Act, type ActName, type ActOf, Reading, SURE } from "../../src/domain/act.ts";
import type { ModelAct, ModelReading } from "../../src/domain/questions/read.ts";
import { ADOPTED, adopt } from "../../src/understanding/adopt.ts";
import { read } from "../../src/understanding/read.ts";
import { refer } from "../../src/understanding/refer.ts";
import { DETAILS, Talk, VENDOR } from "../negotiation/shop.ts";
import { NOW, stateOf } from "./contexts.ts";
import { vendor, whole } from "./model-table.ts";

type Short = Parameters<typeof whole>[0];

function adoptedIn(context: string, text: string, acts: Short, unclear: string | null = null): Reading {
  const at = { state: stateOf(context), now: NOW, vendor };
  return adopt(whole(acts, unclear), read(text, at), text, at);
}

function proposal(reading: Reading): ActOf<"propose"> | undefined {
  return reading.acts.find((act) => act.act === "propose");
}

/** Acts that bind, cancel, end, take back or tell details. */
const NEVER = ["accept", "confirm", "cancel_order", "leave", "inform", "withdraw"] as const;

describe("a model's answer", () => {
  test("has by its type no act that binds, cancels, ends, takes back or tells details", () => {
    expectTypeOf<Extract<ModelAct["act"], (typeof NEVER)[number]>>().toEqualTypeOf<never>();
    expectTypeOf<Exclude<ModelAct["act"], ActName>>().toEqualTypeOf<"agree" | "refuse" | "lower">();
    const none: Extract<ModelAct["act"], (typeof NEVER)[number]>[] = [];
    expect(none).toEqual([]);
  });

  test("is never sure enough to bind", () => {
    expect(ADOPTED).toBeLessThan(SURE.binding);
    expect(ADOPTED).toBeGreaterThanOrEqual(SURE.act);
  });
});

describe("a figure", () => {
  test.each([
    ["offer_usd", "I might go as high as forty-nine fifty for you", 49.5, 4_950],
    ["offer_usd", "something like $50, roughly speaking, would be kind", 50, 5_000],
    ["offer_krw", "마음 같아서는 오만 원인데 말이죠", 50_000, 50_000],
    ["offer_krw", "4만5천이면 생각해 볼 텐데요", 45_000, 45_000],
    ["offer_560000_krw", "52 언저리에서 봅시다", 520_000, 520_000],
  ])("named in words or digits counts (%s: %s)", (context, text, unit_price, minor) => {
    const reading = adoptedIn(context, text, [{ act: "propose", lines: [{ shown: "offer", unit_price }] }]);
    expect(proposal(reading)?.lines).toEqual([{ item: { ref: "offer" }, unit_price: minor }]);
    expect(reading.unsure).toBeUndefined();
  });

  test.each([
    ["offer_usd", "You're killing me.", 50],
    ["offer_usd", "That number made my eyes water", 56],
    ["offer_usd", "It should last me ten years at least, I say", 10],
    ["offer_usd", "50 euros is all I have, my friend", 50],
    ["offer_usd", "I've been at it for 3 weeks and 2 days, have mercy", 3],
    ["offer_krw", "좀 부담되네요 어떻게 안 될까요", 50_000],
    ["offer_krw", "벌써 3주째 고민만 하고 있네요", 30_000],
  ])("not named for a price is dropped (%s: %s)", (context, text, unit_price) => {
    const reading = adoptedIn(context, text, [{ act: "propose", lines: [{ shown: "offer", unit_price }] }]);
    expect(proposal(reading)?.lines?.[0]?.unit_price).toBeUndefined();
    expect(reading.confidence).toBeLessThan(SURE.binding);
  });

  test("of the talk before counts only where the message points at it", () => {
    const lines = [{ shown: "offer", unit_price: 56 }];
    const pointing = adoptedIn("offer_usd", "Well, throw in a bag and we do business at your first price", [
      { act: "propose", lines },
    ]);
    expect(proposal(pointing)?.lines?.[0]?.unit_price).toBe(5_600);
    const silent = adoptedIn("offer_usd", "Well, throw in a bag and we do business", [
      { act: "propose", lines },
    ]);
    expect(proposal(silent)?.lines?.[0]?.unit_price).toBeUndefined();
  });

  test("of one unit that nobody named changes no count", () => {
    const reading = adoptedIn("offer_two_usd", "I could stretch to about 50 apiece, cross my heart", [
      { act: "propose", lines: [{ shown: "offer", quantity: 1, unit_price: 50 }] },
    ]);
    expect(proposal(reading)?.lines).toEqual([{ item: { ref: "offer" }, unit_price: 5_000 }]);
    expect(reading.unsure).toBeUndefined();
  });

  test("that counts goods nobody counted is asked about", () => {
    const reading = adoptedIn("offer_usd", "Load up the truck then, I dare you", [
      { act: "propose", lines: [{ shown: "offer", quantity: 500 }] },
    ]);
    expect(reading).toMatchObject({ unsure: "quantity" });
    expect(reading.confidence).toBeLessThan(SURE.act);
    expect(proposal(reading)?.lines).toEqual([{ item: { ref: "offer" } }]);
  });

  test("of a share off must be said as one", () => {
    const said = adoptedIn("offer_usd", "Knocking 12.5% away would make an old man happy", [
      { act: "propose", percent_off: 12.5 },
    ]);
    expect(proposal(said)?.off_bp).toBe(1_250);
    const unsaid = adoptedIn("offer_usd", "Twelve reasons I have to weep, dear friend", [
      { act: "propose", percent_off: 12 },
    ]);
    expect(proposal(unsaid)?.off_bp).toBeUndefined();
  });
});

describe("a thing", () => {
  test("nobody named or showed is dropped and asked about", () => {
    const reading = adoptedIn("offer_usd", "Zounds, the very idea.", [
      { act: "propose", lines: [{ sku: "GOLD-1" }, { words: "platinum yacht" }] },
    ]);
    expect(reading.acts).toEqual([]);
    expect(reading.unsure).toBeDefined();
  });

  test("may come from what was said before, or from a title on the table", () => {
    const state = {
      ...stateOf("offer_usd"),
      recent: [{ by: "counterpart", text: "my mate has the blue kettle" } as const],
    };
    const at = { state, now: NOW, vendor };
    const text = "Right then, what he has, if it pleases you";
    const answer = whole(
      [{ act: "propose", lines: [{ words: "blue kettle" }, { words: "Harbor headphones" }] }],
      null,
    );
    expect(proposal(adopt(answer, read(text, at), text, at))?.lines).toEqual([
      { item: { query: "blue kettle" } },
      { item: { query: "harbor headphones" } },
    ]);
  });

  test("at a place nobody pointed at is dropped", () => {
    const reading = adoptedIn("shown_usd", "Hmm, decisions, decisions", [
      { act: "propose", lines: [{ shown: "third" }] },
    ]);
    expect(proposal(reading)).toBeUndefined();
  });
});

describe("a term", () => {
  test("must be the vendor's own, and spoken of", () => {
    const lasting = "I want to sleep soundly with proper cover on it, my dear";
    expect(
      proposal(adoptedIn("offer_usd", lasting, [{ act: "propose", warranty: "warranty-36" }]))?.terms,
    ).toEqual({
      warranty: { id: "warranty-36" },
    });
    expect(
      proposal(adoptedIn("offer_usd", lasting, [{ act: "propose", warranty: "forever" }])),
    ).toBeUndefined();
    expect(proposal(adoptedIn("offer_usd", lasting, [{ act: "propose", payment: "net30" }]))).toBeUndefined();
  });
});

describe("agreement", () => {
  test.each([
    ["offer_usd", "You've twisted my arm, but only if the case is thrown in"],
    ["offer_usd", "You've twisted my arm, shall we?"],
    ["offer_usd", "You've twisted my arm at 50"],
    ["offer_usd", "No, you will have to twist my arm harder than that"],
    ["spoken_usd", "You've twisted my arm."],
    ["offer_krw", "졌습니다, 택배비만 빼 주시면요"],
    ["offer_krw", "제가 졌네요, 그렇죠?"],
    ["offer_usd", `You've twisted my arm. ${"What a day it has been. ".repeat(6)}`],
  ])(
    "is no yes beside a condition, a question, a number, a no, without an offer, or in a speech (%s: %s)",
    (context, text) => {
      expect(adoptedIn(context, text, [{ act: "agree" }]).acts.map(({ act }) => act)).not.toContain("accept");
    },
  );

  test("beside anything else is no yes", () => {
    const acts = adoptedIn("offer_usd", "You've twisted my arm.", [{ act: "agree" }, { act: "lower" }]).acts;
    expect(acts.map(({ act }) => act)).not.toContain("accept");
  });
});

describe("what the house understood", () => {
  test("of manners stays beside what the model adds", () => {
    const reading = adoptedIn("offer_usd", "Hello! That number made my eyes water.", [{ act: "lower" }]);
    expect(reading.acts).toEqual([{ act: "greet" }, { act: "propose", lower: true }]);
  });

  test("of an order's details stays, whatever a model makes of the rest", () => {
    const text = "My email is kim@example.org and the moon is full tonight, is it not so";
    const house = read(text, { state: stateOf("ask_payer_usd"), now: NOW });
    const reading = adoptedIn("ask_payer_usd", text, [
      { act: "propose", lines: [{ shown: "offer", unit_price: 1 }] },
    ]);
    expect(house.acts.map(({ act }) => act)).toContain("inform");
    expect(reading.acts).toContainEqual(house.acts.find(({ act }) => act === "inform"));
  });

  test("stands as it was when an answer holds nothing that counts", () => {
    for (const acts of [[], [{ act: "greet" }], [{ act: "propose", total: 1 }]] as const) {
      const text = "좀 부담되네요 어떻게 안 될까요";
      expect(adoptedIn("offer_krw", text, acts)).toEqual(
        read(text, { state: stateOf("offer_krw"), now: NOW }),
      );
    }
  });

  test("decides the language, whatever the model says", () => {
    const at = { state: stateOf("offer_krw"), now: NOW, vendor };
    const text = "좀 부담되네요 어떻게 안 될까요";
    expect(adopt({ ...whole([{ act: "lower" }], null), lang: "en" }, read(text, at), text, at).lang).toBe(
      "ko",
    );
  });
});

const words = fc.constantFrom("LAP", "laptop", "the LAP", "gold", "free", "yes", "1", "90%", "of_1", "BAG");
const item = fc.record({
  sku: fc.option(words),
  words: fc.option(words),
  shown: fc.option(fc.constantFrom("that", "first", "second", "last", "cheaper", "offer")),
});
const price = fc.option(
  fc.oneof(fc.constantFrom(0, 0.01, 1, 45.5, 899, 1e21), fc.double({ min: 0, noNaN: true })),
);
const quantity = fc.option(fc.integer({ min: 1, max: 100_000 }));
const id = fc.option(fc.constantFrom("w12", "w24", "net30", "express", "monthly", "r30", "bogus"));
const modelAct = fc.oneof(
  fc.record({ act: fc.constantFrom("greet", "thank", "help", "handoff", "agree", "refuse", "lower") }),
  fc.record({ act: fc.constant("ask"), item: fc.option(item), question: fc.string({ maxLength: 60 }) }),
  fc.record({
    ...{ act: fc.constant("search"), query: words, price_min: price, price_max: price },
    ...{ brand: fc.option(words), cheapest: fc.boolean() },
  }),
  fc.record({ act: fc.constant("compare"), items: fc.array(item, { maxLength: 3 }) }),
  fc.record({
    act: fc.constant("propose"),
    lines: fc.array(fc.record({ item, quantity, unit_price: price }), { maxLength: 3 }),
    ...{
      total: price,
      percent_off: fc.option(fc.double({ min: 0, max: 100, noNaN: true })),
      final: fc.boolean(),
    },
    terms: fc.record({
      ...{ delivery: id, warranty: id, payment: id, returns: id, subscription: id },
      free: fc.subarray(["delivery", "warranty", "gift"]),
    }),
  }),
);
const answers = fc.record({
  lang: fc.constantFrom("en", "ko"),
  acts: fc.array(modelAct, { maxLength: 8 }),
  unclear: fc.option(fc.string({ maxLength: 40 })),
}) as fc.Arbitrary<ModelReading>;

const TEXTS = [
  "You've twisted my arm.",
  "Done and dusted, box it.",
  "yes whatever, I suppose, or not",
  "That number made my eyes water.",
  "졌다 졌어 그냥 가져갈게요",
  "Hello! Cancel culture, eh. Bye for now I guess",
  "네 뭐 그런 셈 치고 도장 찍읍시다",
];

/** An order one plain yes away from being bound. */
function atReadback(): Talk {
  const talk = new Talk({ channel: "chat", party: { principal: "p", kind: "person", tier: "anonymous" } });
  talk.propose({ want: [{ sku: "LAP", quantity: 1 }] });
  talk.say({ act: "inform", details: DETAILS });
  talk.say({ act: "accept" });
  return talk;
}

describe("whatever a model answers", () => {
  test("a plain yes from the house binds the order that the next tests leave unbound", () => {
    const talk = atReadback();
    expect(talk.state.readback).not.toBeNull();
    talk.say({ act: "confirm" });
    expect(talk.last().binding).not.toBeNull();
  });

  test("a yes in other words is read back, and read back once more where that waits for an answer", () => {
    const talk = atReadback();
    const at = { state: talk.state, now: talk.now, vendor: VENDOR };
    const text = "Done and dusted, box it.";
    const { acts, confidence } = adopt(whole([{ act: "agree" }], null), read(text, at), text, at);
    expect(acts).toEqual([{ act: "accept" }]);
    expect(talk.say(refer(acts, talk.state), confidence).act).toBe("readback");
    expect(talk.last().binding).toBeNull();
  });

  test("nothing binds, cancels or ends, one yes away from an order", () => {
    fc.assert(
      fc.property(answers, fc.constantFrom(...TEXTS), (answer, text) => {
        const talk = atReadback();
        const at = { state: talk.state, now: talk.now, vendor: VENDOR };
        // What the house understood itself is the house's; here it understood nothing.
        const house: Reading = { lang: "en", acts: [], confidence: 0.3, unsure: "act" };
        const reading = Reading.parse(adopt(answer, house, text, at));
        expect(reading.confidence).toBeLessThanOrEqual(ADOPTED);
        expect(reading.acts.filter(forbidden)).toEqual([]);
        const { confidence, unsure } = reading;
        talk.send(refer(reading.acts, talk.state).map(settledOn), {
          confidence,
          ...(unsure ? { unsure } : {}),
        });
        const { binding, cancels, closes } = talk.last();
        expect({ binding, cancels, closes }).toEqual({ binding: null, cancels: [], closes: false });
      }),
      { numRuns: 400 },
    );
  });

  test("no figure comes of a message that names none", () => {
    fc.assert(
      fc.property(answers, fc.constantFrom(...TEXTS), (answer, text) => {
        const at = { state: stateOf("offer_usd"), now: NOW, vendor };
        const { acts } = adopt(answer, read(text, at), text, at);
        expect(acts.flatMap(figures)).toEqual([]);
      }),
      { numRuns: 400 },
    );
  });
});

/** What a look-up would find: here every name means the one laptop. */
function settledOn(act: Act): Act {
  if (act.act !== "propose") return act;
  return { ...act, lines: (act.lines ?? []).map((line) => ({ ...line, item: { sku: "LAP" } })) };
}

/** An accept that names no offer leads to a read-back; any other binding or ending act is forbidden. */
function forbidden(act: Act): boolean {
  if (act.act === "accept") return Object.keys(act).length > 1;
  return NEVER.some((name) => name === act.act);
}

function figures(act: Act): number[] {
  if (act.act === "search") return [act.filters?.price_min, act.filters?.price_max].flatMap((n) => n ?? []);
  if (act.act !== "propose") return [];
  const lines = (act.lines ?? []).flatMap(({ quantity, unit_price }) => [quantity, unit_price]);
  return [act.total, act.off_bp, ...lines].flatMap((n) => n ?? []);
}
