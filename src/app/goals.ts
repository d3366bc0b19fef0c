import type { OrderDetails } from "../domain/order.ts";
import type { TermsWanted } from "../domain/terms.ts";
import type { Lang } from "../domain/text.ts";

/** What somebody wants to buy, as an assistant would have been told it. */
export interface Goal {
  readonly name: string;
  readonly title: Readonly<Record<Lang, string>>;
  /** What to search for. */
  readonly query: Readonly<Record<Lang, string>>;
  /** Units and terms to ask for, from the best that is hoped for to the least that is needed. Ids are the vendor's. */
  readonly asks: readonly { readonly quantity: number; readonly terms: TermsWanted }[];
  /** All-in for each unit, in minor units: what it would like to pay and what it will never exceed. */
  readonly unit: Readonly<Record<string, { readonly target: number; readonly budget: number }>>;
}

/** Four errands; the last cannot be done, as the budget is far below what such a thing costs. */
export const GOALS: readonly Goal[] = [
  {
    name: "chairs",
    title: { en: "Two mesh chairs for a home office", ko: "재택근무용 메쉬 의자 두 개" },
    query: { en: "mesh office chair", ko: "메쉬 의자" },
    asks: [
      { quantity: 2, terms: { delivery: { days_max: 1, free: true }, warranty: { months_min: 36 } } },
      { quantity: 2, terms: { delivery: { days_max: 1, free: true }, warranty: { months_min: 24 } } },
      { quantity: 2, terms: { delivery: { id: "standard" }, warranty: { months_min: 24 } } },
    ],
    unit: { USD: { target: 29_000, budget: 35_500 }, KRW: { target: 350_000, budget: 425_000 } },
  },
  {
    name: "headsets",
    title: { en: "Headsets for a support team of twelve", ko: "상담팀 열두 명이 쓸 헤드셋" },
    query: { en: "wireless headset for calls", ko: "무선 통화 헤드셋" },
    asks: [
      { quantity: 12, terms: { delivery: { days_max: 1, free: true }, payment: { days_min: 30 } } },
      { quantity: 12, terms: { delivery: { days_max: 1 }, payment: { days_min: 30 } } },
      { quantity: 15, terms: { delivery: { days_max: 1 }, payment: { days_min: 0 } } },
    ],
    unit: { USD: { target: 7_600, budget: 8_900 }, KRW: { target: 88_000, budget: 108_000 } },
  },
  {
    name: "coffee",
    title: { en: "Coffee beans for the office, every month", ko: "매달 받는 사무실 원두" },
    query: { en: "house blend coffee beans 1 kg", ko: "하우스 블렌드 원두 1kg" },
    asks: [
      { quantity: 5, terms: { delivery: { id: "standard", free: true }, subscription: null } },
      {
        quantity: 5,
        terms: {
          delivery: { id: "standard", free: true },
          subscription: { every_months: 1, commitment_max: 6 },
        },
      },
      {
        quantity: 6,
        terms: {
          delivery: { id: "standard", free: true },
          subscription: { every_months: 1, commitment_max: 12 },
        },
      },
    ],
    unit: { USD: { target: 2_350, budget: 2_900 }, KRW: { target: 27_000, budget: 33_500 } },
  },
  {
    name: "impossible",
    title: { en: "A 16-inch studio laptop at half its price", ko: "반값에 사고 싶은 16인치 노트북" },
    query: { en: "Studio 16 laptop", ko: "스튜디오 16 노트북" },
    asks: [
      { quantity: 1, terms: { delivery: { days_max: 1 }, warranty: { months_min: 36, free: true } } },
      { quantity: 1, terms: { warranty: { months_min: 24 } } },
      { quantity: 1, terms: {} },
    ],
    unit: { USD: { target: 70_000, budget: 95_000 }, KRW: { target: 900_000, budget: 1_200_000 } },
  },
];

/** Where the goods go and who pays, by currency. */
export const DETAILS: Readonly<Record<"USD" | "KRW", OrderDetails>> = {
  USD: {
    ship_to: {
      country: "US",
      region: "CA",
      postal_code: "94107",
      name: "Dana Whitfield",
      lines: ["480 Townsend Street"],
      city: "San Francisco",
    },
    payer: { name: "Whitfield Studio LLC", email: "orders@whitfield.example" },
  },
  KRW: {
    ship_to: {
      country: "KR",
      region: "Seoul",
      postal_code: "04524",
      name: "윤서진",
      lines: ["서울특별시 중구 세종대로 110"],
    },
    payer: { name: "온결디자인 주식회사", email: "orders@ongyeol.example" },
  },
};
