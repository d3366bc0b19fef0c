import { expect, test } from "vitest";
import type { Answer } from "../../src/domain/reply.ts";
import type { Context } from "../../src/wording/templates.ts";
import { word } from "../../src/wording/word.ts";
import { answer, en, fact, ko, move, weight } from "./moves.ts";

const waterproof = fact({
  kind: "spec",
  key: "waterproof",
  value: true,
  label: { en: "Waterproof", ko: "방수" },
});
const review = fact({ kind: "review", key: "review", value: 5, text: 'Light as a "feather".\nLove it.' });
const second = fact({ kind: "review", key: "review", value: 2, text: "가볍지만 약해요." });
const policy = fact({
  kind: "policy",
  key: "returns",
  about: null,
  value: "Returns",
  text: "You have 14 days.",
});
const days = fact({
  kind: "policy",
  key: "shipping_time",
  about: null,
  value: "2-5",
  unit: "day",
  label: { en: "Standard delivery", ko: "일반 배송" },
});
const option = (name: string, id: string, value: number, unit: string) =>
  fact({
    ...{ id: `vendor#${id}`, kind: "policy", key: "returns", about: null, value, unit },
    label: { en: `${name}-day returns`, ko: `${name}일 반품` },
  });
const fee = (value: number) =>
  fact({
    ...days,
    id: "vendor#delivery.standard.fee",
    kind: "price",
    key: "shipping_fee",
    value,
    unit: "USD",
  });
const shop = (facts: Answer["facts"]): Answer => ({ topic: "how about that?", about: null, facts });

const rated = (key: string, value: number | string) =>
  fact({ id: `A#reviews.${key}`, kind: "rating", key, value });
const load = fact({
  ...{ id: "A#spec.max_load", kind: "spec", key: "max_load", value: 0.8, unit: "kg" },
  label: { en: "Maximum load", ko: "최대 하중" },
});
const otherwise = fact({ kind: "spec", key: "description", value: null, text: "It holds 1 kg." });

const cases: readonly [context: Context, answer: Answer, text: string, speech: string][] = [
  [
    en,
    answer([weight]),
    "The Orrin Air 14 Laptop, Black weighs 1.24 kg.",
    "The Orrin Air 14 Laptop Black weighs one point two four kilograms.",
  ],
  [
    ko,
    answer([weight], { title: "오린 에어 14 노트북" }),
    "오린 에어 14 노트북의 무게는 1.24kg이에요.",
    "오린 에어 14 노트북의 무게는 일 점 이사 킬로그램이에요.",
  ],
  [
    en,
    answer([fact({ kind: "spec", key: "battery_life", value: 15, unit: "h" })]),
    "The Orrin Air 14 Laptop, Black's battery life is 15 h.",
    "The Orrin Air 14 Laptop Black's battery life is fifteen hours.",
  ],
  [
    ko,
    answer([fact({ kind: "spec", key: "battery_life", value: 15, unit: "h" })], { title: "오린 노트 13" }),
    "오린 노트 13의 배터리 사용 시간은 15시간이에요.",
    "오린 노트 13의 배터리 사용 시간은 십오 시간이에요.",
  ],
  [
    en,
    answer([waterproof], { title: "Mat" }),
    "For the Mat, waterproof is listed as yes.",
    "For the Mat, waterproof is listed as yes.",
  ],
  [
    en,
    answer([fact({ kind: "price", key: "price", value: 8_950, unit: "USD" })], { title: "Mat" }),
    "The Mat costs $89.50.",
    "The Mat costs eighty-nine dollars and fifty cents.",
  ],
  [
    ko,
    answer([fact({ kind: "price", key: "price", value: 89_000, unit: "KRW" })], { title: "매트" }),
    "매트는 ₩89,000이에요.",
    "매트는 팔만 구천 원이에요.",
  ],
  [
    ko,
    answer([fact({ kind: "stock", key: "stock", value: 12 })], { title: "매트" }),
    "매트는 재고가 12개 있어요.",
    "매트는 재고가 열두 개 있어요.",
  ],
  [
    en,
    answer([fact({ kind: "stock", key: "stock", value: 0 })], { title: "Mat" }),
    "The Mat is out of stock right now.",
    "The Mat is out of stock right now.",
  ],
  [
    en,
    answer([fact({ kind: "spec", key: "release_date", value: "2026-03-01" })], { title: "Mat" }),
    "The Mat's release date is 2026-03-01.",
    "The Mat's release date is March first, twenty twenty-six.",
  ],
  [
    en,
    answer([weight, waterproof], { title: "Mat" }),
    "About the Mat:\n- Weight: 1.24 kg\n- Waterproof: yes",
    "The Mat weighs one point two four kilograms. Waterproof is listed as yes.",
  ],
  [
    en,
    answer([review, second]),
    'One customer (5 of 5 stars) wrote: "Light as a \'feather\'. Love it."\nAnother customer (2 of 5 stars) wrote: "가볍지만 약해요."',
    "One customer wrote, Light as a feather. Love it.",
  ],
  [
    ko,
    answer([second]),
    '한 고객이 별점 2점을 주고 이렇게 썼어요: "가볍지만 약해요."',
    "한 고객이 이렇게 썼어요, 가볍지만 약해요.",
  ],
  [
    en,
    answer([fact({ kind: "answer", key: "customer", value: "Does it fold?", text: "Mine does." })]),
    'A customer answered this before: "Mine does."',
    "A customer answered this before, Mine does.",
  ],
  [
    en,
    answer([fact({ kind: "answer", key: "vendor", value: "Does it fold?", text: "It does." })]),
    'We answered this before: "It does."',
    "We answered this before, It does.",
  ],
  [
    en,
    answer([fact({ kind: "spec", key: "description", value: null, text: "A lamp for desks." })]),
    'The description says: "A lamp for desks."',
    "The description says, A lamp for desks.",
  ],
  [
    en,
    shop([
      option("14", "returns.r14", 14, "day"),
      option("30", "returns.r30", 30, "day"),
      option("30", "returns.r30.fee", 1, "%"),
      policy,
    ]),
    'This is what we offer:\n- 14-day returns: no extra charge\n- 30-day returns: 1% of the goods\nOur policy says: "You have 14 days."',
    "Our policy says, You have 14 days.",
  ],
  [
    en,
    shop([
      { ...days, id: "vendor#delivery.standard" },
      fee(690),
      { ...fee(9_900), id: "vendor#delivery.standard.free_from" },
    ]),
    "Standard delivery: 2-5 days, $6.90, free from $99.00 of goods.",
    "Standard delivery, two to five days, six dollars and ninety cents, free from ninety-nine dollars of goods.",
  ],
  [en, shop([policy]), 'Our policy says: "You have 14 days."', "Our policy says, You have 14 days."],
  [en, shop([days]), "Standard delivery: 2-5 days.", "Standard delivery, two to five days."],
  [ko, shop([days]), "일반 배송은 2-5일이에요.", "일반 배송은 이 일에서 오 일이에요."],
  [
    en,
    answer([], { topic: "does it float?" }),
    "Our shop's information about the Orrin Air 14 Laptop, Black doesn't answer \"does it float?\", so I've noted your question.\nYou can ask our team at help@harbour.example, or say that you would like a person.",
    "Our shop's information about the Orrin Air 14 Laptop Black doesn't answer that, so I've noted your question. You can ask for a person.",
  ],
  [
    ko,
    { topic: "물에 뜨나요?", about: null, facts: [] },
    '저희 매장 정보에는 "물에 뜨나요?" 질문의 답이 없어서 질문을 기록해 두었어요.\nhelp@harbour.example 주소로 문의하시거나 상담원을 찾으셔도 돼요.',
    "저희 매장 정보에는 그 내용이 없어서 질문을 기록해 두었어요. 상담원에게 물어보셔도 돼요.",
  ],
  [
    en,
    answer([rated("rating", 3.8), rated("review_count", 4), rated("rated_high", 3), rated("rated_low", 1)]),
    "The Orrin Air 14 Laptop, Black has 4 reviews, 3.8 of 5 stars on average. 3 of them give 4 or 5 stars, 1 gives 3 stars or fewer.",
    "The Orrin Air fourteen Laptop Black has four reviews, three point eight of five stars on average. Three of them give four or five stars, one gives three stars or fewer.",
  ],
  [
    ko,
    answer([rated("rating", 3.8), rated("review_count", 4), { ...second, lang: "ko", date: "2026-07-21" }]),
    'Orrin Air 14 Laptop, Black의 후기는 4개이고, 평균 별점은 5점 만점에 3.8점이에요.\n한 고객이 2026년 7월 21일에 별점 2점을 주고 이렇게 썼어요: "가볍지만 약해요."',
    "Orrin Air 십사 Laptop Black의 후기는 네 개이고, 평균 별점은 오 점 만점에 삼 점 팔 점이에요. 한 고객이 이렇게 썼어요, 가볍지만 약해요.",
  ],
  [
    en,
    answer([rated("review_count", 0)], { title: "Mat" }),
    "Nobody has reviewed the Mat yet.",
    "Nobody has reviewed the Mat yet.",
  ],
  [
    en,
    answer([rated("review_count", 3), rated("newest_review", "2026-09-01")], {
      title: "Desk Speakers, Black",
    }),
    "The newest review of the Desk Speakers, Black is from Sep 1, 2026.",
    "The newest review of the Desk Speakers Black is from September first, twenty twenty-six.",
  ],
  [
    en,
    answer([rated("stars_1", 0), rated("review_count", 3)]),
    "None of its 3 reviews gives 1 star.",
    "None of its three reviews gives one star.",
  ],
  [
    ko,
    answer([rated("stars_1", 2), rated("review_count", 3)]),
    "후기 3개 중에 1점을 준 후기는 2개예요.",
    "후기 세 개 중에 일 점을 준 후기는 두 개예요.",
  ],
  [
    en,
    answer(
      [
        { ...review, id: "k", lang: "ko", text: "가벼워요." },
        { ...review, id: "e", lang: "en" },
      ],
      { title: "Mat" },
    ),
    'One customer (5 of 5 stars) wrote in Korean: "가벼워요."\nAnother customer (5 of 5 stars) wrote: "Light as a \'feather\'. Love it."',
    "One customer wrote, Light as a feather. Love it.",
  ],
  [
    en,
    answer([load, { ...otherwise, id: "d" }], { title: "Stand", conflicts: [{ fact: load.id, with: "d" }] }),
    "The Stand's maximum load is 0.8 kg.\nThe description says otherwise: \"It holds 1 kg.\"\nWhat counts is the value we list; I've noted the difference for our team.",
    "The Stand's maximum load is zero point eight kilograms. The description says otherwise.",
  ],
  [
    ko,
    answer([load, { ...otherwise, id: "d" }], { title: "거치대", conflicts: [{ fact: load.id, with: "d" }] }),
    '거치대의 최대 하중은 0.8kg이에요.\n다만 상품 설명에는 다르게 나와 있어요: "It holds 1 kg."\n저희가 표기한 값이 기준이고, 차이는 담당자에게 남겨 두었어요.',
    "거치대의 최대 하중은 영 점 팔 킬로그램이에요. 다만 상품 설명에는 다르게 나와 있어요.",
  ],
];

test.each(cases)("%# an answer is worded from its facts", (context, given, text, speech) => {
  const words = word(move({ act: "inform", answers: [given] }), context);
  expect(words.text).toBe(text);
  expect(words.speech).toBe(speech);
});

test("what is not stated is said once, whatever the reasons repeat", () => {
  const { text } = word(move({ act: "unknown", reasons: ["not_stated"], answers: [answer([])] }), en);
  expect(text.match(/noted your question/g)).toHaveLength(1);
});
