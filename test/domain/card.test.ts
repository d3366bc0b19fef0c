import { expect, test } from "vitest";
import { CARD_MASK, namedCard, withoutCards, withoutCardsIn } from "../../src/domain/card.ts";

/** Test numbers that card networks and payment providers publish; none is anybody's. */
const CARDS = [
  "4111111111111111",
  "4111 1111 1111 1111",
  "4111-1111-1111-1111",
  "4222222222222",
  "5555555555554444",
  "2223003122003222",
  "378282246310005",
  "3782 822463 10005",
  "30569309025904",
  "6011111111111117",
  "6200000000000005",
  "3530111333300000",
  "４１１１１１１１１１１１１１１１",
  "4111.1111.1111.1111",
  "4111- 1111- 1111- 1111",
  "4111 - 1111 - 1111 - 1111",
  "4111 1111\n1111 1111",
  "4111\r\n1111\r\n1111\r\n1111",
  "４１１１　１１１１　１１１１　１１１１",
  "４１１１－１１１１－１１１１－１１１１",
  "4111\u22121111\u22121111\u22121111",
  "4111\u200b1111\u200b1111\u200b1111",
  "4111·1111·1111·1111",
];

test.each(CARDS)("%s is taken out of whatever stands around it", (card) => {
  expect(withoutCards(card)).toBe(CARD_MASK);
  expect(withoutCards(`my card is ${card}, exp 12/29 cvc 123`)).toBe(
    `my card is ${CARD_MASK}, exp 12/29 cvc 123`,
  );
  expect(withoutCards(`카드는 ${card}입니다`)).toBe(`카드는 ${CARD_MASK}입니다`);
  expect(withoutCards(`${card} 12/29 and ${card} 01/30`)).toBe(`${CARD_MASK} 12/29 and ${CARD_MASK} 01/30`);
});

test("what is no card number stays as it is", () => {
  for (const text of [
    "4111111111111112",
    "2 for 1,299.00 and 3 for 1299",
    "call 010-1234-5678 or 010-8765-4321",
    "IMEI 490154203237518",
    "GTIN 8801234567893",
    "order 1234567890123456",
    "20300506 0708 0900 1200",
    "41111111111111111111",
    // Each passes the Luhn check, and begins as a Visa number of thirteen digits does.
    "GTIN 4901234567894",
    "call +49 151 12345678 or +4915112345678",
  ])
    expect(withoutCards(text)).toBe(text);
});

test("a text never grows, and is the same when it is masked again", () => {
  for (const card of CARDS) {
    const text = `a ${card} b`;
    const once = withoutCards(text);
    expect(once.length).toBeLessThanOrEqual(text.length);
    expect(withoutCards(once)).toBe(once);
  }
});

test("a text made of single digits costs little more than one of words", () => {
  // Of 64,000 characters: quadratic work would take half a minute, and the test its time.
  const text = `${"1 ".repeat(32_000)}, 4111 1111 1111 1111`;
  expect(withoutCards(text) === text.replace("4111 1111 1111 1111", CARD_MASK)).toBe(true);
});

test("typed acts lose card numbers in what they say, and keep the names of goods and offers", () => {
  const sku = "4111111111111111";
  const message = withoutCardsIn({
    id: "m1",
    act: { act: "ask", item: { sku }, question: "can I pay with 4111 1111 1111 1111?" },
  });
  expect(message.act).toEqual({ act: "ask", item: { sku }, question: `can I pay with ${CARD_MASK}?` });
  expect(namedCard(message)).toBe(true);
  expect(namedCard({ id: "m2", text: "two chairs please" })).toBe(false);
});
