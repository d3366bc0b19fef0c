import type { Fact } from "../../src/domain/fact.ts";
import { type Offer, sealed } from "../../src/domain/offer.ts";
import type { Answer, Card, Comparison, IntentView, Move } from "../../src/domain/reply.ts";
import { Vendor } from "../../src/domain/vendor.ts";
import type { Context } from "../../src/wording/templates.ts";

const fee = { USD: 0, KRW: 0 };

export const vendor: Vendor = Vendor.parse({
  id: "harbour",
  name: { en: "Harbour Supply", ko: "하버서플라이" },
  seller: "Harbour Supply Ltd.",
  greeting: {
    en: "Welcome to Harbour Supply. What can I do for you?",
    ko: "하버서플라이예요. 무엇을 도와드릴까요?",
  },
  languages: ["en", "ko"],
  markets: [
    { country: "US", currency: "USD", tax: { name: "Sales tax", treatment: "added", rate_bp: 825 } },
    { country: "KR", currency: "KRW", tax: { name: "VAT", treatment: "included", rate_bp: 1000 } },
  ],
  default_ship_to: { USD: { country: "US" }, KRW: { country: "KR" } },
  terms: {
    delivery: [
      { id: "standard", label: { en: "Standard", ko: "일반 배송" }, days_min: 2, days_max: 3, fee },
      { id: "express", label: { en: "Express", ko: "특급 배송" }, days_min: 1, days_max: 1, fee },
    ],
    warranty: [{ id: "w12", label: { en: "Standard", ko: "기본" }, months: 12, fee_bp: 0 }],
    payment: [{ id: "now", label: { en: "On ordering", ko: "주문 시" }, days: 0, fee_bp: 0 }],
    returns: [{ id: "r14", label: { en: "Standard", ko: "기본" }, days: 14, fee_bp: 0 }],
    subscription: [],
  },
  subscribable: [],
  rounds: 10,
  offer_minutes: 15,
  confirm: "words",
  default_stock: 10,
  max_quantity: 100,
  contact: { email: "help@harbour.example", hours: { en: "weekdays", ko: "평일" } },
});

export const en: Context = { lang: "en", channel: "chat", currency: "USD", vendor };
export const ko: Context = { lang: "ko", channel: "chat", currency: "KRW", vendor };

export function move(parts: Partial<Move> & Pick<Move, "act">): Move {
  return {
    reasons: [],
    proposal: null,
    answers: [],
    results: [],
    offers: [],
    readback: null,
    intents: [],
    ask: null,
    choices: [],
    round: { n: 0, of: 0 },
    citations: [],
    ...parts,
  };
}

/** Two laptops to California, sales tax on top. */
export function dollarOffer(parts: Partial<Offer> = {}): Offer {
  return sealed({
    id: "ofr_1",
    revision: 1,
    supersedes: null,
    currency: "USD",
    lines: [
      {
        sku: "NB-14A",
        title: "Orrin Air 14 Laptop, Black",
        quantity: 2,
        unit_price: 85_000,
        list_price: 89_900,
        version: "v1",
      },
    ],
    terms: {
      delivery: { id: "express", fee: 0, list_fee: 1_990, days_min: 1, days_max: 1 },
      warranty: { id: "w12", fee: 0, list_fee: 0, months: 12 },
      payment: { id: "now", fee: 0, list_fee: 0, days: 0 },
      returns: { id: "r14", fee: 0, list_fee: 0, days: 14 },
      subscription: null,
    },
    discounts: [{ kind: "code", id: "SPRING", amount: 5_000 }],
    ship_to: { country: "US", region: "CA", postal_code: "94107" },
    tax: { treatment: "added", name: "Sales tax", rate_bp: 725, amount: 11_963 },
    totals: { goods: 170_000, discounts: 5_000, fees: 0, tax: 11_963, total: 176_963 },
    negotiable: ["price"],
    final: false,
    expires_at: "2026-11-14T14:32:00.000Z",
    ...parts,
  });
}

/** Three keyboards to Seoul, tax included. */
export function wonOffer(parts: Partial<Offer> = {}): Offer {
  return sealed({
    id: "ofr_2",
    revision: 1,
    supersedes: null,
    currency: "KRW",
    lines: [
      {
        sku: "KB-75",
        title: "토카 75 기계식 키보드",
        quantity: 3,
        unit_price: 89_000,
        list_price: 99_000,
        version: "v1",
      },
      {
        sku: "DM-90",
        title: "울 데스크 매트",
        quantity: 1,
        unit_price: 0,
        list_price: 15_000,
        gift: true,
        version: "v1",
      },
    ],
    terms: {
      delivery: { id: "standard", fee: 3_000, list_fee: 3_000, days_min: 2, days_max: 3 },
      warranty: { id: "w24", fee: 10_680, list_fee: 10_680, months: 24 },
      payment: { id: "net30", fee: 0, list_fee: 0, days: 30 },
      returns: { id: "r14", fee: 0, list_fee: 0, days: 14 },
      subscription: { id: "q4", every_months: 3, commitment: 4 },
    },
    discounts: [{ kind: "tier", id: "tier-3", amount: 8_010 }],
    ship_to: { country: "KR" },
    tax: { treatment: "included", name: "VAT", rate_bp: 1_000, amount: 24_788 },
    totals: { goods: 267_000, discounts: 8_010, fees: 13_680, tax: 24_788, total: 272_670 },
    negotiable: [],
    final: false,
    expires_at: "2026-11-14T14:32:00.000Z",
    ...parts,
  });
}

export function fact(parts: Partial<Fact> & Pick<Fact, "kind" | "key" | "value">): Fact {
  return { id: `NB-14A#${parts.key}`, about: "NB-14A", source: { name: "products.jsonl" }, ...parts };
}

export function answer(facts: Fact[], parts: Partial<Answer> = {}): Answer {
  return { topic: "how heavy is it?", about: "NB-14A", title: "Orrin Air 14 Laptop, Black", facts, ...parts };
}

export const weight = fact({
  kind: "spec",
  key: "weight",
  value: 1.24,
  unit: "kg",
  label: { en: "Weight", ko: "무게" },
});

export function card(parts: Partial<Card> = {}): Card {
  return {
    sku: "NB-14A",
    title: "Orrin Air 14 Laptop, Black",
    category: "computers/laptops",
    list_price: 89_900,
    currency: "USD",
    stock: 12,
    specs: [
      fact({
        kind: "spec",
        key: "screen_size",
        value: 14,
        unit: "in",
        label: { en: "Screen size", ko: "화면 크기" },
      }),
      weight,
      fact({ kind: "spec", key: "ports", value: "2 x USB-C", label: { en: "Ports", ko: "단자" } }),
    ],
    rating: { mean10: 43, count: 12 },
    ...parts,
  };
}

export function intent(parts: Partial<IntentView> = {}): IntentView {
  return {
    id: "int_7f3k",
    kind: "order",
    offer: "ofr_1",
    status: "pending",
    total: 176_963,
    currency: "USD",
    ...parts,
  };
}

/** The same products in typed rows. */
export function sideBySide(cards: readonly Card[]): Comparison {
  const row = (key: string, of: (card: Card) => Fact | null) => ({ key, values: cards.map(of) });
  const keys = new Set(cards.flatMap(({ specs }) => specs.map(({ key }) => key)));
  return {
    skus: cards.map(({ sku }) => sku),
    rows: [
      row("price", ({ list_price, currency }) =>
        fact({ kind: "price", key: "price", value: list_price, unit: currency }),
      ),
      row("stock", ({ stock }) => fact({ kind: "stock", key: "stock", value: stock })),
      row("rating", ({ rating }) =>
        rating ? fact({ kind: "rating", key: "rating", value: rating.mean10 / 10 }) : null,
      ),
      ...[...keys].map((key) => row(key, ({ specs }) => specs.find((spec) => spec.key === key) ?? null)),
    ],
    verdict: null,
  };
}
