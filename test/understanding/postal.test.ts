import { expect, test } from "vitest";
import { read } from "../../src/understanding/read.ts";
import { NOW, stateOf } from "./contexts.ts";

const US = {
  country: "US",
  name: "Jane Doe",
  lines: ["12 Main St"],
  city: "Seattle",
  region: "WA",
  postal_code: "98101",
};
const KR = { country: "KR", name: "김하나", lines: ["서울시 종로구 종로 5"], postal_code: "03154" };

test.each([
  ["Wait, wrong zip. It's 98102", "readback_usd", US, "98102"],
  ["the zip is 02109", "readback_usd", US, "02109"],
  ["the zip code should be 98102, not 98101... so 98102", "readback_usd", US, "98102"],
  ["우편번호가 34135예요", "readback_krw", KR, "34135"],
  ["잠깐 우편번호 06235예요", "readback_krw", KR, "06235"],
  ["34135로 고쳐 주세요", "readback_krw", KR, "34135"],
] as const)("%s (%s) corrects the postal code of the address told", (text, context, ship_to, postal_code) => {
  const state = { ...stateOf(context), details: { ship_to: { ...ship_to, lines: [...ship_to.lines] } } };
  const { acts } = read(text, { state, now: NOW });
  expect(acts).toEqual([{ act: "inform", details: { ship_to: { ...ship_to, postal_code } } }]);
});

test.each(["what's the zip you have?", "is 98101 the right zip?"])("%s corrects nothing", (text) => {
  const state = { ...stateOf("readback_usd"), details: { ship_to: { ...US, lines: [...US.lines] } } };
  expect(read(text, { state, now: NOW }).acts.map(({ act }) => act)).not.toContain("inform");
});
