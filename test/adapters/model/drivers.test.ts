import { spawnSync } from "node:child_process";
import { resolve } from "node:path";
import { describe, expect, test } from "vitest";
import { openModel, parseSpec } from "../../../src/adapters/model/drivers.ts";
import { Fault } from "../../../src/domain/fault.ts";
import { CANARY } from "./asking.ts";

describe("one line of configuration names a model", () => {
  test.each([
    ["openai:gpt-5-mini", { driver: "openai", name: "gpt-5-mini", base_url: undefined }],
    [
      "openai-chat:qwen3:8b@http://127.0.0.1:11434/v1/",
      { driver: "openai-chat", name: "qwen3:8b", base_url: "http://127.0.0.1:11434/v1" },
    ],
    [
      "openai-chat:deepseek-ai/DeepSeek-V3@main@https://host/v1",
      { name: "deepseek-ai/DeepSeek-V3@main", base_url: "https://host/v1" },
    ],
    [
      "langchain:ollama:llama3:70b@http://box:11434",
      { driver: "langchain", name: "ollama:llama3:70b", base_url: "http://box:11434" },
    ],
    ["tape:fixtures/a@http:b.yaml", { driver: "tape", name: "fixtures/a@http:b.yaml", base_url: undefined }],
  ])("%s", (line, parts) => {
    expect(parseSpec(line)).toMatchObject(parts);
  });

  test.each([
    ["gpt-5-mini", "a driver, a colon"],
    ["gpt:5", 'no model driver "gpt"'],
    ["openai:", "names no model"],
    ["openai:@https://host/v1", "names no model"],
    ["openai:gpt-5-mini", "needs a key"],
    ["openai-chat:m@ftp://host/v1", "http:// or https://"],
    ["openai-chat:m@https://", "cannot be read"],
    [`openai-chat:m@https://me:${CANARY}@host/v1`, "no user or password"],
    [`openai-chat:m@https://host/v1?key=${CANARY}`, "no ?"],
    ["langchain:gpt-5", "a provider and a model"],
    ["langchain:anthropic:claude-sonnet-5", "npm install @langchain/anthropic"],
    ["langchain:nobody:m", "nobody"],
    ["langchain:cohere:m@http://host", "base URL is not known"],
    ["tape:no/such/file.yaml", "no such file"],
  ])("%s is refused at start, and says why", async (line, says) => {
    const fault = await openModel(line).catch((error: unknown) => error);
    expect(fault).toBeInstanceOf(Fault);
    expect(fault).toMatchObject({ code: "bad_config", message: expect.stringContaining(says) });
    expect(String((fault as Fault).message)).not.toContain(CANARY);
  });

  test("an id never holds the key", async () => {
    const model = await openModel("openai:gpt-5-mini", { key: CANARY });
    expect(model.id).toBe("openai:gpt-5-mini");
  });

  test("no library is loaded before a model of its is opened", () => {
    const drivers = resolve(import.meta.dirname, "../../../src/adapters/model/drivers.ts");
    const script = `
      import { registerHooks } from "node:module";
      const loaded = [];
      registerHooks({ load: (url, context, next) => { loaded.push(url); return next(url, context); } });
      const { openModel } = await import(${JSON.stringify(`file://${drivers}`)});
      const before = loaded.filter((url) => url.includes("node_modules"));
      await openModel("openai:m", { key: "k" });
      console.log(JSON.stringify({ before, openai: loaded.some((url) => url.includes("/openai/")), langchain: loaded.some((url) => url.includes("langchain/")) }));
    `;
    const { stdout } = spawnSync(process.execPath, ["--input-type=module", "-e", script], {
      encoding: "utf8",
    });
    expect(JSON.parse(stdout)).toEqual({ before: [], openai: true, langchain: false });
  });
});
