import { afterEach, describe, expect, test } from "vitest";
import { openModel } from "../../../src/adapters/model/drivers.ts";
import { redacted } from "../../../src/adapters/model/failure.ts";
import { probe, tableOf } from "../../../src/adapters/model/probe.ts";
import type { Script } from "../../wire/script.ts";
import { startWire, type Wire, type WireOptions } from "../../wire/server.ts";
import { CANARY, WORDS, within, wordRequest } from "./asking.ts";

const ADAPTERS = [
  { adapter: "the Responses API", line: (url: string) => `openai:wire@${url}` },
  { adapter: "Chat Completions", line: (url: string) => `openai-chat:wire@${url}` },
  { adapter: "LangChain", line: (url: string) => `langchain:openai:wire@${url}` },
];
const CHAT = ADAPTERS.slice(1);

let wire: Wire | undefined;
afterEach(() => wire?.close());

async function start(line: (url: string) => string, script: Script, options: WireOptions = {}) {
  wire = await startWire(script, { key: CANARY, ...options });
  return { model: await openModel(line(wire.url), { key: CANARY }), wire };
}

describe.each(ADAPTERS)("a model through $adapter", ({ line }) => {
  test("answers in the schema, with the model it was and its tokens", async () => {
    const { model, wire } = await start(line, [{ answer: WORDS, model: "wire-2026-11-01" }]);
    const reply = await model.ask(wordRequest(), { signal: within(10_000) });
    expect(reply).toMatchObject({ ok: true, model: "wire-2026-11-01", tokens: { in: expect.any(Number) } });
    expect(reply.ok && JSON.parse(reply.text)).toEqual(WORDS);
    expect(reply.tokens?.out).toBe(Math.ceil(JSON.stringify(WORDS).length / 4));
    const body = JSON.stringify(wire.requests[0]?.body);
    expect(body).toContain('"strict":true');
    expect(body).toContain('"temperature":0.2');
    expect(body).toMatch(/"max_(output_|completion_)?tokens":400/);
  });

  test("streams: the text grows piece by piece and ends as the answer", async () => {
    const { model } = await start(line, [{ answer: WORDS, piece: 5 }]);
    const heard: string[] = [];
    const reply = await model.ask(wordRequest(), {
      signal: within(10_000),
      onText: (text) => void heard.push(text),
    });
    expect(heard.length).toBe(Math.ceil(JSON.stringify(WORDS).length / 5));
    expect(heard.every((text, n) => n === 0 || text.startsWith(heard[n - 1] ?? "?"))).toBe(true);
    expect(reply.ok && reply.text).toBe(heard.at(-1));
    expect(reply.tokens).not.toBeNull();
  });

  test.each([
    { when: "before any answer", step: { stall: "request" as const } },
    { when: "in the middle of one", step: { answer: WORDS, piece: 3, stall: 4 } },
  ])("an abort $when ends the request at the server", async ({ step }) => {
    const { model, wire } = await start(line, [step]);
    const controller = new AbortController();
    const came = wire.next();
    let spoke = () => {};
    const speaking = new Promise<void>((resolve) => {
      spoke = resolve;
    });
    const asked = model.ask(wordRequest(), { signal: controller.signal, onText: () => spoke() });
    const request = await came;
    if ("answer" in step) await speaking;
    controller.abort();
    expect(await asked).toMatchObject({ ok: false, why: "aborted" });
    expect(await request.ended).toBe("aborted");
  });

  test("a flood ends the request at the server", async () => {
    const { model, wire } = await start(line, [{ bytes: 10_485_760, piece: 16_384 }]);
    const reply = await model.ask(wordRequest(), { signal: within(10_000), onText: () => {} });
    expect(reply).toMatchObject({ ok: false, why: "too_long" });
    expect(await wire.requests[0]?.ended).toBe("aborted");
  });

  test("a request already given up is never sent", async () => {
    const { model, wire } = await start(line, [{ answer: WORDS }]);
    const reply = await model.ask(wordRequest(), { signal: AbortSignal.abort() });
    expect(reply).toMatchObject({ ok: false, why: "aborted" });
    expect(wire.requests).toEqual([]);
  });

  test("a repair shows the earlier answer and what was wrong with it, after an unchanged beginning", async () => {
    const seen: string[][] = [];
    const { model } = await start(line, (asked) => {
      seen.push(asked.messages.map((each) => `${each.role}: ${each.content}`));
      return { answer: WORDS };
    });
    const repair = { answer: '{"text": 1}', problem: "text: expected a string" };
    await model.ask(wordRequest(), { signal: within(10_000) });
    await model.ask(wordRequest({ repair }), { signal: within(10_000) });
    const [first = [], second = []] = seen;
    expect(second.slice(0, first.length)).toEqual(first);
    expect(first[0]).toBe("system: You word replies.");
    expect(second.slice(first.length)).toEqual([`assistant: ${repair.answer}`, `user: ${repair.problem}`]);
  });

  test("a schema that strict mode refuses is a bad request that says so, not worked around", async () => {
    const { model, wire } = await start(line, [{ answer: WORDS }]);
    const schema = {
      name: "word",
      json: { type: "object", properties: { text: { type: "string" } } },
      hash: "x",
    };
    const reply = await model.ask(wordRequest({ schema }), { signal: within(10_000) });
    expect(reply).toMatchObject({ ok: false, why: "bad_request" });
    expect(!reply.ok && reply.detail).toContain("additionalProperties");
    expect(wire.requests).toHaveLength(1);
  });

  test("what a model can do is found out by one question", async () => {
    const text = "one two three four five six seven eight nine ten";
    const { model } = await start(line, [{ answer: { text } }]);
    const found = await probe(model, 10_000);
    expect(found).toMatchObject({
      answers: true,
      stream: true,
      json_schema: true,
      follows: true,
      usage_in_stream: true,
    });
    expect(tableOf(found)).toContain("strict schema yes");
    wire?.script([{ stall: "request" }]);
    expect(await probe(model, 100)).toMatchObject({ answers: false, why: "timeout" });
  });
});

describe.each(ADAPTERS)("a compatible server through $adapter", ({ line }) => {
  test("that does not know JSON Schema gets the schema in the prompt, from the second request on at once", async () => {
    const systems: string[] = [];
    const { model, wire } = await start(
      line,
      (asked) => {
        systems.push(asked.system);
        return { answer: `\`\`\`json\n${JSON.stringify(WORDS)}\n\`\`\`` };
      },
      { unknown: ["json_schema", "json_object"] },
    );
    const heard: string[] = [];
    const onText = (text: string) => void heard.push(text);
    const reply = await model.ask(wordRequest(), { signal: within(10_000), onText });
    expect(reply.ok && JSON.parse(reply.text)).toEqual(WORDS);
    expect(heard.at(-1)?.trimStart().startsWith("{")).toBe(true);
    const first = wire.requests.length;
    await model.ask(wordRequest(), { signal: within(10_000) });
    expect(wire.requests).toHaveLength(first + 1);
    expect(systems[0]).toMatch(/^You word replies\.\n\n.*JSON Schema:\n\{.*"additionalProperties":false/s);
    expect(systems[1]).toBe(systems[0]);
  });
});

describe.each(CHAT)("a compatible server through $adapter", ({ line }) => {
  test("that gives no usage is answered without it", async () => {
    const { model } = await start(line, [{ answer: WORDS, usage: false }], { unknown: ["stream_options"] });
    const reply = await model.ask(wordRequest(), { signal: within(10_000), onText: () => {} });
    expect(reply).toMatchObject({ ok: true, tokens: null });
  });
});

test.each(ADAPTERS.slice(0, 2))(
  "a flood in one piece through $adapter is not read to its end",
  async ({ line }) => {
    const { model, wire } = await start(line, [{ bytes: 60_000_000 }]);
    expect(await model.ask(wordRequest(), { signal: within(10_000) })).toMatchObject({
      ok: false,
      why: "too_long",
    });
    expect(await wire.requests[0]?.ended).toBe("aborted");
  },
);

test("a key that is not ours is told to nobody either", () => {
  const told = redacted("Bearer abc.def is wrong: sk-proj-1234567890, at https://me:pass@host/v1", undefined);
  for (const secret of ["abc.def", "1234567890", "me:pass"]) expect(told).not.toContain(secret);
});

test("a server that refuses a temperature or a name for the bound on tokens is asked without", async () => {
  const { model, wire } = await start((url) => `openai-chat:wire@${url}`, [{ answer: WORDS }], {
    unknown: ["temperature", "max_tokens"],
  });
  expect(await model.ask(wordRequest(), { signal: within(10_000) })).toMatchObject({ ok: true });
  const last = wire.requests.at(-1)?.body;
  expect(last).not.toHaveProperty("temperature");
  expect(last).toHaveProperty("max_completion_tokens", 400);
});

test("nothing that counterparts say is kept by OpenAI", async () => {
  const { model, wire } = await start((url) => `openai:wire@${url}`, [{ answer: WORDS }]);
  await model.ask(wordRequest(), { signal: within(10_000) });
  expect(wire.requests[0]?.body.store).toBe(false);
});

test("an answer whose connection went after its end stands, without its usage", async () => {
  const { model, wire } = await start((url) => `openai-chat:wire@${url}`, [{ answer: WORDS, cut: "end" }]);
  const reply = await model.ask(wordRequest(), { signal: within(10_000), onText: () => {} });
  expect(reply).toMatchObject({ ok: true, text: JSON.stringify(WORDS), tokens: null });
  expect(await wire.requests[0]?.ended).toBe("cut");
});

test("without a key none is sent, whatever the environment holds", async () => {
  const before = process.env.OPENAI_API_KEY;
  process.env.OPENAI_API_KEY = CANARY;
  try {
    wire = await startWire([{ answer: WORDS }]);
    const model = await openModel(`openai-chat:wire@${wire.url}`);
    expect(await model.ask(wordRequest(), { signal: within(10_000) })).toMatchObject({ ok: true });
    expect(wire.requests[0]?.headers.authorization).toBeUndefined();
  } finally {
    if (before === undefined) delete process.env.OPENAI_API_KEY;
    else process.env.OPENAI_API_KEY = before;
  }
});
