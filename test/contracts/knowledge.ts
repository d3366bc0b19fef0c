import type { Entry, Product } from "../../src/domain/entry.ts";
import type { Filters, Found, Lookup } from "../../src/domain/lookup.ts";
import type { Catalogue, LoadReport } from "../../src/ports/catalogue.ts";
import type { Search } from "../../src/ports/search.ts";

/** An empty knowledge base of one adapter, on a real store. */
export interface KnowledgeBase {
  readonly catalogue: Catalogue;
  readonly search: Search;
  /** Takes units off the stock, as an order does. */
  sell(sku: string, quantity: number): Promise<void>;
  close(): Promise<void>;
}

/** What the suites tell the factory: the stock assumed of products that state none. */
export const DEFAULT_STOCK = 7;

export async function loaded(
  base: KnowledgeBase,
  entries: readonly Entry[],
  origin = "shop",
): Promise<LoadReport> {
  const load = await base.catalogue.begin(origin);
  await load.put(entries);
  return load.finish();
}

type Wanted = Partial<Omit<Extract<Lookup, { kind: "search" }>, "kind" | "filters">>;

export function searched(
  base: KnowledgeBase,
  text: string,
  filters: Filters = {},
  wanted: Wanted = {},
): Promise<Found> {
  const lookup = { text, filters, lang: "en", currency: "USD", limit: 10, ...wanted } as const;
  return base.search.find({ kind: "search", ...lookup }, 10_000);
}

export const idsOf = (found: Found): string[] => found.entries.map((item) => item.entry.id);

export function product(id: string, title: string, more: Partial<Product> = {}): Product {
  return {
    kind: "product",
    id,
    source: { name: "products.csv", line: 2 },
    title: { en: title },
    category: "other",
    price: { USD: 10_000 },
    specs: [],
    ...more,
  };
}

/** A small shop that sells in dollars and in won. */
export const shop: readonly Entry[] = [
  product("MN-27", "Aurora 27-inch monitor", {
    title: { en: "Aurora 27-inch monitor", ko: "오로라 27인치 모니터" },
    brand: "Aurora",
    category: "computers/monitors",
    price: { USD: 29_900, KRW: 389_000 },
    specs: [
      { key: "screen_size", value: 27, unit: "in" },
      { key: "refresh_rate", value: 144, unit: "Hz" },
      { key: "bluetooth", value: false },
    ],
    options: { color: "Matte Black" },
    group: "aurora-27",
    stock: 3,
  }),
  product("MN-24", "Aurora 24-inch monitor", {
    brand: "Aurora",
    category: "computers/monitors",
    price: { USD: 17_900 },
    specs: [{ key: "screen_size", value: 60.5, unit: "cm" }],
    options: { color: "White" },
    group: "aurora-24",
    stock: 0,
  }),
  product("EB-1", "Wren wireless earbuds", {
    title: { en: "Wren wireless earbuds", ko: "렌 무선 이어폰" },
    brand: "Wren Audio",
    category: "audio/earbuds",
    price: { USD: 8_900, KRW: 119_000 },
    specs: [
      { key: "battery_life", value: 8, unit: "h" },
      { key: "weight", value: 0.1, unit: "lb" },
      { key: "bluetooth", value: true },
      { key: "compatible_devices", value: "Nautilus watch, phones, tablets" },
    ],
    aliases: ["buds", "에어버드"],
    stock: 40,
  }),
  product("KB-RTX200", "Plover RTX200 mechanical keyboard", {
    brand: "Plover",
    category: "computers/keyboards",
    description: { en: "A quiet keyboard for the office." },
    price: { USD: 12_900 },
  }),
  product("ST-1", "Monitor stand", { category: "furniture/stands", price: { USD: 4_900 } }),
  {
    kind: "bundle",
    id: "bundle-desk",
    source: { name: "bundles.csv", line: 2 },
    title: { en: "Desk bundle" },
    lines: [
      { sku: "MN-27", quantity: 1 },
      { sku: "ST-1", quantity: 1 },
    ],
    off_bp: 1_000,
  },
  {
    kind: "review",
    id: "r-1",
    source: { name: "reviews.csv", line: 2 },
    sku: "EB-1",
    rating: 4,
    text: "I wore them in heavy rain and they are waterproof enough.",
    date: "2026-02-01",
    lang: "en",
  },
  {
    kind: "review",
    id: "r-2",
    source: { name: "reviews.csv", line: 3 },
    sku: "MN-27",
    rating: 5,
    text: "Not waterproof, of course, but what a picture.",
    date: "2026-03-01",
    lang: "en",
  },
  {
    kind: "answer",
    id: "a-1",
    source: { name: "answers.csv", line: 2 },
    sku: "EB-1",
    question: "Are they waterproof?",
    text: "They are splash-proof: IPX4.",
    by: "vendor",
    date: "2026-01-01",
    lang: "en",
  },
  {
    kind: "policy",
    id: "policy/returns/en",
    source: { name: "policy.md", line: 1 },
    topic: "returns",
    title: "Returns",
    text: "You may return goods within 30 days.",
    lang: "en",
  },
  {
    kind: "policy",
    id: "policy/returns/ko",
    source: { name: "policy.ko.md", line: 1 },
    topic: "returns",
    title: "반품 안내",
    text: "받으신 날부터 30일 안에 반품하실 수 있습니다.",
    lang: "ko",
  },
  {
    kind: "faq",
    id: "faq/gift",
    source: { name: "faq.md", line: 1 },
    topic: "gifts",
    title: "Do you wrap gifts?",
    text: "Yes, wrapping is free in December.",
    lang: "en",
  },
];
