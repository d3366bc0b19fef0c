import { afterAll, expect, test } from "vitest";
import { open } from "../../src/adapters/sqlite/database.ts";
import { directStore } from "../../src/adapters/sqlite/direct.ts";
import { conversation } from "../../src/learning/conversation.ts";
import { corrects } from "../../src/learning/corrected.ts";
import { type Lacking, lacksOf } from "../../src/learning/lacks.ts";
import { alike, subjectOf } from "../../src/learning/subject.ts";
import { offer, type Written, written } from "./hand-made.ts";

const db = open(":memory:");
const store = directStore(db);
afterAll(() => db.close());

const unknown = (topic: string, about: string | null = "A") => ({
  ...{ act: "unknown", reasons: ["not_stated"], answers: [{ topic, about, title: "The A", facts: [] }] },
});
const told = (topic: string) => ({
  ...{ act: "inform", answers: [{ topic, about: "A", title: "The A", facts: [{ id: "A#spec.x" }] }] },
});
const ask = { acts: [{ act: "ask" }] };

async function lacking(talk: Written): Promise<readonly Lacking[]> {
  await talk.store(store);
  const whole = await conversation(talk.session, store);
  return whole ? lacksOf(whole) : [];
}
const kinds = async (talk: Written) => (await lacking(talk)).map(({ why, text }) => [why, text]);

test("a question without a cited answer is a lack, with what was on the table and whose it was", async () => {
  const talk = written("2031-01-01T01");
  talk.exchange("00:01", { text: "2 of A for 50?" }, "00:02", {
    act: "offer",
    offers: [offer("o", [["A", 2, 90, 100]], 180)],
  });
  talk.exchange("00:03", { text: "And 1 of A?" }, "00:04", {
    act: "offer",
    offers: [offer("p", [["A", 1, 95, 100]], 95)],
  });
  talk.exchange("00:05", { text: "Is A waterproof?", ...ask }, "00:06", unknown("Is A waterproof?"));
  expect(await lacking(talk)).toEqual([
    {
      ...{ seq: 6, n: 0, at: "2031-01-01T01:00:05.000Z", sku: "A", subject: "waterproof", lang: "en" },
      ...{ why: "not_stated", value: 180, currency: "USD", text: "Is A waterproof?" },
    },
  ]);
});

test("what was answered, bid, thanked or greeted is none, nor what could not be looked up in time", async () => {
  const talk = written("2031-01-01T02");
  talk.exchange("00:01", { text: "hello" }, "00:02", { act: "greet" });
  talk.exchange("00:03", { text: "how heavy is it?", ...ask }, "00:04", told("weight"));
  talk.exchange("00:05", { text: "No, 80 is my last word" }, "00:06", {
    act: "counter",
    offers: [offer("o", [["A", 1, 90, 100]], 90)],
  });
  talk.exchange("00:07", { text: "is it loud?", ...ask }, "00:08", {
    ...unknown("noise"),
    reasons: ["not_in_time"],
  });
  expect(await kinds(talk)).toEqual([]);
});

test("an answer that the buyer puts right, in either language, is one; a no to a price is not", async () => {
  const talk = written("2031-01-01T03");
  talk.exchange("00:01", { text: "how big is it?", ...ask }, "00:02", told("size"));
  talk.exchange("00:03", { text: "That's not what I asked. The screen!", ...ask }, "00:04", told("screen"));
  talk.exchange("00:05", { text: "무게가 얼마예요?", lang: "ko", ...ask }, "00:06", told("무게"));
  talk.exchange("00:07", { text: "그게 아니라 상자 무게요", lang: "ko", ...ask }, "00:08", told("무게"));
  expect(await kinds(talk)).toEqual([
    ["corrected", "how big is it?"],
    ["corrected", "무게가 얼마예요?"],
  ]);
  for (const text of ["No thanks, that's all", "no", "not today", "아니요 괜찮아요", "아니"])
    expect([text, corrects(text)]).toEqual([text, false]);
  for (const text of [
    "no, I meant the white one",
    "That is wrong",
    "아니요, 제 말은 충전기요",
    "틀린 정보예요",
    "틀렸어요",
  ])
    expect([text, corrects(text)]).toEqual([text, true]);
});

test("the last thing asked before a person was called for is what the person was wanted for", async () => {
  const talk = written("2031-01-01T04");
  talk.exchange("00:01", { text: "how heavy is it?", ...ask }, "00:02", told("weight"));
  talk.exchange("00:03", { text: "does it fold?", ...ask }, "00:04", unknown("fold"));
  talk.exchange("00:05", { text: "give me a human" }, "00:06", { act: "handoff" });
  talk.add("00:07", { kind: "handoff", to: "waiting", why: "asked", by: "buyer", words: {} });
  expect(await kinds(talk)).toEqual([["handed_over", "does it fold?"]]);

  const own = written("2031-01-01T05");
  own.exchange("00:01", { text: "how heavy is it?", ...ask }, "00:02", told("weight"));
  own.add("00:03", {
    kind: "handoff",
    to: "person",
    why: "operator",
    by: "operator",
    name: "Mina",
    words: {},
  });
  own.add("00:04", { kind: "said", by: "operator", name: "Mina", id: "1", text: "Hi" });
  expect(await kinds(own)).toEqual([]);

  const only = written("2031-01-01T06");
  only.exchange("00:01", { text: "give me a human" }, "00:02", { act: "handoff" });
  expect(await kinds(only)).toEqual([]);
});

test("an answer that did not help is one, by the buyer's last word on it", async () => {
  const talk = written("2031-01-01T07");
  const first = talk.exchange("00:01", { text: "how heavy is it?", ...ask }, "00:02", told("weight"));
  const second = talk.exchange("00:03", { text: "how big is it?", ...ask }, "00:04", told("size"));
  talk.add("00:05", { kind: "feedback", of: first, helpful: false });
  talk.add("00:06", { kind: "feedback", of: second, helpful: false });
  talk.add("00:07", { kind: "feedback", of: second, helpful: true });
  expect(await kinds(talk)).toEqual([["unhelpful", "how heavy is it?"]]);
});

test("what was not understood, and a question that was taken for goods, are ones; what a machine sends typed is not", async () => {
  const talk = written("2031-01-01T08");
  talk.exchange("00:01", { text: "blorp the frob", confidence: 0.3 }, "00:02", { act: "clarify" });
  talk.exchange("00:03", { text: "Do you offer gift wrapping?" }, "00:04", {
    act: "clarify",
    reasons: ["unknown_product"],
  });
  talk.exchange("00:05", { text: "gift wrapping" }, "00:06", {
    act: "clarify",
    reasons: ["unknown_product"],
  });
  talk.exchange("00:07", { act: { act: "search", query: "x" } }, "00:08", {
    act: "clarify",
    reasons: ["not_understood"],
  });
  expect(await kinds(talk)).toEqual([
    ["unsure", "blorp the frob"],
    ["not_stated", "Do you offer gift wrapping?"],
  ]);
});

test("several questions of one message are several lacks, those that were answered left out", async () => {
  const talk = written("2031-01-01T09");
  const answers = [
    ...unknown("is it loud?").answers,
    ...told("weight").answers,
    ...unknown("country of origin", null).answers,
  ];
  talk.exchange("00:01", { text: "is it loud, how heavy, and where from?", ...ask }, "00:02", {
    act: "inform",
    answers,
  });
  expect((await lacking(talk)).map(({ n, sku, subject, text }) => [n, sku, subject, text])).toEqual([
    [0, "A", "noise", "is it loud?"],
    [1, null, "origin", "country of origin"],
  ]);
});

test("names, addresses and numbers of people do not get into an example", async () => {
  const talk = written("2031-01-01T10");
  talk.exchange(
    "00:01",
    { text: "I'm Dana Whitfield, dana@shop.example, 010-1234-5678. Is A waterproof?", ...ask },
    "00:02",
    unknown("Is A waterproof?"),
  );
  talk.exchange(
    "00:03",
    { acts: [{ act: "inform", details: { payer: { name: "Dana Whitfield" } } }], text: "to Dana Whitfield" },
    "00:04",
    { act: "inform" },
  );
  const [one] = await lacking(talk);
  expect(one?.text).toContain("waterproof");
  expect(one?.text).not.toMatch(/Dana|Whitfield|shop\.example|1234|5678/);
});

test.each([
  ["Is the DK-11C waterproof?", "DK-11C 방수 되나요?"],
  ["How heavy is it?", "무게가 어떻게 되나요?"],
  ["How long is the warranty on this?", "이거 보증 기간이 얼마나 돼요?"],
  ["Does it come with a charger?", "충전기도 포함인가요?"],
])("%s and %s are about the same thing", (english, korean) => {
  expect(subjectOf(english)).not.toBeNull();
  expect(subjectOf(korean)).toBe(subjectOf(english));
});

test("a product's own name says nothing of what is asked about it", () => {
  expect(subjectOf("Is this laptop good for travel?", "Orrin Air 14 Laptop, Black")).toBeNull();
  expect(subjectOf("Is this good with a laptop?", "Orrin Dock")).toBe(
    subjectOf("노트북이랑 써도 돼요?", "오린 독"),
  );
});

test("questions worded alike are told from others, whatever their spacing and endings", () => {
  expect(alike("지문 인식 되나요?", "지문인식 돼요?")).toBeGreaterThan(0.5);
  expect(alike("Does it have a fingerprint reader?", "does this have fingerprint readers")).toBeGreaterThan(
    0.5,
  );
  expect(alike("Does it have a fingerprint reader?", "Is the lid dishwasher safe?")).toBeLessThan(0.3);
  expect(alike("", "?")).toBe(0);
});
