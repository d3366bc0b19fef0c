import fc from "fast-check";
import { describe, expect, test } from "vitest";
import type { Act } from "../../src/domain/act.ts";
import { Proposal } from "../../src/domain/proposal.ts";
import { Card } from "../../src/domain/reply.ts";
import type { State } from "../../src/domain/state.ts";
import { evidence } from "../../src/knowledge/evidence.ts";
import { demoEntries, demoVendor, gathered, shelf, stateOf } from "./shelf.ts";

const find = shelf(demoEntries(), ["PB-10K"]);
const vendor = demoVendor();
const korean = { lang: "ko", currency: "KRW" } as const;

describe("a proposal", () => {
  test("keeps what was said and resolves what was named", () => {
    const { proposal, unresolved, products, bundles } = known([
      { act: "propose", lines: [{ item: { sku: "DS-L140" }, quantity: 2, unit_price: 40000 }], total: 79000 },
    ]);
    expect(proposal).toEqual({
      ...{ lines: [{ sku: "DS-L140", quantity: 2, unit_price: 40000 }], remove: [] },
      ...{ total: 79000, terms: {}, codes: [] },
    });
    expect(unresolved).toEqual([]);
    expect(products.get("DS-L140")).toMatchObject({ live: true, stock: 31 });
    expect(bundles.map(({ id }) => id)).toContain("desk-and-chair");
  });

  test("names a product by another name said exactly, however many have its words", () => {
    const ordered = (query: string) =>
      known([{ act: "propose", lines: [{ item: { query } }] }], korean).proposal?.lines[0]?.sku;
    expect([ordered("커피 필터"), ordered("24인치 모니터")]).toEqual(["CF-02", "MN-24F"]);
  });

  test("tells names apart by the small words in them", () => {
    const { proposal } = known([
      { act: "propose", lines: [{ item: { query: "sorae over one headphones black" } }] },
    ]);
    expect(proposal?.lines).toEqual([{ sku: "HP-OV1-BLK" }]);
  });

  test("in another colour takes the place of what stands on the offer, as many of it", () => {
    const offer = { id: "o1", lines: [{ sku: "MN-27Q-BLK", quantity: 2 }] };
    const standings = [{ offer, status: "live", seq: 2, heard: true }] as unknown as State["standings"];
    const item = { ref: "that" as const, options: { color: "white" } };
    const { proposal } = known([{ act: "propose", lines: [{ item }] }], { standings, that: "MN-27Q-BLK" });
    expect(proposal).toMatchObject({ lines: [{ sku: "MN-27Q-WHT", quantity: 2 }], remove: ["MN-27Q-BLK"] });
  });

  test("of several acts is one: lines add up, what is said later holds", () => {
    const item = { sku: "SL-14" };
    const { proposal } = known([
      {
        act: "propose",
        lines: [{ item, quantity: 2 }],
        total: 9000,
        terms: { gift: true },
        codes: ["SPRING"],
      },
      {
        act: "propose",
        lines: [{ item, quantity: 1 }, { item: { sku: "CG-65-BLK" } }],
        total: 8000,
        codes: ["SPRING"],
      },
    ]);
    expect(proposal).toEqual({
      ...{ lines: [{ sku: "SL-14", quantity: 3 }, { sku: "CG-65-BLK" }], remove: [] },
      ...{ total: 8000, terms: { gift: true }, codes: ["SPRING"] },
    });
  });

  test("without lines is about the product spoken of, or leaves a standing offer's lines as they are", () => {
    const act: Act = { act: "propose", lower: true };
    expect(known([act], { that: "SL-14" }).proposal).toMatchObject({
      lines: [{ sku: "SL-14" }],
      lower: true,
    });
    expect(known([act]).proposal).toMatchObject({ lines: [], lower: true });
  });

  test("with a SKU nobody sells has that SKU unresolved, and no such line", () => {
    const { proposal, unresolved, products } = known([
      { act: "propose", lines: [{ item: { sku: "NOPE" } }, { item: { sku: "SL-14" } }] },
    ]);
    expect(proposal?.lines).toEqual([{ sku: "SL-14" }]);
    expect(unresolved).toEqual([{ words: "NOPE", choices: [], partial: false }]);
    expect([...products.keys()]).toEqual(["SL-14"]);
  });

  test("shows a withdrawn product as such, by its SKU", () => {
    const { products, unresolved } = known([{ act: "propose", lines: [{ item: { sku: "PB-10K" } }] }]);
    expect(products.get("PB-10K")).toMatchObject({ live: false, stock: 0 });
    expect(unresolved).toEqual([]);
  });

  test("with more lines than an offer holds is refused whole", () => {
    const lines = (from: number) =>
      Array.from({ length: 20 }, (_, n) => ({ item: { sku: `X-${from + n}` } }));
    const everything = shelf(
      [...lines(0), ...lines(20)].map(({ item: { sku } }) => ({
        ...{ kind: "product", id: sku, source: { name: "x" }, title: { en: sku }, category: "x" },
        ...{ price: { USD: 100 }, specs: [] },
      })),
    );
    const acts: Act[] = [
      { act: "propose", lines: lines(0) },
      { act: "propose", lines: lines(20) },
    ];
    const state = stateOf();
    const { found } = gathered(acts, state, everything);
    expect(() => evidence(acts, state, found, vendor)).toThrow("at most 20 lines");
  });
});

describe("an item in words", () => {
  const asked = (query: string, changes: Partial<State> = {}) =>
    known([{ act: "propose", lines: [{ item: { query } }] }], changes);

  test.each([
    ["orrin air 14 silver", {}, "NB-14A-SLV"],
    ["오린 에어 14 노트북 실버", korean, "NB-14A-SLV"],
    ["the lumeko wide 34 monitor", {}, "MN-34W"],
    ["sl-14", {}, "SL-14"],
    ["half moon decaf", {}, "CB-DCF-500"],
    ["가단 메쉬 의자 블랙", korean, "CH-AM-BLK"],
    ["메쉬의자 검정", korean, "CH-AM-BLK"],
  ] as const)("%s is one product", (query, changes, sku) => {
    const { proposal, unresolved, acts } = asked(query, changes);
    expect(unresolved).toEqual([]);
    expect(proposal?.lines).toEqual([{ sku }]);
    expect(acts).toEqual([{ act: "propose", lines: [{ item: { sku } }] }]);
  });

  test("that fits several options equally is a choice between those options", () => {
    const { unresolved, proposal } = asked("orrin air 14");
    expect(proposal?.lines).toEqual([]);
    expect(unresolved.map(choices)).toEqual([["NB-14A-BLK", "NB-14A-SLV", "NB-14A-WHT"]]);
  });

  test("that fits many things gives at most five to choose from", () => {
    const [one] = asked("monitor").unresolved;
    expect(one?.choices.length).toBeGreaterThan(1);
    expect(one?.choices.length).toBeLessThanOrEqual(5);
  });

  test("is the one being spoken of, when that is among those that fit", () => {
    expect(asked("orrin air 14", { that: "NB-14A-WHT" }).proposal?.lines).toEqual([{ sku: "NB-14A-WHT" }]);
  });

  test("answers the choice that was asked for", () => {
    const titles = ["Orrin Air 14 Laptop, Black", "Orrin Air 14 Laptop, Silver"];
    expect(asked("silver", { ask: "choice", choices: titles }).proposal?.lines).toEqual([
      { sku: "NB-14A-SLV" },
    ]);
  });

  test("that is only half right is asked about, not taken for the nearest", () => {
    const { proposal, unresolved } = asked("garmin webcam");
    expect(proposal?.lines).toEqual([]);
    expect(unresolved.map(choices)).toEqual([["WC-2K"]]);
  });

  test("that nothing is like stays unresolved, never guessed", () => {
    const { proposal, unresolved } = asked("zeppelin hangar");
    expect(proposal?.lines).toEqual([]);
    expect(unresolved).toEqual([{ words: "zeppelin hangar", choices: [], partial: false }]);
  });
});

describe("an item by option", () => {
  const other = (options: Record<string, string>, changes: Partial<State>) =>
    known([{ act: "propose", lines: [{ item: { ref: "that", options } }] }], changes);

  test.each([
    ["NB-14A-BLK", { color: "silver" }, "NB-14A-SLV"],
    ["NB-14A-BLK", { color: "실버" }, "NB-14A-SLV"],
    ["NB-14A-BLK", { color: "검정" }, "NB-14A-BLK"],
    ["DS-L140", { width: "1.6 m" }, "DS-L160"],
    ["CB-HSE-1K", { size: "500g" }, "CB-HSE-500"],
  ] as const)("of %s in %j is %s", (that, options, sku) => {
    expect(other(options, { that, ...korean }).proposal?.lines).toEqual([{ sku }]);
  });

  test("that does not exist is a choice between those that do", () => {
    const [one] = other({ color: "pink" }, { that: "NB-14A-BLK" }).unresolved;
    expect(one?.words).toContain("pink");
    expect(one?.choices.map(({ product }) => product.group)).toEqual(["NB-14A", "NB-14A", "NB-14A"]);
  });

  test("among several shown is the one shown in that option", () => {
    const focus = ["MS-UP-BLK", "NB-14A-WHT", "CG-65-BLK"].map((sku) => ({ sku, price: 1 }));
    expect(other({ color: "white" }, { focus }).proposal?.lines).toEqual([{ sku: "NB-14A-WHT" }]);
    expect(other({ color: "black" }, { focus }).unresolved.map(choices)).toEqual([
      ["MS-UP-BLK", "CG-65-BLK"],
    ]);
  });

  test("names what an accept is about", () => {
    const act: Act = { act: "accept", item: { ref: "that", options: { color: "silver" } } };
    expect(known([act], { that: "NB-14A-BLK" }).accepted_sku).toBe("NB-14A-SLV");
    expect(known([{ act: "accept" }]).accepted_sku).toBeNull();
  });
});

describe("results", () => {
  test("have no goods that share only a word of the description", () => {
    const { results } = known([{ act: "search", query: "standing desks" }]);
    expect(results.map(({ sku }) => sku)).toEqual(["DS-L120", "DS-L140", "DS-L160"]);
  });

  test("show first the specs that were asked for", () => {
    const { results, relaxed } = known([{ act: "search", query: "laptop battery life" }]);
    expect(relaxed).toBe(false);
    expect(results[0]?.category).toBe("computers/laptops");
    for (const card of results) {
      Card.parse(card);
      if (card.category === "computers/laptops") expect(card.specs[0]?.key).toBe("battery_life");
    }
  });

  test("that have little of what was searched for are called near misses", () => {
    expect(known([{ act: "search", query: "iphone 11 garmin strap" }]).relaxed).toBe(true);
  });

  test("leave out what is not sold in the session's currency", () => {
    expect(known([{ act: "search", query: "laptop" }], { currency: "EUR" }).results).toEqual([]);
  });

  test("of a comparison tell the products apart and how all of their reviews rate them", () => {
    const { results } = known([{ act: "compare", items: [{ sku: "NB-14A-BLK" }, { sku: "NB-14P-16" }] }]);
    expect(results.map(({ sku }) => sku)).toEqual(["NB-14A-BLK", "NB-14P-16"]);
    const [first, second] = results.map(({ specs }) => specs[0]);
    expect(first?.key).toBe(second?.key);
    expect(first?.value).not.toBe(second?.value);
    expect(results[0]?.rating?.count).toBeGreaterThan(0);
  });
});

describe("evidence over anything", () => {
  const sku = fc.constantFrom("SL-14", "NB-14A-BLK", "NOPE", "CG-65-BLK");
  const item = fc.oneof(
    fc.record({ sku }),
    fc.record({
      query: fc.oneof(fc.string({ minLength: 1, maxLength: 40 }), fc.constantFrom("laptop", "커피")),
    }),
    fc.record({ ref: fc.constantFrom("that", "first", "cheaper", "offer") }),
  );
  const line = fc.record(
    { item, quantity: fc.integer({ min: 1, max: 100000 }), unit_price: fc.integer({ min: 0, max: 1e9 }) },
    { requiredKeys: ["item"] },
  );
  const propose = fc.record({
    act: fc.constant("propose" as const),
    lines: fc.array(line, { maxLength: 4 }),
  });
  const ask = fc.record({ act: fc.constant("ask" as const), item, question: fc.string({ maxLength: 60 }) });

  test("never prices, adds or loses a line, and never throws for strange words", () => {
    fc.assert(
      fc.property(fc.array(fc.oneof(propose, ask), { maxLength: 4 }), (raw) => {
        const acts = raw as Act[];
        const { proposal, unresolved } = known(acts, { that: "SL-14" });
        const lines = acts.flatMap((act) => (act.act === "propose" ? (act.lines ?? []) : []));
        if (proposal) Proposal.parse(proposal);
        const said = new Set(lines.flatMap((one) => one.unit_price ?? []));
        for (const one of proposal?.lines ?? []) {
          if (one.unit_price !== undefined) expect(said).toContain(one.unit_price);
        }
        if (lines.length > 0) expect((proposal?.lines.length ?? 0) + unresolved.length).toBeGreaterThan(0);
      }),
      { numRuns: 60 },
    );
  });
});

function known(acts: readonly Act[], changes: Partial<State> = {}) {
  const state = stateOf(changes);
  return evidence(acts, state, gathered(acts, state, find).found, vendor);
}

function choices(one: ReturnType<typeof known>["unresolved"][number]): string[] {
  return one.choices.map(({ product }) => product.id);
}

test("a question about one product in several colours is answered of any, one about the colours is asked back", () => {
  const about = (topic: string) =>
    known([{ act: "ask", item: { query: "에어 14 노트북" }, topic, question: topic }], korean);
  expect(about("weight").answers[0]?.facts[0]).toMatchObject({ key: "weight", value: 1.19 });
  expect(about("color").unresolved[0]?.choices.length).toBe(3);
});
