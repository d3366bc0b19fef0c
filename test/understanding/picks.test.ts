import { describe, expect, test } from "vitest";
import { read } from "../../src/understanding/read.ts";
import { NOW, stateOf } from "./contexts.ts";

function reading(text: string, context: string) {
  return read(text, { state: stateOf(context), now: NOW });
}

describe("while packages stand side by side", () => {
  test.each([
    ...["number 2 please", "option 2", "2", "#2", "I'll go with 2", "the second one", "actually, option 2"],
    ...["no, number 2 please", "can I have number 2?", "not option 1 but option 2"],
  ])("%j is the second of them", (text) => {
    expect(reading(text, "packages_two_usd").acts).toEqual([{ act: "accept", item: { ref: "second" } }]);
  });

  test.each([
    ...[
      "2번이요",
      "2번으로 하겠습니다",
      "2",
      "두번째요",
      "2번째 패키지로 할게",
      "1번 말고 2번이요",
      "아니 2번",
    ],
  ])("%j is the second of them", (text) => {
    expect(reading(text, "packages_two_krw").acts).toEqual([{ act: "accept", item: { ref: "second" } }]);
  });

  test("with a price beside it the number is the package that is bargained over", () => {
    const [en] = reading("I'd take package 2 for 90", "packages_two_usd").acts;
    expect(en).toMatchObject({ act: "propose", counters: "of_2", total: 9_000 });
    const [ko] = reading("2번을 9만원에 해주세요", "packages_two_krw").acts;
    expect(ko).toMatchObject({ act: "propose", counters: "of_2", total: 90_000 });
  });

  test.each(["2 of them please", "option 1 or option 2?", "is option 2 new?", "5"])(
    "%j picks none of them",
    (text) => {
      expect(reading(text, "packages_two_usd").acts.map(({ act }) => act)).not.toContain("accept");
    },
  );
});

describe("while details are asked for", () => {
  const TALK = [
    ...["actually wait, I'd rather have option 1", "I'd like 3 instead", "what about 36 months", "make it 4"],
    ...["2번째 패키지로 할게", "두번째요", "얼마예요", "비싸요", "좀 더 생각해볼게요", "3개로 바꿔주세요"],
  ];
  test.each(TALK.flatMap((text) => ["ship", "payer"].map((asked) => [text, asked] as const)))(
    "%j tells neither a name nor an address (%s)",
    (text, asked) => {
      const currency = /[가-힣]/.test(text) ? "krw" : "usd";
      const { acts } = reading(text, `ask_${asked}_${currency}`);
      expect(acts.map(({ act }) => act)).not.toContain("inform");
    },
  );

  test.each([
    ["Dana Whitfield, 480 Townsend Street, San Francisco, CA 94107", "ask_ship_usd"],
    ["ok, Ana Price, P.O. Box 12, Columbus, OH 43215", "ask_ship_usd"],
    ["윤서진, 서울특별시 중구 세종대로 110, 04524", "ask_ship_krw"],
    ["Whitfield Studio LLC, ap@example.com", "ask_payer_usd"],
    ["최은지 은지 골뱅이 이메일 점 컴", "ask_payer_krw"],
  ])("%j does", (text, context) => {
    expect(reading(text, context).acts.map(({ act }) => act)).toEqual(["inform"]);
  });
});
