import { readFileSync } from "node:fs";
import { describe, expect, test } from "vitest";
import type { Entry, Product } from "../../../src/domain/entry.ts";
import { openIntake, type Problem } from "../../../src/knowledge/ingest/intake.ts";
import type { Settings } from "../../../src/knowledge/ingest/source.ts";

const folder = new URL("../../../fixtures/ingest/", import.meta.url);
const settings: Settings = { now: "2026-01-15T00:00:00.000Z" };

function read(
  name: string,
  text = readFileSync(new URL(name, folder), "utf8"),
  told: Settings = settings,
  piece = 50,
) {
  const intake = openIntake(name, told, new Map());
  if (intake === null) throw new Error(`no format for ${name}`);
  const entries: Entry[] = [];
  const problems: Problem[] = [];
  const batches = [];
  for (let at = 0; at < text.length; at += piece) batches.push(intake.push(text.slice(at, at + piece)));
  for (const batch of [...batches, intake.end()]) {
    entries.push(...batch.entries);
    problems.push(...batch.problems);
  }
  const byId = Object.fromEntries(entries.map((entry) => [entry.id, entry]));
  const reasons = problems.map(({ line, reason }) => `${line ?? "-"}: ${reason}`);
  return { entries, byId, reasons, skipped: intake.skipped() };
}

describe("a Google Merchant feed", () => {
  const { byId, reasons } = read("merchant.tsv");

  test("gives products with choices, measures and the sale price of the day", () => {
    expect(byId["TS-01-M-NVY"]).toEqual({
      kind: "product",
      id: "TS-01-M-NVY",
      source: { name: "merchant.tsv", line: 2 },
      title: { en: "Crew T-shirt, navy, M" },
      description: { en: "Soft & heavy cotton.\n- Made to last" },
      brand: "Hollis",
      category: "apparel/shirts/t-shirts",
      price: { USD: 1_500 },
      group: "TS-01",
      options: { color: "navy", size: "M" },
      gtin: ["8806090000017"],
      mpn: "HT-01",
      specs: [
        { key: "weight", value: 0.21, unit: "kg" },
        { key: "material", value: "Cotton" },
        { key: "thickness", value: 1.2, unit: "mm" },
      ],
    });
    expect(byId["TS-01-L-NVY"]).toMatchObject({ stock: 0 });
    expect(byId["LP-02"]).toMatchObject({ title: { en: '15.6" laptop stand' }, price: { USD: 99_900 } });
  });

  test("asks the list price outside the sale's dates", () => {
    const later = read("merchant.tsv", undefined, { now: "2026-03-01T00:00:00.000Z" });
    expect(later.byId["LP-02"]).toMatchObject({ price: { USD: 129_900 } });
  });

  test("names the row, the value and the remedy of what it cannot use", () => {
    expect(reasons).toEqual([
      '5: price is "call us USD", which is no price; write it like 15.00 USD',
      expect.stringMatching(/^6: has 2 values for 19 columns/),
    ]);
  });
});

describe("a shop's own table", () => {
  test("may be Korean from its headings to its units", () => {
    const { byId, reasons } = read("shop-ko.csv");
    expect(byId["KR-NB-14"]).toMatchObject({
      title: { ko: "온새 14인치 노트북" },
      category: "컴퓨터/노트북",
      price: { KRW: 1_190_000 },
      stock: 12,
      specs: [
        { key: "weight", value: 1.19, unit: "kg", label: { ko: "무게" } },
        { key: "screen_size", value: 14, unit: "in", label: { ko: "화면 크기" } },
      ],
    });
    expect(byId["KR-MG-01-B"]).toMatchObject({ group: "KR-MG-01", options: { color: "검정" }, stock: 0 });
    expect(reasons).toEqual([
      '5: 가격 is "문의", which is no price; write it like 15.00 USD',
      expect.stringMatching(/^6: 재고 is "많음"; write the units on hand/),
    ]);
  });

  test("never makes the shop's costs, margins or notes public", () => {
    for (const name of ["merchant.tsv", "shop-ko.csv", "shop-eu.csv", "shop.json"]) {
      const text = JSON.stringify(read(name).entries);
      expect(text).not.toMatch(/cost|원가|905,?000|5,000원|margin|buy again|4\.10|\b31\b/);
    }
    const heads =
      "cost,Cost Price,wholesale_price,margin %,공급가,도매가,마진,최저가,supplier,private note,msrp,discount";
    const { entries } = read(
      "t.csv",
      `sku,name,price,${heads}\nA,Lamp,9 USD,${heads.replace(/[^,]+/g, "77")}\n`,
    );
    expect(entries).toHaveLength(1);
    expect(JSON.stringify(entries)).not.toContain("77");
  });

  test("is refused where a price can be read in two ways or an id stands twice", () => {
    const { byId, reasons } = read("shop-eu.csv");
    expect(byId["EU-1"]).toMatchObject({ price: { EUR: 13_999 }, title: { en: "Espresso grinder" } });
    expect(byId["EU-2"]).toMatchObject({ price: { EUR: 24_097 } });
    expect(reasons).toEqual([
      expect.stringMatching(/^4: price is "1.299".*two ways/),
      expect.stringMatching(/^5: price is "0"; a product needs a price above zero/),
      '6: id "EU-1" was already used at shop-eu.csv:2; give each row an id of its own',
    ]);
  });

  test("may be one JSON document, in two languages and two currencies", () => {
    const { byId, reasons } = read("shop.json");
    expect(byId["J-2"]).toMatchObject({
      title: { en: "Bilingual cup", ko: "두 나라 말 컵" },
      price: { USD: 1_250, KRW: 17_000 },
      aliases: ["cup", "컵"],
      source: { line: 5 },
    });
    expect(byId["J-1"]).toMatchObject({
      specs: [
        { key: "length", value: 200, unit: "cm" },
        { key: "washable", value: false },
      ],
    });
    expect(reasons).toEqual([expect.stringMatching(/^6: price.*--currency/), "-: element 4 is no object"]);
    const told = read("shop.json", undefined, { ...settings, currency: "EUR" });
    expect(told.byId["J-3"]).toMatchObject({ price: { EUR: 45_000 } });
  });

  test("keeps codes that a spreadsheet has shortened out of the catalogue", () => {
    const { reasons } = read("t.csv", "sku,name,price\n8.80609E+12,Lamp,9 USD\n");
    expect(reasons).toEqual([expect.stringMatching(/^2: sku is "8.80609E\+12": a spreadsheet shortened it/)]);
  });

  test("goes on after broken quotes", () => {
    const { byId, reasons } = read("broken.csv");
    expect(Object.keys(byId)).toEqual(["Q-1", "Q-4"]);
    expect(reasons).toHaveLength(2);
  });
});

describe("schema.org in a page", () => {
  const { byId, entries, reasons } = read("page.html");

  test("gives the product, its measures, its reviews and the page's FAQ", () => {
    expect(byId["FAN-1"]).toMatchObject({
      title: { en: "Fern desk fan" },
      brand: "Fern",
      price: { USD: 4_990 },
      stock: 7,
      gtin: ["4006381333931"],
      specs: [
        { key: "weight", value: 1.2, unit: "kg" },
        { key: "color", value: "green" },
        { key: "cable_length", value: 1.8, unit: "m" },
        { key: "noise", value: 32, unit: "dB" },
        { key: "timer", value: true },
        { key: "rating", value: 4.4 },
        { key: "review_count", value: 12 },
      ],
    });
    expect(entries.filter((entry) => entry.kind === "review")).toMatchObject([
      { sku: "FAN-1", rating: 4, author: "Ines", date: "2026-02-03" },
    ]);
    expect(entries.filter((entry) => entry.kind === "faq")).toMatchObject([
      { title: "Can I wash the blades?", text: "Yes, by hand." },
    ]);
  });

  test("says which block is broken", () => {
    expect(reasons).toEqual([expect.stringMatching(/^31: the JSON-LD block that begins here is not JSON/)]);
  });

  test("gives each variant of a group what the group says, and refuses a range as a price", () => {
    const group = read("group.jsonld");
    expect(group.byId["COAT-Y-S"]).toMatchObject({
      group: "COAT",
      options: { color: "yellow", size: "S" },
      stock: 0,
    });
    expect(group.byId["COAT-Y-M"]).toMatchObject({
      title: { en: "Harbor rain coat" },
      brand: "Harbor",
      price: { USD: 12_000, KRW: 149_000 },
    });
    expect(group.reasons).toEqual([expect.stringMatching(/range of 110.00 to 150.00/)]);
  });
});

describe("words about the shop and its goods", () => {
  test("come from Markdown by section, in the language they are written in", () => {
    const { entries } = read("returns.ko.md");
    expect(entries).toMatchObject([
      {
        kind: "policy",
        id: "policy/returns/ko#top",
        topic: "returns",
        title: "반품 안내",
        text: "반품은 쉽게 하실 수 있습니다.",
      },
      {
        kind: "policy",
        title: "반품 기간",
        lang: "ko",
        text: "받으신 날부터 14일 안에 고객 센터로 알려 주세요.\n\n- 포장을 뜯어 보셔도 됩니다.\n- 사용한 흔적이 없어야 합니다.",
        source: { line: 8, section: "반품 기간" },
      },
      { kind: "faq", title: "배송비는 누가 내나요?", lang: "ko" },
    ]);
  });

  test("are questions throughout an FAQ", () => {
    const { entries } = read("faq.md");
    expect(entries).toMatchObject([
      { kind: "faq", title: "Opening hours", lang: "en", topic: "faq" },
      { kind: "faq", title: "Do you ship abroad?", text: "## not a heading\n\nOnly to Korea." },
    ]);
  });

  test("come from rows of reviews, answers and questions", () => {
    const reviews = read("reviews.csv");
    expect(reviews.entries).toMatchObject([
      { kind: "review", sku: "FAN-1", rating: 5, date: "2026-03-01", text: 'Cool, calm, "quiet".' },
      { kind: "review", rating: 3, date: "2026-03-12", author: "민지", lang: "ko" },
    ]);
    expect(reviews.reasons).toEqual([
      '4: rating is "11"; write 0 to 5, or 8/10',
      "5: sku is empty; every row needs a code of its own",
      "6: text is empty; a review needs words",
    ]);
    expect(read("answers.jsonl").entries).toMatchObject([
      { kind: "answer", by: "vendor", question: "Does it swing?" },
      { kind: "answer", by: "customer", lang: "ko" },
    ]);
    expect(read("questions.csv").entries).toMatchObject([
      { kind: "faq", topic: "포장", lang: "ko" },
      { kind: "faq", topic: "결제", lang: "ko" },
    ]);
  });

  test("say so when the front matter is no YAML", () => {
    expect(read("x.md", "---\ntitle: [\n---\n## A\nb\n").reasons).toEqual([
      expect.stringMatching(/^1: the front matter/),
    ]);
  });
});

describe("any source", () => {
  test("of Parley's own entries is checked field by field", () => {
    const { byId, reasons } = read("entries.jsonl");
    expect(Object.keys(byId)).toEqual(["C-1", "C-set"]);
    expect(reasons).toEqual([
      expect.stringMatching(/^3: price\.USD is -1: /),
      expect.stringMatching(/^4: kind is "produkt": .*'product' \| 'bundle'/),
      expect.stringMatching(/^5: a text holds half a character/),
      expect.stringMatching(/^6: is not JSON/),
      expect.stringMatching(/^7: is no JSON object/),
    ]);
  });

  test("of no known shape is skipped once, with what was found and what is needed", () => {
    const { entries, reasons, skipped } = read("people.csv");
    expect([entries, reasons]).toEqual([[], []]);
    expect(skipped).toMatch(/Found: first_name, last_name, city\. Needed, one of:\n/);
    expect(skipped).toContain("product table: sku (or id, 상품코드)");
  });

  test("of no known format has no intake", () => {
    expect(openIntake("limits.yaml", settings, new Map())).toBeNull();
    expect(openIntake("photo.png", settings, new Map())).toBeNull();
  });

  test("gives the same entries however its text is cut", () => {
    for (const name of [
      "merchant.tsv",
      "shop-ko.csv",
      "entries.jsonl",
      "shop.json",
      "page.html",
      "returns.ko.md",
    ]) {
      const whole = read(name, undefined, settings, 1_000_000).entries;
      expect(read(name, undefined, settings, 1).entries).toEqual(whole);
    }
  });

  test("keeps a description as long as an entry may hold", () => {
    const { entries } = read("t.csv", `sku,name,price,description\nA,Lamp,9 USD,${"word ".repeat(9_000)}\n`);
    expect((entries[0] as Product).description?.en?.length).toBeLessThanOrEqual(20_000);
  });
});
