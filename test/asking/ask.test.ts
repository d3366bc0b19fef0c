import { describe, expect, test } from "vitest";
import { Call } from "../../src/domain/question.ts";
import { fails, hangs, house, reading, says, scripted, WORDS, wording } from "./parts.ts";

describe("a question that is answered", () => {
  test("comes back with the answer and the record of its call", async () => {
    const { model, requests } = scripted("openai:m", says(WORDS));
    const { ask, measured, logged } = house(model);
    const asked = await ask(wording);
    expect(asked.ok && asked.answer).toEqual({ text: "Yes, it is in stock.", speech: "Yes." });
    expect(Call.parse(asked.call)).toEqual({
      prompt: "word",
      version: 3,
      hash: "0123456789abcdef",
      inputs: expect.stringMatching(/^[0-9a-f]{16}$/),
      model: "openai:m",
      reported: "m-1",
      outcome: "answered",
      requests: 1,
      repaired: false,
      tokens: { in: 100, out: 20 },
      // 100 tokens at 0.25 and 20 at 2 dollars a million.
      micro_usd: 65,
      ms: 0,
      answer: { text: "Yes, it is in stock.", speech: "Yes." },
    });
    expect(requests[0]?.schema.name).toBe("word");
    expect(measured).toMatchObject([{ prompt: "word", model: "openai:m", outcome: "answered", requests: 1 }]);
    expect(logged).toEqual([]);
  });

  test("has no cost where the price is not known, and no reported model where it is the configured one", async () => {
    const { model } = scripted("openai:m-1", says(WORDS));
    const { call } = await house(model, { prices: {} }).ask(wording);
    expect(call.micro_usd).toBeNull();
    expect(call).not.toHaveProperty("reported");
  });

  test("is put to the model of the prompt's class", async () => {
    const cheap = scripted("cheap", says('{"lang":"en","acts":[],"unclear":null}'));
    const dear = scripted("dear", says(WORDS));
    const { ask } = house(cheap.model, { models: { reading: cheap.model, wording: dear.model } });
    expect((await ask(reading)).call.model).toBe("cheap");
    expect((await ask(wording)).call.model).toBe("dear");
  });

  test.each([
    ["a Markdown fence", `\`\`\`json\n${WORDS}\n\`\`\``],
    ["words around it", `Here it is: ${WORDS} I hope that helps.`],
  ])("may have %s", async (_, text) => {
    const { ask } = house(scripted("m", says(text)).model);
    expect((await ask(wording)).call).toMatchObject({ outcome: "answered", requests: 1 });
  });

  test("after one repair counts both requests, and the model was told plainly what was wrong", async () => {
    const bad = '{"text":"Yes","speech":7}';
    const { model, requests } = scripted("m", says(bad), says(WORDS));
    const { call } = await house(model).ask(wording);
    expect(call).toMatchObject({
      outcome: "answered",
      requests: 2,
      repaired: true,
      tokens: { in: 200, out: 40 },
    });
    expect(requests[0]).not.toHaveProperty("repair");
    expect(requests[1]?.repair?.answer).toBe(bad);
    expect(requests[1]?.repair?.problem).toMatch(/expected string.*\n.*speech/);
  });
});

describe("a question without an answer", () => {
  test.each([
    "unauthorized",
    "bad_request",
    "refused",
    "too_long",
    "empty",
    "stale",
    "missing",
    "timeout",
  ] as const)("is not asked again after %s, and says why", async (why) => {
    const { model } = scripted("m", fails(why));
    const { ask, logged } = house(model);
    const asked = await ask(wording);
    expect(asked).toMatchObject({ ok: false, why, partial: null });
    expect(asked.call).toMatchObject({ outcome: why, requests: 1, detail: `the provider said ${why}` });
    expect(logged).toMatchObject([
      { level: "warn", fields: { prompt: "word", model: "m", why, detail: `the provider said ${why}` } },
    ]);
  });

  test.each(["rate_limited", "server_error", "unreachable", "cut_off"] as const)(
    "is asked again twice after %s, each time later",
    async (why) => {
      const { model } = scripted("m", fails(why));
      const { ask, slept } = house(model);
      expect((await ask(wording)).call).toMatchObject({ outcome: why, requests: 3 });
      expect(slept).toEqual([200, 400]);
    },
  );

  test("is answered when asking again helps, and what failed before is paid for too", async () => {
    const { model } = scripted("m", fails("server_error", { tokens: { in: 50, out: 0 } }), says(WORDS));
    const { call } = await house(model).ask(wording);
    expect(call).toMatchObject({ outcome: "answered", requests: 2, tokens: { in: 150, out: 20 } });
  });

  test("waits as long as the provider asks for, when there is time for it", async () => {
    const { model } = scripted("m", fails("rate_limited", { retry_after_ms: 3_000 }), says(WORDS));
    const { ask, slept } = house(model);
    expect((await ask(wording)).ok).toBe(true);
    expect(slept).toEqual([3_050]);
  });

  test("does not wait when the provider asks for more time than is left", async () => {
    const { model } = scripted("m", fails("rate_limited", { retry_after_ms: 20_000 }));
    const { ask, slept } = house(model);
    expect((await ask(wording)).call).toMatchObject({ outcome: "rate_limited", requests: 1 });
    expect(slept).toEqual([]);
  });

  test("is a bad answer after one repair that was no better", async () => {
    const { model } = scripted("m", says('{"text":"only this"}'), says("I am sorry, here is no JSON"));
    const { ask, logged } = house(model);
    const asked = await ask(wording);
    expect(asked.call).toMatchObject({ outcome: "bad_answer", requests: 2, repaired: true });
    expect(asked.call.detail).toBe("not one JSON object");
    expect(logged).toHaveLength(1);
  });

  test("gives what was usable of a bad answer, and its log none of the answer's words", async () => {
    const { model } = scripted("m", says('{"text":"Yes.","speech":7,"my_own_key":"their words"}'));
    const { ask, logged } = house(model);
    expect(await ask(wording)).toMatchObject({ why: "bad_answer", partial: { text: "Yes." } });
    expect(JSON.stringify(logged)).toContain("speech: invalid_type");
    expect(JSON.stringify(logged)).not.toMatch(/my_own_key|their words|Yes\.|secret/);
  });

  test("ends in time when the model stalls, and the request is aborted", async () => {
    const { model, signals } = scripted("m", hangs);
    const asked = await house(model, { bounds: { call_ms: 5 } }).ask(wording);
    expect(asked).toMatchObject({ ok: false, why: "timeout" });
    expect(asked.call.tokens).toEqual({ in: 100, out: 3 });
    expect(signals[0]?.aborted).toBe(true);
  });

  test("ends when the time left for it is less than a request's", async () => {
    const { model } = scripted("m", hangs);
    expect(await house(model).ask(wording, { within_ms: 5 })).toMatchObject({ why: "timeout" });
  });

  test("is not sent when no time is left", async () => {
    const { model, requests } = scripted("m", says(WORDS));
    const asked = await house(model).ask(wording, { within_ms: 0 });
    expect(asked.call).toMatchObject({ outcome: "timeout", requests: 0, tokens: { in: 0, out: 0 } });
    expect(requests).toEqual([]);
  });

  test("ends though a model does not keep to its signal", async () => {
    const { model } = scripted("m", () => new Promise(() => {}));
    expect(await house(model, { bounds: { call_ms: 5 } }).ask(wording)).toMatchObject({ why: "timeout" });
  });

  test("says so when the adapter breaks its promise and throws", async () => {
    const { model } = scripted("m", () => {
      throw new TypeError("a bug");
    });
    expect((await house(model).ask(wording)).call).toMatchObject({
      outcome: "bad_request",
      detail: "the adapter failed: TypeError: a bug",
    });
  });

  test("says so when its prompt cannot be rendered, and nothing is sent", async () => {
    const { model, requests } = scripted("m", says(WORDS));
    const prompts = {
      prompt: () => {
        throw new Error("there is no word.md");
      },
      all: () => [],
      close: async () => {},
    };
    const { call } = await house(model, { prompts }).ask(wording);
    expect(Call.parse(call)).toMatchObject({ outcome: "bad_request", requests: 0 });
    expect(call.detail).toContain("there is no word.md");
    expect(requests).toEqual([]);
  });
});
