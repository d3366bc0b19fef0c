import { expect, test } from "vitest";
import { withoutEcho } from "../../src/asking/echo.ts";
import { fails, house, scripted, wording } from "./parts.ts";

test("what a provider repeats of a counterpart's words is taken out, and its own words stay", () => {
  const heard = {
    message: "My name is Ana Price, ship it to 1 Main Street.",
    facts: "review: 배송이 아주 빨랐어요 최고",
  };
  const detail = 'content_filter: "my name is Ana Price, ship it" is not allowed for model m-1';
  expect(withoutEcho(detail, heard)).toBe("content_filter: [...] is not allowed for model m-1");
  expect(withoutEcho("오류: 배송이 아주 빨랐어요 라는 말", heard)).toBe("오류: [...] 라는 말");
  const own = "401 Incorrect API key provided: [key].";
  expect(withoutEcho(own, heard)).toBe(own);
});

test("neither the log nor the record of a question has it", async () => {
  const { model } = scripted("m", fails("bad_request", { detail: "cannot answer: secret words of theirs" }));
  const { ask, logged } = house(model);
  const { call } = await ask(wording);
  expect(call.detail).toBe("cannot answer: [...]");
  expect(JSON.stringify(logged)).not.toContain("secret words");
});
