import { afterAll, beforeAll, describe, expect, it } from "vitest";
import type { Event } from "../../src/domain/event.ts";
import { EventPage, Problem } from "../../src/protocol/bodies.ts";
import { type OpenGateway, openGateway, Peer } from "../harness.ts";
import { DETAILS, newId, offered, wish } from "../session/buying.ts";
import { get, HttpBuyer, newKey, post } from "./http-client.ts";

let gateway: OpenGateway;
beforeAll(async () => {
  gateway = await openGateway();
});
afterAll(async () => {
  await gateway.stop();
  gateway.remove();
});

const NEITHER = /neither `text` nor `act`: send words as `text`/;
const BOTH = /both `text` and `act`: send one of them/;

/** The fault that a frame is refused with. */
async function faultOf(peer: Peer, frame: object) {
  peer.send(frame);
  const { code, message } = await peer.next("fault");
  return { code, message };
}

/** The events of a session, from its first. */
async function logOf(buyer: Pick<HttpBuyer, "events" | "headers">): Promise<Event[]> {
  const { body } = await get(buyer.events, buyer.headers);
  return EventPage.parse(body).events.map(({ event }) => event);
}

describe("a fault says what was wrong and how to mend it", () => {
  it("of a message that says nothing, or two things, on either wire", async () => {
    const peer = await Peer.open(gateway.ws);
    await peer.next("welcome");
    const act = { act: "greet" };
    expect((await faultOf(peer, { type: "say", id: "n" })).message).toMatch(NEITHER);
    expect((await faultOf(peer, { type: "say", id: "b", text: "hi", act })).message).toMatch(BOTH);
    const { events, headers } = await HttpBuyer.open(gateway.url);
    const messages = events.replace(/events$/, "messages");
    const detail = async (body: object) =>
      (await post<{ detail: string }>(messages, body, { ...headers, "idempotency-key": newKey() })).body
        .detail;
    expect(await detail({})).toMatch(NEITHER);
    expect(await detail({ text: "hi", act })).toMatch(BOTH);
    peer.close();
  });

  it("of an act nobody knows, and of an item that is none", async () => {
    const peer = await Peer.open(gateway.ws);
    await peer.next("welcome");
    const unknown = await faultOf(peer, { type: "say", id: "u", act: { act: "haggle" } });
    expect(unknown).toMatchObject({
      code: "bad_frame",
      message: expect.stringMatching(/^act\.act: .*'help'/),
    });
    const lines = [{ item: { product: "HS-B1" } }];
    const none = await faultOf(peer, { type: "say", id: "i", act: { act: "propose", lines } });
    expect(none.message).toMatch(/^act\.lines\.0\.item: .*\{sku\}, \{query\} or \{ref\}/);
    peer.close();
  });

  it("of a word on a reply that does not exist: there is none yet, or another event is there", async () => {
    const peer = await Peer.open(gateway.ws);
    await peer.next("welcome");
    const rated = (of: number) => faultOf(peer, { type: "feedback", id: "f", of, helpful: true });
    const missing = "there is no event 9 yet; `of` names a reply by its `seq`";
    expect(await rated(9)).toEqual({ code: "not_found", message: missing });
    const other = "event 1 is no reply but `opened`; `of` names a reply by its `seq`";
    expect(await rated(1)).toEqual({ code: "not_found", message: other });
    const cut = await faultOf(peer, { type: "cancel", id: "c" });
    expect(cut).toEqual({ code: "not_found", message: "nothing was answered yet, so there is no reply" });
    expect((await peer.say({ id: "on", act: { act: "greet" } })).fault).toBeNull();
    const buyer = await HttpBuyer.open(gateway.url);
    const url = buyer.events.replace(/events$/, "feedback");
    const { status, body } = await post(url, { of: 4, helpful: true }, buyer.headers);
    expect([status, body.code]).toEqual([404, "not_found"]);
    peer.close();
  });
});

describe("a reply is cut off", () => {
  it("once, however often that is said, and after no more than was said of it", async () => {
    const peer = await Peer.open(gateway.ws);
    const { session, secret } = await peer.next("welcome");
    const { seq, reply } = await peer.say({ id: "a", act: { act: "help" } });
    for (const heard of [1_000_000, 1_000_000, 3]) peer.send({ type: "cancel", id: "c", of: seq, heard });
    await peer.say({ id: "b", act: { act: "greet" } });
    peer.send({ type: "cancel", id: "d", heard: 4 });
    await peer.say({ id: "e", act: { act: "thank" } });
    const authorization = `Bearer ${secret}`;
    const events = `${gateway.url}/v1/sessions/${session}/events`;
    const cuts = (await logOf({ events, headers: { authorization } })).filter(
      ({ kind }) => kind === "interrupted",
    );
    const { text = "", speech = "" } = reply?.words ?? {};
    expect(cuts).toMatchObject([
      { of: seq, heard: Math.max(text.length, speech.length) },
      { of: seq + 3, heard: 4 },
    ]);
    peer.close();
  });
});

describe("a currency that is not sold in", () => {
  it("is refused by the shop window with the currencies there are", async () => {
    const { status, headers, body } = await get(`${gateway.url}/v1/shop?currency=EUR`);
    const detail = "this vendor sells in USD, KRW; name one of them";
    expect([status, headers.get("content-type")]).toEqual([422, "application/problem+json"]);
    expect(Problem.parse(body)).toMatchObject({ code: "unsupported_currency", detail });
    expect((await get(`${gateway.url}/v1/shop?currency=KRW`)).status).toBe(200);
  });

  it("where an order is to go is refused with the one it is sold in there, at first and later on", async () => {
    const peer = await Peer.open(gateway.ws, { currency: "USD", ship_to: { country: "KR" } });
    const { code, message } = await peer.next("fault");
    expect([code, message]).toEqual([
      "unsupported_currency",
      expect.stringMatching(/KR is sold in KRW.*`currency` KRW/),
    ]);
    peer.send({ type: "hello", currency: "USD" });
    await peer.next("welcome");
    const { id: offer, hash } = await offered(peer, "CH-PC");
    const ship_to = {
      country: "KR",
      postal_code: "04524",
      name: "Yoon",
      lines: ["세종대로 110"],
      city: "서울",
    };
    const details = { ...DETAILS, ship_to };
    const taken = await peer.say({ id: newId(), act: { act: "accept", offer, hash, details } });
    expect(taken.fault).toMatchObject({ code: "ship_to_changed", message: expect.stringContaining("KRW") });
    await peer.say({ id: newId(), act: { act: "inform", details: { ship_to } } });
    const { reply } = await peer.say({ id: newId(), act: wish("CH-PC") });
    expect(reply?.move.reasons).toEqual(["does_not_ship_there"]);
    expect(reply?.words?.text).toMatch(/deliver to: United States\. Orders to South Korea are paid in KRW/);
    peer.close();
  });
});

describe("a state of the United States", () => {
  it.each(["CA", "ca", "US-CA", "California", " new  york "])("is understood as %j", async (region) => {
    const peer = await Peer.open(gateway.ws, { currency: "USD", ship_to: { country: "US", region } });
    await peer.next("welcome");
    const { ship_to, tax } = await offered(peer, "CH-PC");
    const expected = region.includes("york") ? ["NY", 400] : ["CA", 725];
    expect([ship_to.region, tax.rate_bp]).toEqual(expected);
    peer.close();
  });

  it("that is none is refused with the forms that are taken, unless a postal code says which", async () => {
    const ship_to = { country: "US", region: "Californa" };
    const peer = await Peer.open(gateway.ws, { currency: "USD", ship_to });
    const { code, message } = await peer.next("fault");
    expect(code).toBe("bad_frame");
    expect(message).toMatch(/^ship_to\.region: "Californa" is no state .*as CA, or its name, as California/);
    const { status, body } = await post(
      ...([`${gateway.url}/v1/sessions`, { currency: "USD", ship_to }] as const),
      { "idempotency-key": newKey() },
    );
    expect([status, body.code]).toEqual([422, "bad_frame"]);
    peer.send({ type: "hello", currency: "USD", ship_to: { ...ship_to, postal_code: "94107" } });
    await peer.next("welcome");
    expect((await offered(peer, "CH-PC")).ship_to.region).toBe("CA");
    peer.close();
  });
});
