import fc from "fast-check";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { type Act, Reading } from "../../src/domain/act.ts";
import { BOUNDS } from "../../src/domain/bounds.ts";
import { NO_DRAWS } from "../../src/domain/draws.ts";
import type { Evidence } from "../../src/domain/evidence.ts";
import type { Found, KnowledgeLookup } from "../../src/domain/lookup.ts";
import type { Asked, Question } from "../../src/domain/question.ts";
import { ModelResearch } from "../../src/domain/questions/research.ts";
import type { State } from "../../src/domain/state.ts";
import { evidence } from "../../src/knowledge/evidence.ts";
import { needs } from "../../src/knowledge/needs.ts";
import { research } from "../../src/knowledge/research.ts";
import { decide } from "../../src/negotiation/decide.ts";
import { read } from "../../src/understanding/read.ts";
import { refer } from "../../src/understanding/refer.ts";
import { word } from "../../src/wording/word.ts";
import { sqliteKnowledge } from "../adapters/sqlite/knowledge.ts";
import { type KnowledgeBase, loaded } from "../contracts/knowledge.ts";
import { LIMITS } from "../negotiation/shop.ts";
import { demoEntries, demoVendor, stateOf } from "./shelf.ts";

const NOW = "2026-01-01T00:00:00.000Z";
const vendor = demoVendor();
let base: KnowledgeBase;

beforeAll(async () => {
  base = await sqliteKnowledge();
  await loaded(base, demoEntries());
});
afterAll(() => base.close());

const CALL: Asked["call"] = {
  ...{ prompt: "research", version: 1, hash: "0".repeat(16), inputs: "0".repeat(16), model: "scripted" },
  ...{ outcome: "answered", requests: 1, repaired: false, tokens: null, micro_usd: null, ms: 0 },
};

type Script = (question: Question<"research">, round: number) => ModelResearch;

/** Reads, looks up and researches a message in the demo vendor's real knowledge base, with a scripted model. */
async function walked(text: string, script: Script, changes: Partial<State> = {}) {
  const state = stateOf(changes);
  const reading = read(text, { state, now: NOW });
  let acts = refer(reading.acts, state);
  const questions: Question<"research">[] = [];
  let found = await lookUp(acts, state, []);
  for (let round = 1; round <= BOUNDS.research_rounds; round++) {
    const steps = research(text, acts, evidence(acts, state, found, vendor), round, { state });
    let step = steps.next();
    while (!step.done) {
      questions.push(step.value);
      step = steps.next({ ok: true, answer: ModelResearch.parse(script(step.value, round)), call: CALL });
    }
    if (step.value.length === 0) break;
    acts = [...acts, ...step.value];
    found = await lookUp(acts, state, found);
  }
  const known = evidence(acts, state, found, vendor);
  const { move } = decide({
    ...{ state, reading: Reading.parse({ ...reading, acts: [...acts] }), typed: false, evidence: known },
    ...{ vendor, limits: LIMITS, draws: NO_DRAWS, now: NOW, session: "s1", seq: 3 },
  });
  const words = word(move, { vendor, lang: reading.lang, channel: "chat", currency: state.currency });
  return { acts, questions, known, move, words, found };
}

async function lookUp(acts: readonly Act[], state: State, before: readonly Found[]): Promise<Found[]> {
  const found = [...before];
  for (let round = 0; round < BOUNDS.lookup_rounds; round++) {
    const wanted = needs(acts, state, found);
    if (wanted.length === 0) break;
    found.push(...(await Promise.all(wanted.map(find))));
  }
  return found;
}

function find(lookup: KnowledgeLookup): Promise<Found> {
  return base.search.find(lookup, 10_000);
}

const nothing: Script = () => ({ look_ups: [] });
const LAPTOPS =
  "which laptops under 1,000 with 16 GB have the best reviews, and does the warranty cover spills?";

describe("a question of several facts", () => {
  test("is answered with ratings, reviews and the policy, each cited", async () => {
    const { questions, move, words } = await walked(LAPTOPS, ({ given }, round) => {
      if (round > 1) return { look_ups: [] };
      const skus = JSON.parse(given.known ?? "").found.map(({ sku }: { sku: string }) => sku);
      return {
        look_ups: [
          { look: "compare", skus: skus.slice(0, 3) },
          { look: "ask", sku: skus[0], question: "reviews" },
          { look: "ask", sku: null, question: "liquids and drops not covered by warranty" },
        ],
      };
    });
    expect(questions).toHaveLength(1);
    expect(move.results.length).toBeGreaterThan(0);
    expect(move.results.every(({ list_price }) => list_price <= 100_000)).toBe(true);
    expect(move.results.filter(({ rating }) => rating).length).toBeGreaterThanOrEqual(2);
    expect(move.reasons).not.toContain("nearest_only");
    const cited = move.citations.map(({ fact }) => fact);
    expect(cited).toContain("policy/warranty/en#what-is-not-covered");
    expect(cited.filter((fact) => fact.startsWith("r-"))).not.toEqual([]);
    expect(words.text).toMatch(/★ \d\.\d \(\d+\)/);
    expect(words.text).toContain("Drops, liquids");
  });

  test("is asked in Korean as well", async () => {
    const { questions, move, words } = await walked(
      "150만원 이하 16GB 노트북 중에 후기 제일 좋은 건 뭐예요? 그리고 물 쏟은 것도 보증되나요?",
      ({ given }) => {
        const skus = JSON.parse(given.known ?? "").found.map(({ sku }: { sku: string }) => sku);
        return {
          look_ups: [
            { look: "compare", skus },
            { look: "ask", sku: skus[0], question: "후기" },
          ],
        };
      },
      { lang: "ko", currency: "KRW" },
    );
    expect(questions.length).toBeGreaterThan(0);
    expect(move.results.filter(({ rating }) => rating).length).toBeGreaterThanOrEqual(2);
    expect(move.citations.some(({ fact }) => fact.startsWith("r-"))).toBe(true);
    expect(words.text).toMatch(/★ \d\.\d/);
  });

  test("without an answer from the model is answered by what the house found", async () => {
    const { acts, move } = await walked(LAPTOPS, nothing);
    expect(acts.map(({ act }) => act)).toEqual(["search", "ask"]);
    expect(move.act).toBe("results");
    expect(move.citations.map(({ fact }) => fact).join(" ")).toContain("policy/warranty/en#");
  });

  test("which of a kind is the best liked is answered by their ratings, not by asking back", async () => {
    const { move } = await walked("which office chairs have the best reviews?", ({ given }) => ({
      look_ups: [{ look: "compare", skus: JSON.parse(given.known ?? "").also_known.slice(0, 3) }],
    }));
    expect(move.act).toBe("comparison");
    expect(move.results.filter(({ rating }) => rating).length).toBeGreaterThanOrEqual(2);
  });

  test("that the shop says nothing about is honestly not stated", async () => {
    const { questions, move } = await walked("Is the NB-13N dishwasher safe?", () => ({
      look_ups: [{ look: "ask", sku: "NB-13N", question: "dishwasher" }],
    }));
    expect(questions).toHaveLength(1);
    expect(move.reasons).toContain("not_stated");
  });
});

describe("no question is asked", () => {
  test.each([
    "Do you have laptops under 1,000 with 16 GB?",
    "How much is shipping?",
    "What is your return policy, and how long is the warranty?",
    "hello there",
    "I'd like two Orrin Note 13, best price please",
    "the cheapest monitor",
  ])("about what the house answers or haggles by itself (%s)", async (text) => {
    expect((await walked(text, nothing)).questions).toEqual([]);
  });

  test("while it is open which product is meant", async () => {
    const { questions, known } = await walked("How heavy is the Orrin laptop?", nothing);
    expect(known.unresolved.length + known.answers.length).toBeGreaterThan(0);
    if (known.unresolved.some(({ choices }) => choices.length > 0)) expect(questions).toEqual([]);
  });

  test("after the last round", () => {
    const acts: Act[] = [{ act: "ask", question: "what?" }];
    const known = { ...NOTHING_FOUND, answers: [{ topic: "what?", about: null, facts: [] }] };
    const state = stateOf();
    expect(research("what?", acts, known, 1, { state }).next().done).toBe(false);
    expect(research("what?", acts, known, BOUNDS.research_rounds + 1, { state }).next()).toEqual({
      done: true,
      value: [],
    });
  });
});

const NOTHING_FOUND: Evidence = {
  ...{ acts: [], proposal: null, accepted_sku: null, unresolved: [], products: new Map(), bundles: [] },
  ...{ answers: [], results: [], relaxed: false, partial: false },
};

describe("what a model would look up", () => {
  const lookedUp = async (look_ups: ModelResearch["look_ups"]) =>
    (await walked(LAPTOPS, (_, round) => ({ look_ups: round === 1 ? look_ups : [] }))).acts.slice(2);

  test("is dropped for goods that were not found", async () => {
    expect(
      await lookedUp([
        { look: "ask", sku: "GOLD-1", question: "reviews" },
        { look: "ask", sku: "of_1234567890abcdef", question: "reviews" },
        { look: "compare", skus: ["NB-14A-BLK", "GOLD-1"] },
      ]),
    ).toEqual([]);
  });

  test("is dropped when it was asked already", async () => {
    const wanted = { look: "ask", sku: "NB-14A-BLK", question: "reviews" } as const;
    expect(
      await lookedUp([
        wanted,
        wanted,
        { look: "ask", sku: null, question: "does the warranty cover spills?" },
      ]),
    ).toEqual([{ act: "ask", item: { sku: "NB-14A-BLK" }, topic: "reviews", question: "reviews" }]);
  });

  test("keeps the conditions of the first search, and takes a limit only from the message", async () => {
    const conditions = { specs: [{ op: "eq", value: 16, unit: "GB" }] };
    expect(await lookedUp([{ look: "search", query: "notebooks", price_max: 1000 }])).toEqual([
      { act: "search", query: "notebooks", filters: { ...conditions, price_max: 100_000 } },
    ]);
    expect(await lookedUp([{ look: "search", query: "notebooks", price_max: 99999.5 }])).toEqual([
      { act: "search", query: "notebooks", filters: { ...conditions, price_max: 100_000 } },
    ]);
  });

  test("is said again in nobody's words but the counterpart's", async () => {
    const acts = await lookedUp([
      { look: "ask", sku: "NB-14A-BLK", question: "is it $1 today with lifetime refund, spills and reviews" },
      { look: "ask", sku: "NB-14A-SLV", question: "Acme zebra" },
    ]);
    const said = acts.map((act) => (act.act === "ask" ? act.question : null));
    expect(said[0]).toMatch(/spills.*reviews/);
    expect(said[0]).not.toMatch(/\$|lifetime|today|\d/);
    expect(said[1]).toBe("");
  });

  test("shows none of the model's words, answered or not", async () => {
    const wild = "Acme lifetime refund of $1 on reviews";
    const { move, words } = await walked(LAPTOPS, (_, round) => ({
      look_ups:
        round === 1
          ? [
              { look: "ask", sku: "NB-14A-BLK", question: wild },
              { look: "ask", sku: null, question: wild },
            ]
          : [],
    }));
    expect(JSON.stringify([move, words])).not.toMatch(/Acme|lifetime|\$1\b/);
  });

  test("is nothing but inquiries within bounds, whatever it answers", async () => {
    const { acts, known } = await walked(LAPTOPS, nothing);
    const state = stateOf();
    const sku = fc.constantFrom("NB-14A-BLK", "NB-14A-SLV", "NB-14P-16", "GOLD-1", "", "__proto__");
    const text = fc.oneof(
      fc.string({ maxLength: 50 }),
      fc.constantFrom("reviews", "free 90% off", "warranty"),
    );
    const look = fc.oneof(
      fc.record({
        look: fc.constant("search" as const),
        query: text,
        price_max: fc.option(fc.double({ min: 0, noNaN: true })),
      }),
      fc.record({ look: fc.constant("ask" as const), sku: fc.option(sku), question: text }),
      fc.record({ look: fc.constant("compare" as const), skus: fc.array(sku, { maxLength: 3 }) }),
    );
    fc.assert(
      fc.property(fc.array(look, { maxLength: 4 }), (look_ups) => {
        const steps = research(LAPTOPS, acts, known, 1, { state });
        expect(steps.next().done).toBe(false);
        const { value } = steps.next({ ok: true, answer: { look_ups }, call: CALL });
        const more = value as readonly Act[];
        expect(more.every(({ act }) => act === "ask" || act === "search" || act === "compare")).toBe(true);
        expect(acts.length + more.length).toBeLessThanOrEqual(BOUNDS.acts);
        expect(Reading.shape.acts.safeParse([...acts, ...more]).success).toBe(true);
        for (const lookup of needs([...acts, ...more], state, []))
          expect(["search", "products", "voices", "passages"]).toContain(lookup.kind);
        expect(
          JSON.stringify(
            more.map((act) => (act.act === "ask" ? act.item : act.act === "compare" && act.items)),
          ),
        ).not.toMatch(/GOLD-1|__proto__/);
        for (const act of more) if (act.act === "ask") expect(act.question).not.toContain("90%");
      }),
    );
  });
});

describe("the question", () => {
  test("gives codes and figures, and keeps others' words among what is heard", async () => {
    const { questions } = await walked(LAPTOPS, nothing);
    const [question] = questions;
    expect(question?.given.known).toContain("NB-14A-BLK");
    expect(question?.given.known).not.toMatch(/Orrin|spills/);
    expect(question?.heard.facts).toMatch(/Orrin/);
    expect(question?.heard.message).toBe(LAPTOPS);
  });
});
