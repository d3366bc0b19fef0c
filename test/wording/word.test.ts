import { describe, expect, test } from "vitest";
import { type Move, MoveAct, MoveReason, Slot, Words } from "../../src/domain/reply.ts";
import type { Context } from "../../src/wording/templates.ts";
import { word } from "../../src/wording/word.ts";
import { answer, card, dollarOffer, en, intent, ko, move, vendor, weight, wonOffer } from "./moves.ts";

const faces = (context: Context): Context[] =>
  (["chat", "voice", "agent"] as const).map((channel) => ({ ...context, channel }));

/** What comes with an act, and what may be missing from it. */
function variants(act: MoveAct): Partial<Move>[] {
  return [
    {},
    { offers: [dollarOffer()], intents: [intent()], results: [card()], answers: [answer([weight])] },
    { choices: ["Lamp", "Desk"], answers: [answer([])] },
    ...(act === "readback" ? [{ offers: [wonOffer()], readback: { offer: "ofr_2", hash: "h" } }] : []),
  ];
}

/** What is wrong with the words of a move, whatever it is; a list, since hundreds of thousands are looked at. */
function faultsOf(words: Words, { act, offers, readback }: Move, { lang }: Context): string[] {
  const { text, speech, reprompt } = words;
  const all = `${text}\n${speech}\n${reprompt}`;
  const total = act === "readback" && readback ? "₩272,670" : "$1,769.63";
  const faults: readonly (readonly [string, boolean])[] = [
    ["out of bounds", !Words.safeParse(words).success],
    ["no words for a value", /undefined|null|NaN|\[object|\$\{|Invalid/.test(all)],
    ["empty", text === "" || speech === "" || reprompt === ""],
    ["asks twice", speech.includes(reprompt.replace(/Goodbye\.|안녕히 가세요\./, "-"))],
    ["Han script", lang === "ko" && /\p{Script=Han}/u.test(all)],
    ["no total", offers.length > 0 && !text.includes(total)],
  ];
  return faults.flatMap(([fault, found]) => (found ? [`${fault}: ${all}`] : []));
}

describe("every act, reason and question is worded in both languages", () => {
  test.each(MoveAct.options)("%s", (act) => {
    const faults: string[] = [];
    for (const context of [...faces(en), ...faces(ko)]) {
      for (const parts of variants(act)) {
        for (const reason of [null, ...MoveReason.options]) {
          for (const ask of [null, ...Slot.options]) {
            const one = move({ act, ...parts, reasons: reason ? [reason] : [], ask });
            faults.push(...faultsOf(word(one, context), one, context));
          }
        }
      }
    }
    expect(faults.slice(0, 3)).toEqual([]);
  });
});

const said: readonly [does: string, move: Move, context: Context, text: string, speech: string][] = [
  [
    "greets with the vendor's own words",
    move({ act: "greet" }),
    en,
    "Welcome to Harbour Supply. What can I do for you?",
    "Welcome to Harbour Supply. What can I do for you?",
  ],
  [
    "refuses a low price and says what is possible",
    move({ act: "counter", reasons: ["price_too_low"], offers: [dollarOffer()] }),
    en,
    `I'm not there at that price yet.

Here is what I can do:
- 2 × Orrin Air 14 Laptop, Black: $850.00 each (list price $899.00)
- Discounts: code SPRING −$50.00
- Delivery: Express, in 1 day, free instead of $19.90
- Warranty: 12 months, included
- Payment: when you order
- Returns: within 14 days
- Sales tax (7.25%): $119.63, added
- Total, all in: $1,769.63
- Valid until Nov 14, 14:32 UTC

Could you agree to that?`,
    "I'm not there at that price yet. How about two Orrin Air 14 Laptop Black, delivered in one day, all in for " +
      "one thousand seven hundred sixty-nine dollars and sixty-three cents?",
  ],
  [
    "제안을 조건과 함께 말한다",
    move({ act: "offer", offers: [wonOffer()] }),
    ko,
    `이렇게 제안해 드려요.
- 토카 75 기계식 키보드 3개: 개당 ₩89,000 (정가 ₩99,000)
- 울 데스크 매트 1개: 무료 사은품
- 할인: 수량 할인 −₩8,010
- 배송: 일반 배송, 2~3일, ₩3,000
- 보증: 24개월, ₩10,680
- 결제: 배송 후 30일 이내
- 반품: 14일 이내
- 정기 구매: 3개월마다, 최소 4회
- 부가세(10%): ₩24,788, 가격에 포함
- 합계(모두 포함): ₩272,670
- 유효 기한: 11월 14일 23:32(한국 시간)

이대로 하시겠어요?`,
    "토카 75 기계식 키보드 세 개 외 한 가지, 배송 이틀에서 사흘, 삼 개월마다 정기 구매, " +
      "모두 합해 이십칠만 이천육백칠십 원에 어떠세요?",
  ],
  [
    "tells a machine the same on one line, without a question",
    move({ act: "final_offer", offers: [dollarOffer({ discounts: [] })] }),
    { ...en, channel: "agent" },
    "This is my final offer: 2 × Orrin Air 14 Laptop, Black: $850.00 each (list price $899.00); " +
      "Delivery: Express, in 1 day, free instead of $19.90; Warranty: 12 months, included; " +
      "Payment: when you order; Returns: within 14 days; Sales tax (7.25%): $119.63, added; " +
      "Total, all in: $1,769.63; Valid until Nov 14, 14:32 UTC",
    "My final offer is two Orrin Air 14 Laptop Black, delivered in one day, all in for " +
      "one thousand seven hundred sixty-nine dollars and sixty-three cents. Would you like it?",
  ],
  [
    "reads back where the goods go and who pays, to be read but not to be listened to",
    move({
      act: "readback",
      offers: [dollarOffer({ discounts: [] })],
      readback: {
        ...{ offer: "ofr_1", hash: "h" },
        details: {
          ship_to: {
            ...{ country: "US", region: "NY", postal_code: "10001", city: "New York" },
            ...{ name: "Ana Price", lines: ["1 Main Street", "Apt 4"] },
          },
          payer: { name: "Price & Co", email: "ana@example.com" },
          purchase_order: "PO-7",
        },
      },
      ask: "confirm",
    }),
    { ...en, channel: "agent" },
    "Let me read that back: 2 × Orrin Air 14 Laptop, Black: $850.00 each (list price $899.00); " +
      "Delivery: Express, in 1 day, free instead of $19.90; Warranty: 12 months, included; " +
      "Payment: when you order; Returns: within 14 days; Sales tax (7.25%): $119.63, added; " +
      "Total, all in: $1,769.63; Valid until Nov 14, 14:32 UTC; " +
      "Deliver to: Ana Price, 1 Main Street, Apt 4, New York, NY 10001, United States; " +
      "Bill to: Price & Co, ana@example.com; Your reference: PO-7 Shall I place this order?",
    "That is two Orrin Air 14 Laptop Black, delivered in one day, all in for " +
      "one thousand seven hundred sixty-nine dollars and sixty-three cents. Shall I place this order?",
  ],
  [
    "asks for the address with the read-back still open",
    move({
      act: "readback",
      reasons: ["details_missing"],
      offers: [wonOffer({ discounts: [] })],
      readback: { offer: "ofr_2", hash: "h" },
      ask: "ship_to",
    }),
    ko,
    `주문하려면 정보가 조금 더 필요해요.

주문 내용을 확인해 드려요.
- 토카 75 기계식 키보드 3개: 개당 ₩89,000 (정가 ₩99,000)
- 울 데스크 매트 1개: 무료 사은품
- 배송: 일반 배송, 2~3일, ₩3,000
- 보증: 24개월, ₩10,680
- 결제: 배송 후 30일 이내
- 반품: 14일 이내
- 정기 구매: 3개월마다, 최소 4회
- 부가세(10%): ₩24,788, 가격에 포함
- 합계(모두 포함): ₩272,670
- 유효 기한: 11월 14일 23:32(한국 시간)
- 배송지: 대한민국

받으실 분 성함과 전체 주소를 알려 주시겠어요?`,
    "토카 75 기계식 키보드 세 개 외 한 가지, 배송 이틀에서 사흘, 삼 개월마다 정기 구매, " +
      "모두 합해 이십칠만 이천육백칠십 원이에요. 받으실 분 성함과 전체 주소를 알려 주시겠어요?",
  ],
  [
    "thanks for an order with its number and what happens next",
    move({ act: "accepted", intents: [intent()] }),
    en,
    "Thank you! Your order int_7f3k is placed. Total, all in: $1,769.63. " +
      "The shop has it now, and I'll tell you here as soon as it is confirmed.",
    "Thank you, your order is placed, all in for " +
      "one thousand seven hundred sixty-nine dollars and sixty-three cents.",
  ],
  [
    "승인이 필요한 주문을 알린다",
    move({ act: "approval_pending", intents: [intent({ total: 272_670, currency: "KRW" })] }),
    ko,
    "감사해요! 주문 int_7f3k 건(₩272,670)은 담당자의 승인을 기다리고 있어요. " +
      "승인 전에는 확정되지 않으며, 그동안 계속 말씀하셔도 돼요.",
    "감사해요, 담당자가 주문을 확인할 거고 합계는 이십칠만 이천육백칠십 원이에요.",
  ],
  [
    "asks which product is meant, naming three when speaking",
    move({
      act: "clarify",
      reasons: ["ambiguous_item"],
      ask: "choice",
      choices: ["Lamp", "Desk", "Chair", "Mat"],
    }),
    en,
    "More than one product fits that.\n\nYou could mean:\n1. Lamp\n2. Desk\n3. Chair\n4. Mat\n\nWhich one do you mean?",
    "More than one product fits that. Do you mean Lamp, Desk or Chair?",
  ],
  [
    "asks which order is meant by its amount when speaking",
    move({
      act: "clarify",
      ask: "choice",
      choices: ["int_a1b2c3d4e5f6a7b8, $1,769.63", "int_b1b2c3d4e5f6a7b8, $20.00"],
    }),
    en,
    "You could mean:\n1. int_a1b2c3d4e5f6a7b8, $1,769.63\n2. int_b1b2c3d4e5f6a7b8, $20.00\n\nWhich one do you mean?",
    "Do you mean one thousand seven hundred sixty-nine dollars and sixty-three cents or twenty dollars?",
  ],
  [
    "asks what would help after a no",
    move({ act: "clarify", ask: "price" }),
    en,
    "All right.\n\nWhat price do you have in mind?",
    "All right. What price do you have in mind?",
  ],
  [
    "빠진 정보를 하나씩 묻는다",
    move({ act: "clarify", reasons: ["details_missing"], ask: "payer" }),
    ko,
    "주문하려면 정보가 조금 더 필요해요.\n\n결제하실 분 성함과 이메일을 알려 주시겠어요?",
    "주문하려면 정보가 조금 더 필요해요. 결제하실 분 성함과 이메일을 알려 주시겠어요?",
  ],
  [
    "says what a refusal is about",
    move({ act: "decline", reasons: ["out_of_stock"], choices: ["Lamp", "Desk"] }),
    en,
    "That is out of stock right now. That is about: Lamp; Desk.\n\nWould you like to try another way?",
    "That is out of stock right now. Would you like to try another way?",
  ],
  [
    "찾지 못한 상품의 이름을 되풀이한다",
    move({ act: "clarify", reasons: ["unknown_product"], ask: "item", choices: ["요정 등불"] }),
    ko,
    '저희 매장에서 그 상품을 찾지 못했어요.\n\n"요정 등불"로 찾아보았어요.\n\n어떤 상품을 찾으세요?',
    "저희 매장에서 그 상품을 찾지 못했어요. 어떤 상품을 찾으세요?",
  ],
  [
    "takes a conditional yes for no order",
    move({ act: "clarify", reasons: ["conditional_accept"], ask: "rephrase", choices: ["yes if it is red"] }),
    en,
    'Your yes came with a condition, so I haven\'t ordered anything yet.\n\nYou said "yes if it is red".\n\nCould you say that another way?',
    "Your yes came with a condition, so I haven't ordered anything yet. Could you say that another way?",
  ],
  [
    "quotes back what it could not read",
    move({ act: "clarify", reasons: ["not_understood"], ask: "rephrase", choices: ["blub\n<b>"] }),
    en,
    "Sorry, I didn't quite get that.\n\nI couldn't make out \"blub\". You can ask for a product, about prices, delivery " +
      "or returns, or name a price of your own.\n\nCould you say that another way?",
    "Sorry, I didn't quite get that. Could you say that another way?",
  ],
  [
    "names the countries it delivers to when it does not deliver there",
    move({ act: "decline", reasons: ["does_not_ship_there"] }),
    ko,
    "그 지역으로는 배송하지 않아요. 배송 가능한 지역은 대한민국이에요. 미국으로 보내는 주문은 USD로 결제하시니, " +
      "그 통화로 대화를 새로 시작해 주세요.\n\n다른 조건으로 알아봐 드릴까요?",
    "그 지역으로는 배송하지 않아요. 다른 조건으로 알아봐 드릴까요?",
  ],
  [
    "hands over with a way to write",
    move({ act: "handoff" }),
    en,
    "I've noted for our team that you would like to talk to a person. I can't promise that someone will join here. " +
      "You reach them at help@harbour.example (weekdays); meanwhile I am glad to go on.",
    "I've noted for our team that you would like a person. Meanwhile, we can go on.",
  ],
  [
    "says goodbye",
    move({ act: "farewell" }),
    ko,
    "찾아 주셔서 감사해요. 안녕히 가세요.",
    "찾아 주셔서 감사해요. 안녕히 가세요.",
  ],
];

test.each(said)("%s", (_, does, context, text, speech) => {
  const words = word(does, context);
  expect(words.text).toBe(text);
  expect(words.speech).toBe(speech);
});

test("a greeting that is no question is followed by one", () => {
  const plain = { ...vendor, greeting: { en: "Good day from Harbour Supply." } };
  const words = word(move({ act: "greet" }), { ...en, vendor: plain });
  expect(words.text).toBe("Good day from Harbour Supply.\n\nWhat can I find for you?");
});

test("an answer comes before the offer it belongs to", () => {
  const words = word(move({ act: "offer", answers: [answer([weight])], offers: [dollarOffer()] }), en);
  expect(words.text).toMatch(/^The Orrin Air 14 Laptop, Black weighs 1\.24 kg\.\n\nHere is my offer:/);
  expect(words.speech).toMatch(/^The Orrin .* weighs one point two four kilograms\. How about two /);
});

test("the longest moves stay within the bounds of words and keep every total", () => {
  const line = {
    sku: "S",
    title: "x y ".repeat(100),
    quantity: 99_999,
    unit_price: 1,
    list_price: 9,
    version: "v",
  };
  const lines = (n: number) => Array.from({ length: 20 }, (_, i) => ({ ...line, unit_price: n + i }));
  const offers = [1, 101, 201].map((n) =>
    dollarOffer({ lines: lines(n), totals: { ...dollarOffer().totals, total: 777_700 + n } }),
  );
  const long = answer([{ ...weight, kind: "review", text: "word ".repeat(4_000) }]);
  const words = word(move({ act: "counter", offers, answers: Array.from({ length: 8 }, () => long) }), en);
  Words.parse(words);
  for (const total of ["$7,777.01", "$7,778.01", "$7,779.01"]) expect(words.text).toContain(total);
});

test("a lower price that was asked for stands in place of nothing", () => {
  const proposal = { lines: [], remove: [], lower: true, terms: {}, codes: [] };
  const said = (reasons: Move["reasons"]) =>
    word(move({ act: "counter", proposal, reasons, offers: [wonOffer()] }), ko).text;
  // No yes before it: "is that your best?" is asked as well.
  expect(said([])).toMatch(/^이만큼 낮춰 드릴 수 있어요\./);
  expect(said(["price_too_low"])).toContain("대신 이렇게 해 드릴 수 있어요.");
});

test("an offer that stays as it is stands in place of nothing", () => {
  const said = (context: Context) =>
    word(move({ act: "counter", reasons: ["unchanged"], offers: [wonOffer()] }), context).text;
  expect(said(ko)).toMatch(/^지금은 이 제안을 그대로 드릴 수밖에 없어요\.\n\n지금 제안은 이래요\./);
  expect(said(en)).toMatch(/^For now I have to stay with my offer\.\n\nThe offer as it stands:/);
});

test("who puts an offer off hears that it stands, and is asked nothing", () => {
  const { text } = word(move({ act: "inform", offers: [wonOffer()] }), ko);
  expect(text).toMatch(/^네, 알겠어요\. 제안은 아직 유효해요\./);
  expect(text).not.toContain("?");
});

test("what is short of stock is named before it is said why", () => {
  const { text } = word(move({ act: "decline", reasons: ["out_of_stock"], choices: ["네이비 헤드폰"] }), ko);
  expect(text).toContain("네이비 헤드폰: 지금은 품절이에요.");
});
