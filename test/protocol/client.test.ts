import { readFileSync } from "node:fs";
import { stripTypeScriptTypes } from "node:module";
import { afterEach, describe, expect, test } from "vitest";
import WebSocketOfWs from "ws";
import { FAULTS } from "../../src/domain/fault.ts";
import { type Client, type ConnectOptions, connect } from "../../src/protocol/client.ts";
import { backoff, comesBack } from "../../src/protocol/codes.ts";
import type { Reply } from "../../src/protocol/pending.ts";
import { type Peer, replied, said, scripted, welcome, worded } from "./scripted.ts";

const cleanups: (() => unknown)[] = [];
afterEach(async () => {
  for (const cleanup of cleanups.splice(0).reverse()) await cleanup();
});

async function against(script: (peer: Peer) => Promise<void>, options: Partial<ConnectOptions> = {}) {
  const gateway = await scripted(script);
  cleanups.push(() => gateway.close().then(() => expect(gateway.failures).toEqual([])));
  const client = connect({ url: gateway.url, ...options });
  cleanups.push(() => client.close());
  return { gateway, client };
}

/** Resolves with the first value for which `wanted` holds. */
function until<N extends Parameters<Client["on"]>[0]>(
  client: Client,
  name: N,
  wanted: (value: unknown) => boolean = () => true,
): Promise<unknown> {
  return new Promise((resolve) => client.on(name, (value) => wanted(value) && resolve(value)));
}

/** The vendor's reply, where no person has the conversation. */
async function reply(answer: ReturnType<Client["say"]>): Promise<Reply> {
  const told = await answer;
  if (told.kind === "held") throw new Error("a person has the conversation");
  return told;
}

const fresh = welcome(1, { secret: "s3cret" });

describe("a conversation", () => {
  test("say resolves with the reply to that very message", async () => {
    const { client } = await against(async (peer) => {
      await peer.next();
      peer.send(fresh);
      const [first, second] = [await peer.next(), await peer.next()];
      peer.send({ type: "ack", id: first.id, seq: 2 }, replied(3, "one"));
      peer.send({ type: "ack", id: second.id, seq: 4 }, replied(5, "two"));
    });
    const replies = await Promise.all([reply(client.say("first")), reply(client.act({ act: "help" }))]);
    expect(replies.map(({ seq, re, words }) => [seq, re, words.text])).toEqual([
      [3, 2, "one"],
      [5, 4, "two"],
    ]);
    expect(client.credentials).toEqual({ session: "ses_1", secret: "s3cret", epoch: "first", seq: 5 });
  });

  test("what a person of the vendor's has to answer is acknowledged as held, and acts that bind are still replied to", async () => {
    const at = "2026-01-01T00:00:00.000Z";
    const words = { lang: "en", text: "Mina is here.", speech: "Mina is here.", reprompt: "" };
    const handoff = {
      kind: "handoff",
      at,
      to: "person",
      why: "operator",
      by: "operator",
      name: "Mina",
      words,
    };
    const { client } = await against(async (peer) => {
      await peer.next();
      peer.send(fresh);
      const [before, words, act] = [await peer.next(), await peer.next(), await peer.next()];
      peer.send({ type: "ack", id: before.id, seq: 2 }, { type: "event", seq: 3, event: handoff });
      peer.send({ type: "ack", id: words.id, seq: 4 });
      peer.send({ type: "ack", id: act.id, seq: 5 }, replied(6, "cancelled"));
      const after = await peer.next();
      peer.send({ type: "event", seq: 7, event: { ...handoff, to: "agent", why: "handed_back" } });
      peer.send({ type: "ack", id: after.id, seq: 8 }, replied(9, "me again"));
    });
    const answers = [client.say("half thought"), client.say("yes?")];
    const bound = client.act({ act: "cancel_order", intent: "int_1" });
    expect(await Promise.all(answers)).toEqual([
      { kind: "held", seq: 2 },
      { kind: "held", seq: 4 },
    ]);
    expect((await reply(bound)).words.text).toBe("cancelled");
    expect((await reply(client.say("and now?"))).words.text).toBe("me again");
  });

  test("the hello carries what was asked for and nothing else", async () => {
    const options = { lang: "ko", channel: "voice", currency: "KRW", shipTo: { country: "KR" } } as const;
    const { client, gateway } = await against(
      async (peer) => {
        await peer.next();
        peer.send(fresh);
      },
      { ...options, stream: true, key: "k" },
    );
    await client.opened;
    const { shipTo, ...told } = options;
    expect(gateway.hellos).toEqual([{ type: "hello", ...told, ship_to: shipTo, stream: true, key: "k" }]);
  });

  test("with streaming, say waits for the words and says whether they were cut off", async () => {
    const { client } = await against(
      async (peer) => {
        await peer.next();
        peer.send(fresh);
        const { id } = await peer.next();
        peer.send({ type: "ack", id, seq: 2 }, replied(3), { type: "delta", re: 2, n: 0, text: "Hello. " });
        const cancel = await peer.next();
        expect(cancel).toMatchObject({ type: "cancel", heard: 5 });
        peer.send(worded(4, 3, "Hello", true));
      },
      { stream: true },
    );
    client.on("delta", ({ text }) => text === "Hello. " && client.cancel(5));
    expect(await client.say("hi")).toMatchObject({ seq: 3, interrupted: true, words: { text: "Hello" } });
  });

  test("a refused message rejects with the gateway's fault, and the talk goes on", async () => {
    const { client } = await against(async (peer) => {
      await peer.next();
      peer.send(fresh);
      const { id } = await peer.next();
      const detail = { retry_after_ms: 40 };
      peer.send({ type: "fault", id, code: "rate_limited", message: "slow down", retry: true, detail });
      const again = await peer.next();
      peer.send({ type: "ack", id: again.id, seq: 2 }, replied(3, "ok"));
    });
    await expect(client.say("hi")).rejects.toMatchObject({
      name: "ParleyFault",
      code: "rate_limited",
      retry: true,
      detail: { retry_after_ms: 40 },
    });
    expect((await reply(client.say("hi"))).words.text).toBe("ok");
  });

  test("events can be read along from the first one and end when the client is closed", async () => {
    const { client } = await against(async (peer) => {
      await peer.next();
      peer.send(fresh, said(2, "other-tab", "hi"), replied(3, "hello"));
    });
    const seen: number[] = [];
    for await (const { seq } of client.events) {
      seen.push(seq);
      if (seq === 3) client.close();
    }
    expect(seen).toEqual([2, 3]);
    await expect(client.say("late")).rejects.toMatchObject({ code: "closed" });
  });

  test("it works on the WebSocket of ws as well", async () => {
    const { client } = await against(
      async (peer) => {
        await peer.next();
        peer.send(fresh);
      },
      { WebSocket: WebSocketOfWs },
    );
    expect(await client.opened).toMatchObject({ session: "ses_1" });
  });
});

describe("a connection that is cut", () => {
  test("is taken up again by epoch and seq; the unacked message goes out again under its id, once", async () => {
    const ids: unknown[] = [];
    const { client, gateway } = await against(async (peer) => {
      await peer.next();
      if (peer.n === 1) {
        peer.send(fresh);
        const { id } = await peer.next();
        peer.send({ type: "ack", id, seq: 2 }, replied(3, "one"));
        ids.push((await peer.next()).id);
        peer.cut();
      } else {
        peer.send(welcome(3, { resumed: true }));
        const again = await peer.next();
        ids.push(again.id);
        peer.send({ type: "ack", id: again.id, seq: 4 }, replied(5, "two"));
      }
    });
    await client.say("first");
    expect((await reply(client.say("second"))).words.text).toBe("two");
    expect(ids[1]).toBe(ids[0]);
    expect(gateway.hellos[1]?.resume).toEqual({
      session: "ses_1",
      secret: "s3cret",
      epoch: "first",
      seq: 3,
    });
  });

  test("does not repeat a message whose ack was lost but which the log has", async () => {
    let id: unknown;
    const { client } = await against(async (peer) => {
      await peer.next();
      if (peer.n === 1) {
        peer.send(fresh);
        ({ id } = await peer.next());
        peer.cut();
        return;
      }
      peer.send(welcome(3, { resumed: true }), said(2, id, "hi"), replied(3, "it was heard"));
      const next = await peer.next();
      expect(next.text).toBe("next");
      peer.send({ type: "ack", id: next.id, seq: 4 }, replied(5, "fine"));
    });
    expect((await reply(client.say("hi"))).words.text).toBe("it was heard");
    expect((await reply(client.say("next"))).words.text).toBe("fine");
  });

  test("keeps what is said meanwhile until it is back", async () => {
    const { client } = await against(async (peer) => {
      await peer.next();
      if (peer.n === 1) {
        peer.send(fresh);
        peer.close(4503, "draining");
        return;
      }
      peer.send(welcome(1, { resumed: true }));
      const { id } = await peer.next();
      peer.send({ type: "ack", id, seq: 2 }, replied(3, "here"));
    });
    await until(client, "state", (state) => state === "waiting");
    expect((await reply(client.say("hello?"))).words.text).toBe("here");
  });

  test("an event that comes twice is told once", async () => {
    const { client } = await against(async (peer) => {
      await peer.next();
      peer.send(
        fresh,
        said(2, "a", "x"),
        said(2, "a", "x"),
        replied(3, "y"),
        said(2, "a", "x"),
        said(4, "b", "z"),
      );
    });
    await until(client, "event", (value) => (value as { seq: number }).seq === 4);
    expect(client.log.map(({ seq }) => seq)).toEqual([2, 3, 4]);
  });

  test("a gap makes it resume from before the gap", async () => {
    const { client, gateway } = await against(async (peer) => {
      await peer.next();
      if (peer.n === 1) peer.send(fresh, said(2, "a", "x"), replied(5, "too early"));
      else peer.send(welcome(3, { resumed: true }), replied(3, "in order"));
    });
    await until(client, "event", (value) => (value as { seq: number }).seq === 3);
    expect(client.log.map(({ seq }) => seq)).toEqual([2, 3]);
    expect(gateway.hellos[1]?.resume).toMatchObject({ seq: 2 });
  });

  test("resume_failed drops the local log, tells so, reads the new one and says again what it lacks", async () => {
    const nudge = Promise.withResolvers<void>();
    const { client } = await against(async (peer) => {
      const hello = await peer.next();
      if (peer.n === 1) {
        peer.send(fresh, said(2, "a", "x"), replied(3, "old"));
        peer.send({ type: "ack", id: (await peer.next()).id, seq: 4 });
        await nudge.promise;
        peer.cut();
        return;
      }
      expect(hello.resume).toMatchObject({ epoch: "first", seq: 4 });
      peer.send({
        type: "resume_failed",
        reason: "epoch_changed",
        session: "ses_1",
        epoch: "second",
        seq: 2,
      });
      peer.send(welcome(2, { epoch: "second" }), said(1, "o", "opened"), said(2, "b", "restored"));
      const { id } = await peer.next();
      peer.send({ type: "ack", id, seq: 3 }, replied(4, "new"));
    });
    const told = until(client, "resume_failed");
    const read: string[] = [];
    void (async () => {
      for await (const { event } of client.events) if (event.kind === "message") read.push(event.message.id);
    })();
    await until(client, "event", (value) => (value as { seq: number }).seq === 3);
    const answer = reply(client.say("hi"));
    await until(client, "ack");
    nudge.resolve();
    expect((await answer).words.text).toBe("new");
    expect(await told).toMatchObject({ reason: "epoch_changed" });
    expect(client.log.map(({ seq }) => seq)).toEqual([1, 2, 4]);
    expect(read).toEqual(["a", "o", "b"]);
    expect(client.credentials).toMatchObject({ epoch: "second", seq: 4, secret: "s3cret" });
  });

  test("a reconnect frame is obeyed even when the gateway does not close", async () => {
    const { client, gateway } = await against(async (peer) => {
      await peer.next();
      if (peer.n === 1) peer.send(fresh, { type: "reconnect", after_ms: 20 });
      else peer.send(welcome(1, { resumed: true }));
    });
    await until(client, "welcome", (value) => (value as { resumed: boolean }).resumed);
    expect(gateway.connections).toBe(2);
  });

  test("a gateway that falls silent is left after an unanswered ping", async () => {
    const { client } = await against(async (peer) => {
      await peer.next();
      const { bounds } = welcome(1);
      if (peer.n === 1) peer.send(welcome(1, { secret: "s", bounds: { ...bounds, heartbeat_ms: 10 } }));
      const { type } = await peer.next();
      expect(type).toBe("ping");
      if (peer.n === 1) peer.send({ type: "pong" });
      expect((await peer.next()).type).toBe("ping");
      peer.cut();
    });
    await until(client, "state", (state) => state === "waiting");
  });
});

describe("the end", () => {
  test.each([
    [4401, "unauthorized"],
    [4404, "unknown_session"],
    [1009, "frame_too_large"],
  ])("after %i it does not come back, and everybody who waits is told", async (close, code) => {
    const { client, gateway } = await against(async (peer) => {
      await peer.next();
      peer.send({ type: "fault", code, message: "no", retry: false });
      peer.close(close, code);
    });
    const fault = until(client, "fault");
    await expect(client.opened).rejects.toMatchObject({ code });
    await expect(client.say("hi")).rejects.toBeInstanceOf(Error);
    expect(await fault).toMatchObject({ code });
    expect([client.state, gateway.connections]).toEqual(["closed", 1]);
  });

  test("a refused hello ends it even when the socket stays open", async () => {
    const { client } = await against(async (peer) => {
      await peer.next();
      peer.send({ type: "fault", code: "unsupported_currency", message: "USD only", retry: false });
    });
    await expect(client.say("hi")).rejects.toMatchObject({ code: "unsupported_currency" });
  });

  test("with attempts, it says when nobody answers", async () => {
    const gateway = await scripted(async () => {});
    await gateway.close();
    const client = connect({ url: gateway.url, attempts: 2 });
    await expect(client.say("hi")).rejects.toMatchObject({ code: "unreachable", retry: true });
    expect(client.state).toBe("closed");
  });

  test("close rejects what is unanswered", async () => {
    const { client } = await against(async (peer) => {
      await peer.next();
      peer.send(fresh);
    });
    await client.opened;
    const waiting = client.say("hi");
    client.close();
    await expect(waiting).rejects.toMatchObject({ code: "closed" });
  });
});

describe("a page", () => {
  test("keeps its session over loads, reads it again from the start, and lets go of one that is gone", async () => {
    const kept = new Map<string, string>();
    const storage = {
      getItem: (key: string) => kept.get(key) ?? null,
      setItem: (key: string, value: string) => void kept.set(key, value),
      removeItem: (key: string) => void kept.delete(key),
    };
    const { gateway, client } = await against(
      async (peer) => {
        const hello = await peer.next();
        if (peer.n === 3) {
          peer.send({ type: "fault", code: "unknown_session", message: "gone", retry: false });
          peer.close(4404, "unknown_session");
        } else if (hello.resume) peer.send(welcome(1, { resumed: true }), said(1, "a", "x"));
        else peer.send(fresh);
      },
      { storage },
    );
    await client.opened;
    client.close();
    const second = connect({ url: gateway.url, storage });
    await until(second, "event");
    second.close();
    expect(gateway.hellos[1]?.resume).toMatchObject({ session: "ses_1", secret: "s3cret", seq: 0 });
    const third = connect({ url: gateway.url, storage });
    cleanups.push(() => third.close());
    expect(await third.opened).toMatchObject({ resumed: false });
    expect(gateway.hellos.map(({ resume }) => resume !== undefined)).toEqual([false, true, true, false]);
  });
});

test("a client comes back exactly after the close codes of faults that say so", () => {
  for (const [code, { close, reconnect }] of Object.entries(FAULTS)) {
    if (close !== null) expect([code, comesBack(close)]).toEqual([code, reconnect]);
  }
  expect([1000, 1001, 1006, 1011, 1012].map(comesBack)).toEqual([false, false, true, true, true]);
});

test("backing off has full jitter, doubles, and never takes more than 20 s", () => {
  expect([0, 1, 2, 6, 7, 50].map((attempt) => backoff(attempt, () => 1))).toEqual([
    250, 500, 1000, 16000, 20000, 20000,
  ]);
  expect(backoff(9, () => 0)).toBe(0);
});

test("nothing a page loads with the client or the verifier needs Node or brings the schemas", () => {
  const reached = new Map<string, string[]>();
  const visit = (file: URL) => {
    if (reached.has(file.href)) return;
    const code = stripTypeScriptTypes(readFileSync(file, "utf8"));
    const names = Array.from(
      code.matchAll(/^(?:import|export)[^;]*?from "([^"]+)"/gm),
      (match) => match[1] ?? "",
    );
    reached.set(
      file.href,
      names.filter((name) => !name.startsWith(".")),
    );
    for (const name of names) if (name.startsWith(".")) visit(new URL(name, file));
  };
  for (const name of ["client", "verify"]) visit(new URL(`../../src/protocol/${name}.ts`, import.meta.url));
  expect(reached.size).toBeGreaterThan(6);
  expect(new Set([...reached.values()].flat())).toEqual(new Set(["canonicalize", "jose"]));
});
