import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { answerOf, answerText, match, Tape, type TapeCall, type TapeRequest } from "../../src/domain/tape.ts";

const call = (change: Partial<TapeCall> = {}): TapeCall => ({
  turn: 1,
  call: 1,
  prompt: "word",
  version: 1,
  hash: "h1",
  schema: "s1",
  inputs: { given: { facts: "45,000 won", lang: "ko" }, heard: { message: "얼마예요?" } },
  answer: { text: "45,000원입니다." },
  ...change,
});
const tape = (calls: TapeCall[], change: Partial<Tape> = {}): Tape => ({
  fixture: "ko/price",
  origin: "recorded",
  model: "openai:gpt-5-mini",
  calls,
  ...change,
});
const request = (change: Partial<TapeRequest> = {}): TapeRequest => {
  const { answer: _, ...rest } = call();
  return { ...rest, model: "openai:gpt-5-mini", ...change };
};

describe("a request to a tape", () => {
  test("is replayed when prompt, inputs, schema and model are the same, in whatever order its inputs stand", () => {
    const inputs = { given: { lang: "ko", facts: "45,000 won" }, heard: { message: "얼마예요?" } };
    expect(match(tape([call()]), request({ inputs }))).toEqual({ state: "replayed", call: call() });
  });

  test("is replayed from another place of the fixture, where the same was asked", () => {
    expect(match(tape([call()]), request({ turn: 3, call: 2 })).state).toBe("replayed");
  });

  test.each([
    { why: "prompt", change: { hash: "h2" } },
    { why: "schema", change: { schema: "s2" } },
    { why: "model", change: { model: "openai:gpt-5" } },
    { why: "inputs", change: { inputs: { given: {}, heard: { message: "얼마예요?" } } } },
    { why: "inputs", change: { repair: { answer: "x", problem: "no JSON" } } },
    { why: "prompt", change: { hash: "h2", schema: "s2" } },
  ])("is stale ($why) when only that is another", ({ why, change }) => {
    expect(match(tape([call()]), request(change))).toEqual({ state: "stale", why, call: call() });
  });

  test("is stale, not missing, when its inputs were asked elsewhere under another prompt", () => {
    const found = match(tape([call()]), request({ turn: 4, hash: "h2" }));
    expect(found).toMatchObject({ state: "stale", why: "prompt" });
  });

  test("is missing when neither its place nor its inputs were recorded, or under another prompt's name only", () => {
    const other = { given: {}, heard: {} };
    expect(match(tape([call()]), request({ turn: 2, inputs: other }))).toEqual({ state: "missing" });
    expect(match(tape([call()]), request({ prompt: "read" }))).toEqual({ state: "missing" });
  });

  test("a tape written by hand is held to no model, nor is one when none is asked for", () => {
    const byHand = tape([call()], { origin: "authored" });
    expect(match(byHand, request({ model: "openai:gpt-5" })).state).toBe("replayed");
    expect(match(tape([call()]), request({ model: null })).state).toBe("replayed");
  });

  test("each call is held to the model that answered it, where two took part", () => {
    const both = tape([call({ model: "openai:small" })], { model: "openai:big, openai:small" });
    expect(match(both, request({ model: "openai:small" })).state).toBe("replayed");
    expect(match(both, request({ model: "openai:big" }))).toMatchObject({ state: "stale", why: "model" });
  });

  test("asked twice, a question gets the answers in their order: first none, then one", () => {
    const { answer: _, ...rest } = call();
    const calls = [{ ...rest, failed: "rate_limited" as const }, call({ call: 2 })];
    expect(match(tape(calls), request({ call: 1 }))).toMatchObject({ call: { failed: "rate_limited" } });
    expect(match(tape(calls), request({ call: 2 }))).toMatchObject({ call: { call: 2 } });
  });

  test("any change to any input makes it stale or missing, never replayed", () => {
    const text = fc.dictionary(fc.string(), fc.string(), { maxKeys: 3 });
    fc.assert(
      fc.property(text, text, (given, heard) => {
        const changed = request({ inputs: { given: { ...given, more: "1" }, heard } });
        expect(match(tape([call()]), changed).state).not.toBe("replayed");
      }),
    );
  });
});

test("a call has an answer or a reason, not both and not neither", () => {
  const { answer: _, ...rest } = call();
  expect(Tape.safeParse(tape([call()])).success).toBe(true);
  expect(Tape.safeParse(tape([call({ failed: "refused" })])).success).toBe(false);
  expect(Tape.safeParse(tape([rest])).success).toBe(false);
});

test("an answer kept as an object is the same JSON; text that is no object stays as it came", () => {
  const text = '{"text":"네, 가능합니다.","speech":"네."}';
  expect(answerText(answerOf(text))).toBe(text);
  for (const odd of ["Sure!", '"text"', "[1]", "{", "", "null"]) expect(answerText(answerOf(odd))).toBe(odd);
});
