import { spawn } from "node:child_process";
import { once } from "node:events";
import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join, resolve } from "node:path";
import { createInterface } from "node:readline";
import OpenAI from "openai";
import { afterEach, describe, expect, test } from "vitest";
import type { Script } from "./script.ts";
import { startWire, type Wire, type WireOptions } from "./server.ts";

const WORDS = { text: "It is 45,000 won.", speech: "45,000 won." };
const messages = [{ role: "user" as const, content: "How much?" }];
let wire: Wire | undefined;
afterEach(() => wire?.close());

async function client(script: Script, options?: WireOptions) {
  wire = await startWire(script, options);
  return new OpenAI({ apiKey: "any", baseURL: wire.url, maxRetries: 0 });
}

describe("the wire of OpenAI, spoken to the official client", () => {
  test("lists its models", async () => {
    const openai = await client([]);
    expect((await openai.models.list()).data.map((each) => each.id)).toEqual(["wire-model"]);
  });

  test("the client's own stream helpers follow a chat to its end", async () => {
    const openai = await client([{ answer: WORDS, piece: 4 }]);
    const stream = openai.chat.completions.stream({
      model: "m",
      messages,
      stream_options: { include_usage: true },
    });
    const final = await stream.finalChatCompletion();
    expect(final.choices[0]?.message.content).toBe(JSON.stringify(WORDS));
    expect(final.usage?.completion_tokens).toBeGreaterThan(0);
  });

  test("the client's own stream helpers follow a response to its end", async () => {
    const openai = await client([{ answer: WORDS, piece: 4 }]);
    const final = await openai.responses.stream({ model: "m", input: "How much?" }).finalResponse();
    expect(final.output_text).toBe(JSON.stringify(WORDS));
    expect(final.usage?.output_tokens).toBeGreaterThan(0);
  });

  test("calls of tools come whole and in a stream", async () => {
    const call = { name: "look_up", arguments: { sku: "X200" } };
    const openai = await client([{ tool_calls: [call] }]);
    const whole = await openai.chat.completions.create({ model: "m", messages });
    const streamed = await openai.chat.completions.stream({ model: "m", messages }).finalChatCompletion();
    const response = await openai.responses.stream({ model: "m", input: "?" }).finalResponse();
    for (const each of [whole, streamed]) {
      const [first] = each.choices[0]?.message.tool_calls ?? [];
      expect(first?.type === "function" && JSON.parse(first.function.arguments)).toEqual(call.arguments);
    }
    expect(response.output[0]).toMatchObject({
      type: "function_call",
      name: "look_up",
      arguments: '{"sku":"X200"}',
    });
  });

  test("a usage that was not asked for is not given in a stream", async () => {
    const openai = await client([{ answer: WORDS }]);
    const stream = await openai.chat.completions.create({ model: "m", messages, stream: true });
    for await (const chunk of stream) expect(chunk.usage ?? null).toBeNull();
  });

  test("steps follow one another and the last one stays", async () => {
    const openai = await client([{ status: 500 }, { answer: "one" }, { answer: "two" }]);
    const ask = async () =>
      (await openai.chat.completions.create({ model: "m", messages })).choices[0]?.message.content;
    await expect(ask()).rejects.toThrow("500");
    expect([await ask(), await ask(), await ask()]).toEqual(["one", "two", "two"]);
  });

  test("every request is kept as it came", async () => {
    const openai = await client([{ answer: "yes" }], { key: "any" });
    await openai.chat.completions.create({ model: "m", messages });
    const [request] = wire?.requests ?? [];
    expect(request).toMatchObject({ path: "/v1/chat/completions", body: { model: "m", messages } });
    expect(request?.headers.authorization).toBe("Bearer any");
    expect(await request?.ended).toBe("answered");
  });
});

describe("what OpenAI refuses is refused", () => {
  const object = (extra: object) => ({
    type: "object",
    properties: { a: { type: "string" } },
    required: ["a"],
    additionalProperties: false,
    ...extra,
  });
  test.each([
    { what: "a union at the root", schema: { anyOf: [object({}), object({})] }, says: "top level" },
    { what: "a discriminated union at the root", schema: { oneOf: [object({})] }, says: "top level" },
    { what: "an array at the root", schema: { type: "array", items: object({}) }, says: "object" },
    {
      what: "an object open to more",
      schema: object({ additionalProperties: true }),
      says: "additionalProperties",
    },
    { what: "an optional property", schema: object({ required: [] }), says: "Missing 'a'" },
    {
      what: "an open object deep inside",
      schema: object({
        properties: { a: { type: "array", items: { anyOf: [{ type: "object", properties: {} }] } } },
      }),
      says: "additionalProperties",
    },
    {
      what: "a nested oneOf",
      schema: object({ properties: { a: { oneOf: [{ type: "string" }] } } }),
      says: "'oneOf' is not permitted",
    },
    {
      what: "a length",
      schema: object({ properties: { a: { type: "string", maxLength: 3 } } }),
      says: "maxLength",
    },
  ])("$what in a strict schema, by both APIs", async ({ schema, says }) => {
    const openai = await client([{ answer: "{}" }]);
    const json_schema = { name: "x", schema, strict: true };
    const chat = openai.chat.completions.create({
      model: "m",
      messages,
      response_format: { type: "json_schema", json_schema },
    });
    await expect(chat).rejects.toMatchObject({ status: 400, message: expect.stringContaining(says) });
    const response = openai.responses.create({
      model: "m",
      input: "?",
      text: { format: { type: "json_schema", ...json_schema } },
    });
    await expect(response).rejects.toMatchObject({ status: 400, message: expect.stringContaining(says) });
  });

  test("a strict schema as it should be is taken", async () => {
    const openai = await client([{ answer: { a: "b" } }]);
    const json_schema = { name: "x", schema: object({}), strict: true };
    const answer = await openai.chat.completions.create({
      model: "m",
      messages,
      response_format: { type: "json_schema", json_schema },
    });
    expect(answer.choices[0]?.message.content).toBe('{"a":"b"}');
  });

  test.each([
    { path: "/chat/completions", body: { model: "m", messages, temprature: 1 }, says: "temprature" },
    { path: "/responses", body: { model: "m", input: "?", max_tokens: 1 }, says: "max_tokens" },
    { path: "/responses", body: { model: "m" }, says: "input" },
    { path: "/chat/completions", body: { model: "m", messages: [] }, says: "messages" },
    { path: "/chat/completions", body: { model: "m", messages, stream_options: {} }, says: "stream_options" },
    {
      path: "/chat/completions",
      body: { model: "m", messages, response_format: { type: "json_object" } },
      says: "json",
    },
  ])("$path: $says", async ({ path, body, says }) => {
    wire = await startWire([{ answer: "{}" }]);
    const response = await fetch(wire.url + path, { method: "POST", body: JSON.stringify(body) });
    expect(response.status).toBe(400);
    expect(JSON.stringify(await response.json())).toContain(says);
  });
});

test("runs as a process of its own, driven by a file, and tells what it was asked", async () => {
  const folder = mkdtempSync(join(tmpdir(), "wire-"));
  const file = join(folder, "script.yaml");
  writeFileSync(file, "- answer: { text: 네 }\n");
  const child = spawn(process.execPath, [resolve(import.meta.dirname, "main.ts"), file], {
    stdio: ["ignore", "pipe", "inherit"],
  });
  try {
    const [line] = await once(createInterface({ input: child.stdout }), "line");
    const { url } = JSON.parse(String(line)) as { url: string };
    const openai = new OpenAI({ apiKey: "any", baseURL: url, maxRetries: 0 });
    const answer = await openai.chat.completions.create({ model: "m", messages });
    expect(answer.choices[0]?.message.content).toBe('{"text":"네"}');
    const asked = await fetch(url.replace("/v1", "/requests")).then((response) => response.json());
    expect(asked).toMatchObject([{ path: "/v1/chat/completions", body: { messages } }]);
  } finally {
    const gone = once(child, "exit");
    child.kill("SIGTERM");
    await gone;
    rmSync(folder, { recursive: true });
  }
});
