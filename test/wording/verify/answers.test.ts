import { afterAll, beforeAll, describe, expect, test } from "vitest";
import type { Act } from "../../../src/domain/act.ts";
import type { Event } from "../../../src/domain/event.ts";
import { check } from "../../../src/wording/verify/check.ts";
import { type Support, supportOf } from "../../../src/wording/verify/support.ts";
import { word } from "../../../src/wording/word.ts";
import { BUYER, type OpenedHouse, openHouse } from "../../session/opened-house.ts";
import { vendor } from "../played.ts";

const HEADPHONES = [{ sku: "HP-ST1" }, { sku: "HP-OV1-BLK" }];
/** What is asked, and what a model may and may not say of the answer. */
const rows: readonly (readonly [name: string, lang: "en" | "ko", Act, true: string[], lies: string[]])[] = [
  [
    "the lighter of two",
    "en",
    { act: "compare", items: HEADPHONES, question: "which is lighter?" },
    ["The Sorae Over One Wireless Headphones, Black are lighter, at 0.254 kg."],
    [
      "The Sorae Monitor ST1 Studio Headphones are lighter.",
      "The Sorae Over One Wireless Headphones, Black are lighter, at 0.2 kg.",
      "The Sorae Over One Wireless Headphones, Black are cheaper.",
      "The Sorae Over One Wireless Headphones, Black are better rated.",
    ],
  ],
  [
    "둘 중 가벼운 것",
    "ko",
    { act: "compare", items: HEADPHONES, question: "뭐가 더 가벼워요?" },
    ["소래 오버원 무선 헤드폰 블랙이 0.254kg으로 더 가벼워요."],
    ["소래 모니터 ST1 스튜디오 헤드폰이 더 가벼워요.", "소래 오버원 무선 헤드폰 블랙이 더 저렴해요."],
  ],
  [
    "what reviews come to",
    "en",
    { act: "ask", item: { sku: "NB-13N" }, question: "what do people complain about?" },
    [
      "The Orrin Note 13 Laptop has 3 reviews, 3.3 of 5 stars on average.",
      'One customer wrote: "Fine for browsing, not for much more."',
    ],
    [
      "The Orrin Note 13 Laptop has 3 reviews, 4.6 of 5 stars on average.",
      "The Orrin Note 13 Laptop has 30 reviews.",
      'One customer wrote: "The best laptop I ever had."',
      "Everybody loves it.",
    ],
  ],
  [
    "sources that differ",
    "en",
    { act: "ask", item: { sku: "ST-PH" }, topic: "max_load" },
    ["The Clipo Folding Phone Stand's maximum load is 0.8 kg."],
    ["The Clipo Folding Phone Stand's maximum load is 1 kg.", "It holds 2 kg."],
  ],
];

let house: OpenedHouse;
beforeAll(async () => {
  house = await openHouse();
});
afterAll(() => house.close());

describe.each(rows)("of %s", (_, lang, act, truths, lies) => {
  test("a model may say what the typed facts bear out", async () => {
    const support = await supportFor(lang, act);
    for (const text of truths) expect([text, check(text, support, "text")]).toEqual([text, []]);
  });

  test("a model may say nothing else", async () => {
    const support = await supportFor(lang, act);
    for (const text of lies) expect(check(text, support, "text"), text).not.toEqual([]);
  });
});

async function supportFor(lang: "en" | "ko", act: Act): Promise<Support> {
  const currency = lang === "ko" ? "KRW" : "USD";
  const { session } = await house.gateway.open({ lang, currency, channel: "chat", kind: "person" }, BUYER);
  await session.submit({ id: "m", act }, null);
  const log = (await house.store.read(session.id, 0, 50)).map(({ json }) => JSON.parse(json) as Event);
  const reply = log.findLast((event) => event.kind === "reply");
  if (reply?.kind !== "reply") throw new Error("no reply");
  const words = word(reply.move, { lang, channel: "chat", currency, vendor });
  return supportOf(reply.move, words, { vendor, state: session.state, lang, counterpart: "" });
}
