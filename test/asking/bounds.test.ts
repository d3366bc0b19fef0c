import { describe, expect, onTestFinished, test, vi } from "vitest";
import type { NoAnswer } from "../../src/domain/question.ts";
import { fails, hangs, house, reading, says, scripted, streams, WORDS, wording } from "./parts.ts";

describe("a purse", () => {
  test("allows a turn so many questions, and the next turn as many again", async () => {
    const { model, requests } = scripted("m", says(WORDS));
    const { ask, purse } = house(model, { bounds: { turn_questions: 2 } });
    const outcomes = [];
    for (let count = 0; count < 3; count += 1) outcomes.push((await ask(wording)).call.outcome);
    expect(outcomes).toEqual(["answered", "answered", "budget"]);
    purse.turn();
    expect((await ask(wording)).ok).toBe(true);
    expect(requests).toHaveLength(3);
  });

  test("when used up sends nothing, and says of what", async () => {
    const { model, requests } = scripted("m", says(WORDS));
    const { asker, ask, logged } = house(model, { bounds: { session_questions: 7 } });
    const purse = asker.purse({ questions: 7, tokens: 0, micro_usd: 0 });
    purse.turn();
    const asked = await ask(wording, { purse });
    expect(asked).toMatchObject({ ok: false, why: "budget", partial: null });
    expect(asked.call).toMatchObject({ requests: 0, detail: "used up: questions of the session" });
    expect(requests).toEqual([]);
    expect(logged).toMatchObject([{ level: "warn", fields: { why: "budget" } }]);
  });

  test.each([
    ["tokens of the turn", { turn_tokens: 300 }],
    ["tokens of the session", { session_tokens: 300 }],
    ["money of the session", { session_micro_usd: 300 }],
  ])("bounds the %s, counting what the next answer may cost at most", async (what, bounds) => {
    // A question costs 120 tokens and 65 micro-dollars; before it is sent, up to 108 tokens and 202.
    const { model } = scripted("m", says(WORDS));
    const { ask } = house(model, { bounds });
    const calls = [];
    for (let count = 0; count < 3; count += 1) calls.push((await ask(wording)).call);
    expect(calls.map(({ outcome }) => outcome)).toEqual(["answered", "answered", "budget"]);
    expect(calls[2]?.detail).toBe(`used up: ${what}`);
  });

  test("of a session goes on from what its log says was spent", async () => {
    const { model } = scripted("m", says(WORDS));
    const { asker, ask } = house(model, { bounds: { session_tokens: 1_000 } });
    const purse = asker.purse({ questions: 3, tokens: 900, micro_usd: 0 });
    expect((await ask(wording, { purse })).call.detail).toBe("used up: tokens of the session");
    expect((await ask(wording, { purse: asker.purse({ questions: 3, tokens: 500, micro_usd: 0 }) })).ok).toBe(
      true,
    );
  });

  test("pays by an estimate where the provider does not say, and the record stays without tokens", async () => {
    const { model } = scripted("m", says(`${WORDS}${" ".repeat(4_000)}`, null));
    const { ask } = house(model, { bounds: { turn_tokens: 1_100 } });
    const { call } = await ask(wording);
    expect(call).toMatchObject({ outcome: "answered", tokens: null, micro_usd: null });
    expect((await ask(wording)).call.detail).toBe("used up: tokens of the turn");
  });

  test("pays for requests that failed, and for none that a provider did not work on", async () => {
    const dear = scripted("m", fails("refused", { tokens: { in: 900, out: 50 } }));
    const first = house(dear.model, { bounds: { turn_tokens: 1_000 } });
    await first.ask(wording);
    expect((await first.ask(wording)).call.outcome).toBe("budget");
    const free = scripted("m", fails("unauthorized"));
    const second = house(free.model, { bounds: { turn_tokens: 110 } });
    await second.ask(wording);
    expect((await second.ask(wording)).call.outcome).toBe("unauthorized");
  });

  test("stops asking again, too, and the failure stays the cause", async () => {
    const { model } = scripted("m", fails("server_error", { tokens: { in: 500, out: 0 } }));
    const { ask } = house(model, { bounds: { turn_tokens: 600 } });
    expect((await ask(wording)).call).toMatchObject({ outcome: "server_error", requests: 1 });
  });

  test("pays for what a turn left behind out of that turn", async () => {
    const leaving = new AbortController();
    const { model } = scripted("m", hangs, says(WORDS));
    const { ask, purse } = house(model, { bounds: { turn_tokens: 225 } });
    const left = ask(wording, { signal: leaving.signal });
    purse.turn();
    leaving.abort();
    expect((await left).call.outcome).toBe("aborted");
    expect((await ask(wording)).ok).toBe(true);
    expect((await ask(wording)).call.outcome).toBe("budget");
  });

  test("of another maker pays for nothing", async () => {
    const { model, requests } = scripted("m", says(WORDS));
    expect((await house(model).ask(wording, { purse: { turn: () => {} } })).call.outcome).toBe("budget");
    expect(requests).toEqual([]);
  });
});

describe("a circuit", () => {
  const bounds = { failures: 3, rest_ms: 1_000, max_rest_ms: 8_000 };

  /** The circuit reads the wall clock: here it stands until a test moves it. */
  function wall() {
    vi.useFakeTimers({ toFake: ["Date"] });
    onTestFinished(() => void vi.useRealTimers());
    return (ms: number) => vi.setSystemTime(Date.now() + ms);
  }

  test("opens after failures in a row, rests, lets one try, and closes when that is answered", async () => {
    const wait = wall();
    const { model, requests } = scripted(
      "m",
      ...Array.from({ length: 3 }, () => fails("unauthorized")),
      says(WORDS),
    );
    const { ask, logged } = house(model, { circuit: bounds });
    for (let count = 0; count < 3; count += 1) await ask(wording);
    const asked = await ask(wording);
    expect(asked).toMatchObject({ ok: false, why: "circuit_open", call: { requests: 0 } });
    expect(requests).toHaveLength(3);
    wait(999);
    expect((await ask(wording)).call.outcome).toBe("circuit_open");
    wait(1);
    expect((await ask(wording)).call.outcome).toBe("answered");
    expect((await ask(wording)).call.outcome).toBe("answered");
    expect(logged.filter(({ message }) => /left alone|answers again/.test(message))).toMatchObject([
      { level: "warn", fields: { model: "m" } },
      { level: "info", fields: { model: "m" } },
    ]);
  });

  test("counts every request, and what is asked again stops when it opens", async () => {
    wall();
    const { model } = scripted("m", fails("server_error"));
    const { ask } = house(model, { circuit: { ...bounds, failures: 2 } });
    expect((await ask(wording)).call).toMatchObject({ outcome: "server_error", requests: 2 });
  });

  test("rests twice as long when the one that tries fails", async () => {
    const wait = wall();
    const { model } = scripted("m", fails("unauthorized"));
    const { ask } = house(model, { circuit: bounds });
    for (let count = 0; count < 3; count += 1) await ask(wording);
    wait(1_000);
    expect((await ask(wording)).call.outcome).toBe("unauthorized");
    wait(1_999);
    expect((await ask(wording)).call.outcome).toBe("circuit_open");
    wait(1);
    expect((await ask(wording)).call.outcome).toBe("unauthorized");
  });

  test("while one tries, turns others away at once", async () => {
    const wait = wall();
    const leaving = new AbortController();
    const { model } = scripted("m", ...Array.from({ length: 3 }, () => fails("unauthorized")), hangs);
    const { ask } = house(model, { circuit: bounds });
    for (let count = 0; count < 3; count += 1) await ask(wording);
    wait(1_000);
    const trying = ask(wording, { signal: leaving.signal });
    expect((await ask(wording)).call.outcome).toBe("circuit_open");
    leaving.abort();
    expect((await trying).call.outcome).toBe("aborted");
    // Nothing was learnt, so it stays open.
    expect((await ask(wording)).call.outcome).toBe("circuit_open");
  });

  test.each<NoAnswer>(["stale", "missing", "refused", "bad_request", "too_long", "empty"])(
    "does not open after any number of %s",
    async (why) => {
      wall();
      const { model } = scripted("m", fails(why));
      const { ask } = house(model, { circuit: bounds, bounds: { turn_questions: 99 } });
      for (let count = 0; count < 8; count += 1) expect((await ask(wording)).call.outcome).toBe(why);
    },
  );

  test("does not open by bad answers, nor by hearers who stop or leave, nor by haste", async () => {
    wall();
    const bad = house(scripted("m", says("no")).model, { circuit: bounds });
    for (let count = 0; count < 5; count += 1)
      expect((await bad.ask(wording)).call.outcome).toBe("bad_answer");
    const stop = house(scripted("m", streams(['{"text":"Y'])).model, { circuit: bounds });
    for (let count = 0; count < 5; count += 1) {
      expect((await stop.ask(wording, { hear: () => "stop" })).call.outcome).toBe("stopped");
    }
    const haste = house(scripted("m", hangs).model, { circuit: bounds });
    for (let count = 0; count < 5; count += 1) {
      expect((await haste.ask(wording, { within_ms: 2 })).call.outcome).toBe("timeout");
    }
  });

  test("what says nothing about the provider neither adds to the failures nor takes them back", async () => {
    wall();
    const steps = [fails("unauthorized"), fails("unauthorized"), fails("missing"), fails("unauthorized")];
    const { ask } = house(scripted("m", ...steps).model, { circuit: bounds });
    for (const _ of steps) await ask(wording);
    expect((await ask(wording)).call).toMatchObject({ outcome: "circuit_open", requests: 0 });
  });

  test("opens by stalls of a fair length, and does not use up the questions of the turn", async () => {
    wall();
    const { model } = scripted("m", hangs);
    const { ask } = house(model, { circuit: bounds, bounds: { call_ms: 2, turn_questions: 3 } });
    for (let count = 0; count < 3; count += 1) expect((await ask(wording)).call.outcome).toBe("timeout");
    expect((await ask(wording)).call.outcome).toBe("budget");
    const other = house(model, { circuit: bounds, bounds: { call_ms: 2, turn_questions: 4 } });
    for (let count = 0; count < 3; count += 1) await other.ask(wording);
    for (let count = 0; count < 3; count += 1) {
      expect((await other.ask(wording)).call.outcome).toBe("circuit_open");
    }
  });

  test("is each model's own", async () => {
    wall();
    const broken = scripted("reads", fails("unauthorized"));
    const well = scripted("words", says(WORDS));
    const { ask } = house(broken.model, {
      circuit: bounds,
      models: { reading: broken.model, wording: well.model },
    });
    for (let count = 0; count < 3; count += 1) await ask(reading);
    expect((await ask(reading)).call.outcome).toBe("circuit_open");
    expect((await ask(wording)).call.outcome).toBe("answered");
  });
});
