import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { FAULTS, type FaultCode } from "../../src/domain/fault.ts";
import { EventPage, MessageResult, Problem } from "../../src/protocol/bodies.ts";
import { Welcome } from "../../src/protocol/frames.ts";
import { type OpenGateway, openGateway, Peer } from "../harness.ts";
import { DETAILS, taking, wish } from "../session/buying.ts";
import { type Answer, get, HttpBuyer, newKey, post } from "./http-client.ts";
import { Sse } from "./sse.ts";

const KEY = "key-of-acme-0123456789";
let gateway: OpenGateway;
let sessions: string;

beforeAll(async () => {
  gateway = await openGateway({
    PARLEY_API_KEYS: `acme=${KEY}`,
    PARLEY_MESSAGES_PER_MINUTE: "600000",
  });
  sessions = `${gateway.url}/v1/sessions`;
});
afterAll(async () => {
  await gateway.stop();
  gateway.remove();
});

/** A refusal must be a problem of the table, with the status the table gives it. */
function expectProblem(answer: Answer<unknown>, code: FaultCode): void {
  expect(answer.headers.get("content-type")).toBe("application/problem+json");
  const problem = Problem.parse(answer.body);
  expect(problem).toMatchObject({ code, status: FAULTS[code].http, retry: FAULTS[code].retry });
  expect(problem.type).toBe(`urn:parley:fault:${code}`);
  expect(answer.status).toBe(FAULTS[code].http);
}

describe("POST /v1/sessions", () => {
  it("opens a session as a hello does", async () => {
    const { status, body } = await post(sessions, { lang: "ko" }, { "idempotency-key": newKey() });
    expect(status).toBe(201);
    const welcome = Welcome.parse(body);
    expect(welcome).toMatchObject({ lang: "ko", currency: "USD", seq: 1, resumed: false });
    expect(welcome.secret).toMatch(/.{32}/);
  });

  it("with the same key finds the same session, also when both requests run at once", async () => {
    const headers = { "idempotency-key": newKey() };
    const both = await Promise.all([1, 2, 3, 4].map(() => post<Welcome>(sessions, {}, headers)));
    expect(both.map(({ status }) => status)).toEqual([201, 201, 201, 201]);
    expect(new Set(both.map(({ body }) => `${body.session} ${body.secret}`)).size).toBe(1);
    const replayed = both.map((answer) => answer.headers.get("idempotent-replayed"));
    expect(replayed.filter((header) => header === "true")).toHaveLength(3);
    const later = await post<Welcome>(sessions, {}, headers);
    expect(later.body.session).toBe(both[0]?.body.session);
    expect(later.headers.get("idempotent-replayed")).toBe("true");
  });

  it("with the same key and another wish is refused", async () => {
    const headers = { "idempotency-key": newKey() };
    await post(sessions, {}, headers);
    expectProblem(await post(sessions, { currency: "KRW" }, headers), "id_reused");
  });

  it("gives another holder of a key another session, whatever the Idempotency-Key", async () => {
    const headers = { "idempotency-key": newKey() };
    const anonymous = await post<Welcome>(sessions, {}, headers);
    const acme = await post<Welcome>(sessions, {}, { ...headers, authorization: `Bearer ${KEY}` });
    expect(acme.status).toBe(201);
    expect(acme.body.session).not.toBe(anonymous.body.session);
  });

  it("needs an Idempotency-Key of some length, a known API key and a body that is a hello", async () => {
    expectProblem(await post(sessions, {}), "idempotency_key_missing");
    expectProblem(await post(sessions, {}, { "idempotency-key": "short" }), "bad_frame");
    expectProblem(await post(sessions, {}, { "idempotency-key": "x".repeat(65) }), "bad_frame");
    const headers = { "idempotency-key": newKey() };
    expectProblem(await post(sessions, {}, { ...headers, authorization: "Bearer wrong" }), "unauthorized");
    expectProblem(await post(sessions, { role: "operator" }, headers), "bad_frame");
    expectProblem(await post(sessions, { currency: "JPY" }, headers), "unsupported_currency");
  });
});

describe("POST /v1/sessions/{id}/messages", () => {
  it("gives the ack and the events up to the reply", async () => {
    const buyer = await HttpBuyer.open(gateway.url);
    const { status, body } = await buyer.say({ act: wish("HS-B1", 2) }, "first");
    expect(status).toBe(200);
    const { ack, events } = MessageResult.parse(body);
    expect(ack).toEqual({ type: "ack", id: "first", seq: 2 });
    expect(events).toMatchObject([{ seq: 3, event: { kind: "reply", re: 2, move: { act: "offer" } } }]);
  });

  it("gives a repeated request the first result again, with all that followed from it", async () => {
    const buyer = await HttpBuyer.open(gateway.url);
    const { body: asked } = await buyer.say({ act: wish("HS-B1", 2) });
    const reply = asked.events[0]?.event;
    const offer = reply?.kind === "reply" ? reply.move.offers[0] : undefined;
    if (!offer) throw new Error("no offer");
    const steps = [
      { key: "take", act: taking(offer), kinds: ["reply"] },
      { key: "stop", act: { act: "cancel_order" }, kinds: ["reply", "order"] },
      { key: "bye", act: { act: "leave" }, kinds: ["reply", "closed"] },
    ];
    const first = [];
    for (const { key, act, kinds } of steps) {
      const { body } = await buyer.say({ act }, key);
      expect(body.events.map(({ event }) => event.kind)).toEqual(kinds);
      first.push(body);
    }
    for (const [i, { key, act }] of steps.entries()) {
      const { status, body, headers } = await buyer.say({ act }, key);
      expect([status, headers.get("idempotent-replayed")]).toEqual([200, "true"]);
      expect(body.ack).toEqual({ ...first[i]?.ack, duplicate: true });
      expect(body.events).toEqual(first[i]?.events);
    }
    expectProblem(await buyer.say({ text: "still there?" }), "session_closed");
  });

  it("refuses the same key with another body, and a request without a key", async () => {
    const buyer = await HttpBuyer.open(gateway.url);
    await buyer.say({ text: "hello" }, "same");
    expectProblem(await buyer.say({ text: "goodbye" }, "same"), "id_reused");
    const url = `${sessions}/${buyer.welcome.session}/messages`;
    expectProblem(await post(url, { text: "hello" }, buyer.headers), "idempotency_key_missing");
  });

  it("refuses what is no message, and stores nothing of it", async () => {
    const buyer = await HttpBuyer.open(gateway.url);
    const bad: [unknown, FaultCode][] = [
      ["", "bad_frame"],
      ["{", "bad_json"],
      ["[]", "bad_frame"],
      [{ text: "a", act: { act: "greet" } }, "bad_frame"],
      [{ text: "" }, "bad_frame"],
      [{ text: "x".repeat(4_001) }, "bad_frame"],
      [{ txt: "hello" }, "bad_frame"],
      ['{"text":"\\ud800"}', "bad_json"],
      [new Uint8Array([0x7b, 0x22, 0xff, 0x22, 0x7d]), "bad_encoding"],
      [" ".repeat(65_537), "frame_too_large"],
    ];
    for (const [body, code] of bad) expectProblem(await buyer.say(body), code);
    expect((await buyer.page()).body.seq).toBe(1);
  });

  it("refuses a body that grows too long without saying so beforehand", async () => {
    const buyer = await HttpBuyer.open(gateway.url);
    const piece = new TextEncoder().encode(" ".repeat(10_000));
    let left = 20;
    const body = new ReadableStream({
      pull: (stream) => {
        left -= 1;
        if (left < 0) stream.close();
        else stream.enqueue(piece);
      },
    });
    const headers = { ...buyer.headers, "idempotency-key": newKey() };
    const init = { method: "POST", body, headers, duplex: "half" } as RequestInit;
    const response = await fetch(`${sessions}/${buyer.welcome.session}/messages`, init).catch(() => null);
    // The gateway may hang up before all of it was sent; then there is no answer to read.
    if (response) expect(response.status).toBe(413);
    expect((await buyer.page()).body.seq).toBe(1);
  });

  it("is for who holds the session's secret", async () => {
    const buyer = await HttpBuyer.open(gateway.url);
    const other = await HttpBuyer.open(gateway.url);
    const url = `${sessions}/${buyer.welcome.session}/messages`;
    const headers = { "idempotency-key": newKey() };
    expectProblem(await post(url, { text: "hi" }, headers), "unauthorized");
    expectProblem(await post(url, { text: "hi" }, { ...headers, ...other.headers }), "unauthorized");
    const nowhere = `${sessions}/ses_nobody/messages`;
    expectProblem(await post(nowhere, { text: "hi" }, { ...headers, ...buyer.headers }), "unknown_session");
  });

  it("and the WebSocket are two doors to one conversation", async () => {
    const buyer = await HttpBuyer.open(gateway.url);
    const { session, secret, epoch } = buyer.welcome;
    const tab = await Peer.open(gateway.ws, { resume: { session, secret, epoch, seq: 1 } });
    await tab.next("welcome");
    const { body } = await buyer.say({ act: wish("CH-TS") }, "by post");
    expect(await tab.next("event")).toMatchObject({ seq: 2, event: { message: { id: "by post" } } });
    expect(await tab.next("event")).toEqual(body.events[0]);
    tab.send({ type: "say", id: "by post", act: wish("CH-TS") });
    expect(await tab.next("ack")).toEqual({ type: "ack", id: "by post", seq: 2, duplicate: true });
    tab.close();
  });
});

describe("GET /v1/sessions/{id}/events", () => {
  it("gives the log by pages of 300 at most", async () => {
    const buyer = await HttpBuyer.open(gateway.url);
    for (let i = 0; i < 160; i++) await buyer.say({ act: { act: "greet" } });
    const first = EventPage.parse((await buyer.page()).body);
    expect(first.seq).toBe(321);
    expect(first.events.map(({ seq }) => seq)).toEqual(Array.from({ length: 300 }, (_, i) => i + 1));
    expect(first.events[0]?.event.kind).toBe("opened");
    const second = (await buyer.page(300)).body;
    expect(second.events.map(({ seq }) => seq)).toEqual(Array.from({ length: 21 }, (_, i) => i + 301));
    expect((await buyer.page(321)).body.events).toEqual([]);
    for (const after of ["-1", "x", "1.5", "1e99"]) {
      expectProblem(await get(`${buyer.events}?after=${after}`, buyer.headers), "bad_frame");
    }
  });

  it("streams the whole log and then what comes, and resumes where a stream ended", async () => {
    const buyer = await HttpBuyer.open(gateway.url);
    const { epoch } = buyer.welcome;
    await buyer.say({ act: { act: "greet" } });
    const stream = await Sse.open(buyer.events, buyer.headers);
    const seen = [await stream.next(), await stream.next(), await stream.next()];
    expect(seen.map(({ id }) => id)).toEqual([1, 2, 3].map((seq) => `${epoch}:${seq}`));
    expect(seen.map(({ event }) => event)).toEqual(["event", "event", "event"]);
    await buyer.say({ act: { act: "help" } });
    expect([(await stream.next()).id, (await stream.next()).id]).toEqual([`${epoch}:4`, `${epoch}:5`]);
    await stream.close();
    await buyer.say({ act: { act: "thank" } });
    const again = await Sse.open(buyer.events, { ...buyer.headers, "last-event-id": `${epoch}:5` });
    const missed = [await again.next(), await again.next()];
    expect(missed.map(({ data }) => JSON.parse(data))).toEqual((await buyer.page(5)).body.events);
    await again.close();
  });

  it.each([
    { what: "another epoch", id: () => "gone:3", reason: "epoch_changed" },
    { what: "an event there never was", id: (epoch: string) => `${epoch}:99`, reason: "seq_unknown" },
    { what: "nonsense", id: () => "nonsense", reason: "epoch_changed" },
  ])("says so and begins anew when a stream resumes from $what", async ({ id, reason }) => {
    const buyer = await HttpBuyer.open(gateway.url);
    const { epoch, session } = buyer.welcome;
    await buyer.say({ act: { act: "greet" } });
    const stream = await Sse.open(buyer.events, { ...buyer.headers, "last-event-id": id(epoch) });
    const failed = await stream.next();
    expect(failed.event).toBe("resume_failed");
    expect(JSON.parse(failed.data)).toEqual({ type: "resume_failed", reason, session, epoch, seq: 3 });
    for (const seq of [1, 2, 3]) expect((await stream.next()).id).toBe(`${epoch}:${seq}`);
    await stream.close();
  });

  it("is for who holds the session's secret", async () => {
    const buyer = await HttpBuyer.open(gateway.url);
    expectProblem(await get(buyer.events), "unauthorized");
    const headers = { authorization: "Bearer wrong", accept: "text/event-stream" };
    expectProblem(await get(buyer.events, headers), "unauthorized");
  });
});

describe("everything else over HTTP", () => {
  it("answers an unknown address with a problem that says where to look", async () => {
    for (const path of [
      "/shop/none.svg",
      "/v1",
      "/v1/sessions",
      "/v1/orders/x/status",
      "/etc/passwd",
      "/v1/%00",
      "/v1/../x",
    ]) {
      const answer = await get<{ detail: string }>(`${gateway.url}${path}`);
      expectProblem(answer, "not_found");
      expect(answer.body.detail).toContain("/.well-known/parley.json");
    }
  });

  it("is alive, ready and counted, without a word of anybody's conversation", async () => {
    const buyer = await HttpBuyer.open(gateway.url);
    const words = "zanzibar-secret-words";
    await buyer.say({ text: `Do you sell ${words}?` }, "id-of-mine-42");
    await buyer.say({ act: { act: "inform", details: DETAILS } });
    await buyer.say(`{${words}`);
    expect((await get(`${gateway.url}/healthz`)).body).toEqual({ ok: true });
    expect((await get(`${gateway.url}/readyz`)).body).toMatchObject({ ready: true });
    const { text, headers } = await get(`${gateway.url}/metrics`);
    expect(headers.get("content-type")).toMatch(/^text\/plain/);
    for (const name of ["parley_events_total", "parley_moves_total", "parley_turn_seconds_bucket"]) {
      expect(text).toContain(name);
    }
    expect(text).toContain('parley_faults_total{code="bad_json"}');
    const { session, secret, epoch } = buyer.welcome;
    for (const own of [session, secret, epoch, words, "id-of-mine-42", "Ada", KEY, "acme"]) {
      expect(text).not.toContain(own);
      expect(gateway.output()).not.toContain(own);
    }
  });
});
