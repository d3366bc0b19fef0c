import { describe, expect, test, vi } from "vitest";
import { openModel } from "../../../src/adapters/model/drivers.ts";
import { type Failure, failures, startFailing } from "../../wire/failures.ts";
import { CANARY, wordRequest } from "./asking.ts";

const ADAPTERS = [
  { adapter: "the Responses API", line: (url: string) => `openai:wire@${url}` },
  { adapter: "Chat Completions", line: (url: string) => `openai-chat:wire@${url}` },
  { adapter: "LangChain", line: (url: string) => `langchain:openai:wire@${url}` },
];
const table = failures();

describe.each(ADAPTERS)("a provider that fails, through $adapter", ({ adapter, line }) => {
  const through = (failure: Failure) =>
    adapter === "LangChain" ? (failure.langchain ?? failure.adapter) : failure.adapter;
  // LangChain is asked for a stream either way.
  const sent = (way: "whole" | "stream") => (adapter === "LangChain" ? "stream" : way);
  const cases = table.flatMap((failure) =>
    (["whole", "stream"] as const)
      .filter((way) => failure.only === undefined || failure.only === sent(way))
      .map((way) => ({ name: failure.name, way, failure })),
  );

  test.each(cases)(
    "$name, $way: the reason is the right one and no key is told",
    async ({ way, failure }) => {
      const printed: string[] = [];
      const spies = (["log", "info", "warn", "error", "debug"] as const).map((name) =>
        vi
          .spyOn(console, name)
          .mockImplementation((...said) => void printed.push(said.map(String).join(" "))),
      );
      const { url, wire, close } = await startFailing(failure);
      try {
        const model = await openModel(line(url), { key: CANARY });
        const heard: string[] = [];
        const reply = await model.ask(wordRequest(), {
          signal: AbortSignal.timeout(failure.waits ? 250 : 15_000),
          ...(way === "stream" ? { onText: (text: string) => void heard.push(text) } : {}),
        });
        expect(reply.ok ? "answered" : reply.why).toBe(through(failure));
        if (!reply.ok) expect(reply.retry_after_ms).toBe(failure.retry_after_ms ?? null);
        expect(JSON.stringify([reply, model.id, printed])).not.toContain(CANARY);
        expect(printed).toEqual([]);
        expect(heard.every((text, n) => text.startsWith(heard[n - 1] ?? ""))).toBe(true);
        // One request a question: retries are the asker's.
        if (wire) expect(wire.requests).toHaveLength(1);
        if (wire) expect(wire.requests[0]?.headers.authorization).toBe(`Bearer ${CANARY}`);
      } finally {
        for (const spy of spies) spy.mockRestore();
        await close();
      }
    },
  );
});
