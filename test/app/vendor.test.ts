import { cpSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join, resolve } from "node:path";
import { afterEach, beforeEach, describe, expect, test } from "vitest";
import { sqliteCatalogue } from "../../src/adapters/sqlite/catalogue.ts";
import { open } from "../../src/adapters/sqlite/database.ts";
import { knowledgeDigest } from "../../src/app/sources.ts";
import { loadKnowledge, loadVendor } from "../../src/app/vendor.ts";
import { Fault } from "../../src/domain/fault.ts";

const demo = resolve(import.meta.dirname, "../../fixtures/vendors/demo");

let folder: string;
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), "parley-vendor-"));
  cpSync(demo, folder, { recursive: true });
});
afterEach(() => rmSync(folder, { recursive: true, force: true }));

/** Replaces words in a file of the folder; they must be there. */
function edit(name: string, from: string, to: string): number {
  const path = join(folder, name);
  const text = readFileSync(path, "utf8");
  expect(text).toContain(from);
  writeFileSync(path, text.replace(from, to));
  return text.slice(0, text.indexOf(from)).split("\n").length;
}

async function problem(): Promise<string> {
  const fault = await loadVendor(folder).then(
    () => null,
    (reason: unknown) => reason,
  );
  expect(fault).toBeInstanceOf(Fault);
  expect((fault as Fault).code).toBe("bad_policy");
  return (fault as Fault).message.replaceAll(folder, "");
}

describe("a vendor's folder", () => {
  test("is read with a digest that changes with either file", async () => {
    const before = await loadVendor(folder);
    expect(before.vendor.id).toBe("maru-lantern");
    expect((await loadVendor(folder)).digest).toBe(before.digest);
    edit("limits.yaml", "renewal_value_bp: 300", "renewal_value_bp: 301");
    expect((await loadVendor(folder)).digest).not.toBe(before.digest);
  });

  test.each([
    ["vendor.yaml", "rounds: 10", "rounds: ten", "rounds: "],
    ["vendor.yaml", "rounds: 10", "rounds: 10\nanswer_hours: 0", ":94: answer_hours: "],
    [
      "vendor.yaml",
      "rounds: 10",
      "rounds: 10\nanswer_hours: 2161",
      "answer_hours: 2161 is too much: 2160 at most",
    ],
    [
      "vendor.yaml",
      "offer_minutes: 15",
      "offer_minuts: 15",
      "offer_minuts: there is no such key; did you mean offer_minutes?",
    ],
    [
      "limits.yaml",
      "computers/monitors }, floor_bp: 8400",
      "computers/monitors }, flor_bp: 8400",
      "rules.7.flor_bp: there is no such key; did you mean floor_bp?",
    ],
    [
      "limits.yaml",
      "match: { category: audio, brand",
      "match: { categorie: audio, brand",
      "rules.9.match.categorie: there is no such key; did you mean category?",
    ],
    ["limits.yaml", "renewal_value_bp: 300", "renewl_value: 300", "did you mean renewal_value_bp?"],
    [
      "limits.yaml",
      "floor_bp: 7000, cost_bp: 4500",
      "floor_bp: 7000, margin: 4500",
      "rules.19.margin: there is no such key; remove it; what else may stand here: floor, cost, cost_bp, negotiable,",
    ],
    [
      "limits.yaml",
      "approval_above: { USD: 500000, KRW: 7000000 }",
      "approval_above: { USD: 500000, KRW: 7000000 }\nbudgets:\n  - { id: week, amount: { EUR: 90000, KRW: 900000 }, every: week }",
      "budgets.0.amount.USD: is missing; a market sells in USD, none in EUR",
    ],
    [
      "vendor.yaml",
      "USD: 690, KRW: 3000",
      "USD: 690",
      "terms.delivery.0.fee.KRW: is missing; a market sells in KRW",
    ],
    [
      "vendor.yaml",
      "KRW: { country: KR }",
      "KRW: { country: JP }",
      "default_ship_to.KRW: no market sells to JP in KRW",
    ],
    [
      "vendor.yaml",
      "jeju: { KRW: 3000 }",
      "jejoo: { KRW: 3000 }",
      "zone_fee.jejoo: no market has a zone of this id",
    ],
    [
      ...[
        "vendor.yaml",
        "zone: Asia/Seoul",
        "zone: Asia/Soul",
        "contact.shifts.0.zone: a time zone by its IANA",
      ],
    ] as const,
    ["vendor.yaml", "[mon, tue, wed", "[monday, tue, wed", "contact.shifts.0.days.0: "],
    [
      "vendor.yaml",
      'from: "09:00", to: "18:00"',
      'from: "9", to: "18:00"',
      "contact.shifts.0.from: a time such as",
    ],
    [
      "vendor.yaml",
      'from: "09:00", to: "18:00"',
      'from: "18:00", to: "02:00"',
      "contact.shifts.0.to: is not after `from`; a shift through the night is two",
    ],
    ["vendor.yaml", "wait_minutes: 5", "wait_minutes: 0", "handoff.wait_minutes: "],
    ["vendor.yaml", "id: net30,", "id: prepaid,", 'terms.payment.1.id: "prepaid" is already taken'],
    ["limits.yaml", "warranty-36: 340", "warranty-48: 340", "term_costs.warranty.warranty-36: is missing"],
    [
      "limits.yaml",
      "approval_above: { USD: 500000, KRW: 7000000 }",
      "approval_above: { USD: 500000 }",
      "approval_above.KRW: is missing",
    ],
    ["limits.yaml", "match: {}", "match: { category: misc }", "the last rule must match everything"],
    ["limits.yaml", "floor_bp: 8800, cost_bp: 7400", "cost_bp: 7400", "one of floor, floor_bp"],
    [
      "limits.yaml",
      "USD: 76900,",
      "USD: 769.50,",
      "769.5: write a whole number: amounts in the smallest unit",
    ],
    ["limits.yaml", "off_bp: 1500,", "off_bp: 15%,", '"15%": write a whole number'],
    ["limits.yaml", "express: { USD: 1650, KRW: 6500 }", "express: 16.50", "16.5: write money by currency"],
    ["limits.yaml", "{ USD: 500000, KRW: 7000000 }", "500000", "500000: write it by name, as in { USD"],
    [
      "limits.yaml",
      "objective: conversion",
      "objective: profit",
      '"profit" is none of conversion, balance, margin',
    ],
    [
      "limits.yaml",
      "strategy: { machine: round-aware, person: round-aware }",
      "strategy: fixed",
      "in { machine: fixed",
    ],
    [
      "limits.yaml",
      "person: round-aware",
      "person: round-awear",
      'there is no strategy "round-awear"; the nearest is "round-aware"; the strategies are',
    ],
    ["limits.yaml", "brand: Sorae", "brand: Soare", 'there is no brand "Soare"; write "Sorae" if you mean'],
    ["limits.yaml", "category: phones", "category: Phone", 'there is no category "Phone"; write "phones"'],
    ["limits.yaml", "sku: SL-14", "sku: sl14", 'gifts.0.sku: there is no product "sl14"; write "SL-14"'],
    ["limits.yaml", "code: BREW15", "code: welcome10", 'codes.1.code: "WELCOME10" is already taken'],
    [
      "limits.yaml",
      "floor: { USD: 76900, KRW: 1019000 }",
      "floor: { USD: 76900 }",
      "its floor names no KRW; add one",
    ],
    [
      "limits.yaml",
      "floor: { USD: 76900,",
      "floor: { USD: 94900,",
      "the floor of $949.00 is above the list price of NB-14A-BLK (products.jsonl:1), $899.00",
    ],
    [
      "limits.yaml",
      "match: { category: consumables }, floor_bp: 7400",
      "match: { category: consumables }, floor_bp: 74",
      "7400 is 74%",
    ],
    ["vendor.yaml", "commitment: 12, off_bp: 800", "commitment: 12, off_bp: 4000", "the 40% off is for"],
    ["limits.yaml", "objective: conversion", "objective: [conversion", ""],
  ])("%s with %j as %j is refused by file and line", async (name, from, to, reason) => {
    const line = edit(name, from, to);
    const message = await problem();
    expect(message).toContain(reason);
    const [, at] = new RegExp(`/${name}:(\\d+): `).exec(message) ?? [];
    // A key that is missing is shown where its mapping begins.
    if (!/default_ship_to|objective|budgets/.test(message))
      expect(Math.abs(Number(at) - line)).toBeLessThanOrEqual(1);
    expect(Number(at)).toBeGreaterThan(0);
  });

  test("with something odd is loaded, and says so by file and line", async () => {
    const line = edit(
      "limits.yaml",
      "  - { match: { category: phones }",
      "  - { match: { category: garden }, floor_bp: 8000 }\n  - { match: { category: phones }",
    );
    edit(
      "limits.yaml",
      "renewal_value_bp: 300",
      "renewal_value_bp: 300\nacquisition_value: { USD: 500, EUR: 5 }",
    );
    const { warnings } = await loadVendor(folder);
    expect(warnings.map((warning) => warning.replaceAll(folder, ""))).toEqual([
      expect.stringMatching(
        /acquisition_value\.EUR: no market sells in EUR, only in USD, KRW; remove it or add the market/,
      ),
      expect.stringMatching(/acquisition_value\.KRW: is missing and counts as nothing/),
      expect.stringContaining(
        `/limits.yaml:${line}: rules.19.match.category: there is no category "garden" in this folder; the nearest is`,
      ),
    ]);
  });

  test("with money in a currency that nothing is sold in is loaded, and says where and what is sold in", async () => {
    const wrong = {
      "gifts.3.cost.EUR": ["cost: { USD: 2590, KRW: 33300 }", "cost: { USD: 2590, KRW: 33300, EUR: 2400 }"],
      "codes.0.min_goods.JPY": ["min_goods: { USD: 10000, ", "min_goods: { JPY: 15000, USD: 10000, "],
      "term_costs.delivery.pickup.GBP": ["pickup: { USD: 0, KRW: 0 }", "pickup: { USD: 0, KRW: 0, GBP: 0 }"],
      "budgets.0.amount.EUR": [
        "approval_above:",
        "budgets:\n  - { id: week, amount: { USD: 90000, KRW: 900000, EUR: 80000 }, every: week }\napproval_above:",
      ],
    } as const;
    for (const [from, to] of Object.values(wrong)) edit("limits.yaml", from, to);
    const { warnings } = await loadVendor(folder);
    for (const path of Object.keys(wrong)) {
      const said = `: ${path}: no market sells in ${path.slice(-3)}, only in USD, KRW; remove it or add the market`;
      expect(
        warnings.some((warning) => warning.endsWith(said)),
        `${path}\n${warnings.join("\n")}`,
      ).toBe(true);
    }
    expect(warnings).toHaveLength(4);
  });

  test("with a name that only looks the same is refused, however it was typed", async () => {
    edit("limits.yaml", "brand: Sorae", `brand: ${"소라에".normalize("NFD")}`);
    const path = join(folder, "products.jsonl");
    writeFileSync(path, readFileSync(path, "utf8").replaceAll('"brand":"Sorae"', '"brand":"소라에"'));
    expect(await problem()).toContain("is typed with other characters than in the products");
  });

  test("without any goods of its own is judged by its two files alone", async () => {
    for (const name of ["products.jsonl", "bundles.jsonl"]) rmSync(join(folder, name));
    expect((await loadVendor(folder)).warnings).toEqual([]);
  });

  test("without its files is refused by name", async () => {
    rmSync(join(folder, "limits.yaml"));
    expect(await problem()).toMatch(/limits\.yaml cannot be read; a vendor's folder needs this file/);
  });

  test("gives its knowledge once, and a digest that says when to load it again", async () => {
    const db = open(join(folder, "parley.db"));
    const catalogue = sqliteCatalogue(db, 25);
    const problems: string[] = [];
    const first = await loadKnowledge(demo, catalogue, (line) => problems.push(line));
    expect(problems).toEqual([]);
    expect(first).toMatchObject({ rejected: 0, kept: [], unchanged: 0 });
    expect(await loadKnowledge(demo, catalogue)).toMatchObject({
      added: 0,
      changed: 0,
      unchanged: first.added,
      withdrawn: 0,
    });
    const before = await knowledgeDigest(demo);
    expect(await knowledgeDigest(demo)).toBe(before);
    db.close();
    rmSync(join(folder, "parley.db"));
    edit("policies/returns.en.md", "14 days", "15 days");
    expect(await knowledgeDigest(folder)).not.toBe(before);
  });

  test("never lets its limits into the knowledge", async () => {
    const db = open(join(folder, "parley.db"));
    await loadKnowledge(demo, sqliteCatalogue(db, 25));
    const text = db
      .prepare("SELECT body FROM entry")
      .all()
      .map((row) => String(row.body))
      .join("\n");
    db.close();
    expect(text).not.toMatch(/floor_bp|cost_bp|term_costs|WELCOME10|approval_above/);
  });
});
