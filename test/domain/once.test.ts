import { expect, it } from "vitest";
import { once } from "../../src/domain/once.ts";

it("works something out once for each value, whatever comes of it", () => {
  const asked: object[] = [];
  const nothing = once((value: object) => {
    asked.push(value);
    return undefined;
  });
  const [one, other] = [{ same: 1 }, { same: 1 }];
  for (const value of [one, other, one, other]) expect(nothing(value)).toBeUndefined();
  expect(asked).toEqual([one, other]);
});

it("works it out again when it failed", () => {
  let fails = true;
  const tried = once(() => {
    if (fails) throw new Error("not yet");
    return "done";
  });
  const value = {};
  expect(() => tried(value)).toThrow("not yet");
  fails = false;
  expect(tried(value)).toBe("done");
});
