import { describe, expect, test } from "vitest";
import { fails, house, says, scripted, streams, WORDS, wording } from "./parts.ts";

const never = new AbortController().signal;

describe("whoever asked", () => {
  test("may go away: the request is aborted at once, and what had come is kept", async () => {
    const leaving = new AbortController();
    const { model, signals } = scripted("m", streams(['{"text":"Yes, it', " is in"]));
    let atOnce: boolean | undefined;
    const { ask, logged } = house(model);
    const asked = await ask(wording, {
      signal: leaving.signal,
      hear: ({ text }) => {
        if (text === "Yes, it is in") {
          leaving.abort();
          atOnce = signals[0]?.aborted;
        }
        return "on";
      },
    });
    expect(atOnce).toBe(true);
    expect(asked).toMatchObject({ ok: false, why: "aborted", partial: { text: "Yes, it is in" } });
    expect(asked.call).toMatchObject({ answer: { text: "Yes, it is in" }, tokens: { in: 100, out: 3 } });
    expect(logged.map(({ level }) => level)).toEqual(["info"]);
  });

  test("may have gone before: nothing is sent", async () => {
    const { model } = scripted("m", says(WORDS));
    const asked = await house(model).ask(wording, { signal: AbortSignal.abort() });
    expect(asked.call).toMatchObject({ outcome: "aborted", requests: 0 });
  });

  test("may go away while another try is waited for", async () => {
    const leaving = new AbortController();
    const { model } = scripted("m", fails("server_error"));
    const { ask } = house(model, {
      sleep: async () => {
        leaving.abort();
        throw leaving.signal.reason;
      },
    });
    const asked = await ask(wording, { signal: leaving.signal });
    expect(asked.call).toMatchObject({ outcome: "aborted", requests: 1 });
  });

  test("hears the answer while it comes, growing, only what is of the schema", async () => {
    const pieces = ['```json\n{"te', 'xt":"Yes, ', 'it is.","speech":', '"Yes', '."}\n```'];
    const { model } = scripted("m", streams(pieces, says(pieces.join(""))));
    const heard: unknown[] = [];
    const asked = await house(model).ask(wording, {
      hear: (partial) => {
        heard.push(partial);
        return "on";
      },
    });
    expect(heard).toEqual([
      { text: "Yes," },
      { text: "Yes, it is." },
      { text: "Yes, it is.", speech: "Yes" },
      { text: "Yes, it is.", speech: "Yes." },
    ]);
    expect(asked.ok).toBe(true);
  });

  test("hears nothing of another kind than the schema's", async () => {
    const { model } = scripted("m", streams(['{"text":{"a":1},"speech":["x"],', '"other":"y"'], says("{}")));
    const asked = await house(model).ask(wording, {
      hear: () => {
        throw new Error("heard");
      },
    });
    expect(asked).toMatchObject({ why: "bad_answer", partial: null });
  });

  test("of a list hears the items that are whole", async () => {
    const text = '{"look_ups":[{"look":"ask","sku":null,"question":"spills?"},{"look":"sea';
    const { model } = scripted("m", streams([text]));
    const heard: unknown[] = [];
    await house(model).ask(
      { prompt: "research", given: {}, heard: { message: "x" } },
      {
        hear: (partial) => {
          heard.push(partial);
          return "stop";
        },
      },
    );
    expect(heard).toEqual([{ look_ups: [{ look: "ask", sku: null, question: "spills?" }] }]);
  });

  test("may stop it: the request is aborted at once and what was heard is kept", async () => {
    const { model, signals } = scripted("m", streams(['{"text":"Free shipping', ' and more"']));
    const { ask, logged } = house(model);
    const asked = await ask(wording, { hear: () => "stop" });
    expect(signals[0]?.aborted).toBe(true);
    expect(asked).toMatchObject({ ok: false, why: "stopped", partial: { text: "Free shipping" } });
    expect(asked.call).toMatchObject({ outcome: "stopped", requests: 1 });
    expect(logged.map(({ level }) => level)).toEqual(["info"]);
  });

  test("ends it by failing to listen, and nothing is thrown", async () => {
    const { model } = scripted("m", streams(['{"text":"Yes']));
    const asked = await house(model).ask(wording, {
      hear: () => {
        throw new TypeError("a bug");
      },
    });
    expect(asked.call).toMatchObject({ outcome: "stopped" });
    expect(asked.call.detail).toContain("a bug");
  });

  test("hears one answer only: after words were heard nothing is asked again", async () => {
    const { model } = scripted("m", streams(['{"text":"Yes, it'], fails("cut_off")));
    const asked = await house(model).ask(wording, { hear: () => "on" });
    expect(asked).toMatchObject({ why: "cut_off", partial: { text: "Yes, it" }, call: { requests: 1 } });
  });

  test("hears one answer only: what was heard of one that is not of the schema is not asked for again", async () => {
    const bad = '{"text":"Yes","speech":7}';
    const { model } = scripted("m", streams([bad], says(bad)), streams([WORDS], says(WORDS)));
    const asked = await house(model).ask(wording, { hear: () => "on" });
    expect(asked).toMatchObject({ ok: false, why: "bad_answer", partial: { text: "Yes" } });
    expect(asked.call).toMatchObject({ requests: 1, repaired: false });
  });

  test("hears a repair when nothing of the schema had come before it", async () => {
    const bad = '{"answer":"Yes"}';
    const { model } = scripted("m", streams([bad], says(bad)), streams([WORDS], says(WORDS)));
    const asked = await house(model).ask(wording, { hear: () => "on" });
    expect(asked.call).toMatchObject({ outcome: "answered", repaired: true });
  });

  test("gets an answer asked for again when the stream broke before a word", async () => {
    const { model } = scripted("m", streams(["{"], fails("cut_off")), streams([WORDS], says(WORDS)));
    const asked = await house(model).ask(wording, { hear: () => "on" });
    expect(asked.call).toMatchObject({ outcome: "answered", requests: 2 });
  });

  test("gets what had come when time runs out", async () => {
    const { model } = scripted("m", streams(['{"text":"Yes, it']));
    const asked = await house(model, { bounds: { call_ms: 30 } }).ask(wording, {
      hear: () => "on",
      signal: never,
    });
    expect(asked).toMatchObject({ why: "timeout", partial: { text: "Yes, it" } });
  });

  test("is not kept busy by an answer that grows without end in small pieces", async () => {
    const whole = `{"text":"Yes.",${" ".repeat(100_000)}`;
    let heard = 0;
    const { model } = scripted("m", (_, { onText }) => {
      for (let end = 1; end <= whole.length; end += 16) onText?.(whole.slice(0, end));
      return { ok: false, why: "too_long", detail: "", retry_after_ms: null, tokens: null };
    });
    const hear = () => {
      heard += 1;
      return "on" as const;
    };
    await house(model).ask(wording, { hear });
    expect(heard).toBeGreaterThan(900);
    expect(heard).toBeLessThan(1_100);
  });
});
