import { readFileSync } from "node:fs";
import { join } from "node:path";
import { afterAll, beforeAll, describe, expect, it, vi } from "vitest";
import type { Offer } from "../../src/domain/offer.ts";
import type { IntentView } from "../../src/domain/reply.ts";
import type { ServerFrame, Welcome } from "../../src/protocol/frames.ts";
import { Peer, type RunningGateway } from "../harness.ts";
import { get, HttpBuyer, newKey, post } from "../transport/http-client.ts";
import { newId, offered, outcome, stockOf, taking, wish } from "./buying.ts";
import {
  answered,
  eventsOf,
  insisted,
  joined,
  logOf,
  type Nodes,
  numbersOf,
  opened,
  type Pair,
  pairOf,
  upTo,
} from "./two-nodes.ts";

const greet = { act: "greet" };

/** On a busy machine a search by words may end before it found anything. */
async function untilOffered(peer: Peer, sku: string, quantity = 1): Promise<Offer> {
  return vi.waitFor(() => offered(peer, sku, quantity), { timeout: 60_000, interval: 100 });
}

/** What two gateways of one vendor promise to whoever talks to both, over any store and any bus. */
export function nodesSuite(name: string, nodes: () => Promise<Nodes>): void {
  describe(`two gateways, ${name}`, () => {
    let pair: Pair;
    beforeAll(async () => {
      pair = await pairOf(await nodes());
    });
    afterAll(() => pair?.close());

    const tokens = ({ home }: RunningGateway) =>
      JSON.parse(readFileSync(join(home, "tokens.json"), "utf8")) as { staff: string; receiver: string };

    it("make one set of keys and secrets, though both started at once", async () => {
      const jwks = ({ url }: RunningGateway) => get<object>(`${url}/.well-known/jwks.json`);
      expect((await jwks(pair.a)).body).toEqual((await jwks(pair.b)).body);
      const status = ({ url, home }: RunningGateway) =>
        post(
          `${url}/v1/orders/none/status`,
          { status: "accepted" },
          {
            authorization: `Bearer ${tokens({ home } as RunningGateway).receiver}`,
          },
        );
      expect((await status(pair.a)).body.code).toBe("unknown_order");
      expect((await status(pair.b)).body.code).toBe("unknown_order");
    });

    it("go on with one conversation in turn, and either knows the whole of it", async () => {
      const { peer, told } = await opened(pair.a);
      const offer = await untilOffered(peer, "CH-TS", 2);
      const there = await joined(pair.b, told);
      expect(await answered(there, taking(offer))).toBe("accepted");
      expect(await answered(peer, { act: "order_status" })).toBe("order_status");
      expect(await answered(there, taking(offer))).toBe("offer_already_accepted");
      const log = await logOf(pair.b, told);
      expect(log.map(({ seq }) => seq)).toEqual(upTo(log.length));
      expect((await logOf(pair.a, told)).map((each) => JSON.stringify(each))).toEqual(
        log.map((each) => JSON.stringify(each)),
      );
      await expect.poll(() => numbersOf(peer)).toEqual(upTo(log.length, 2));
      await expect.poll(() => numbersOf(there)).toEqual(upTo(log.length));
      peer.close();
      there.close();
    });

    it("take what two tabs say at both at once, each message once, and tell both the same", async () => {
      const { peer, told } = await opened(pair.a);
      const other = await joined(pair.b, told, 1);
      const each = 15;
      // One at a time on each side: what one says meets what the other does.
      const talk = async (tab: Peer, side: string) => {
        for (let n = 0; n < each; n++) {
          tab.send({ type: "say", id: `${side}${n}`, act: greet });
          const answer = await tab.until(
            (frame) => (frame.type === "ack" || frame.type === "fault") && frame.id === `${side}${n}`,
            `the ack of ${side}${n}`,
          );
          expect(answer).toMatchObject({ type: "ack" });
        }
      };
      await Promise.all([talk(peer, "a"), talk(other, "b")]);
      const last = 1 + 4 * each;
      await expect.poll(() => numbersOf(peer).at(-1)).toBe(last);
      await expect.poll(() => numbersOf(other).at(-1)).toBe(last);
      expect(numbersOf(peer)).toEqual(upTo(last, 2));
      expect(numbersOf(other)).toEqual(upTo(last, 2));
      const said = (await logOf(pair.a, told)).flatMap(({ event }) =>
        event.kind === "message" ? [event.message.id] : [],
      );
      expect(said.toSorted()).toEqual(
        ["a", "b"].flatMap((side) => Array.from({ length: each }, (_, n) => `${side}${n}`)).toSorted(),
      );
      peer.close();
      other.close();
    });

    it("store a message once that is sent a hundred times over both, and acknowledge it alike", async () => {
      const { peer, told } = await opened(pair.a);
      const offer = await untilOffered(peer, "CH-PC");
      const order = { type: "say", id: "the-one", act: taking(offer) };
      const at = [
        peer,
        await joined(pair.b, told, 1),
        await joined(pair.a, told, 1),
        await joined(pair.b, told, 1),
      ];
      let sent = 0;
      const acks = () =>
        at.flatMap(({ frames }) => frames.filter((frame) => frame.type === "ack" && frame.id === order.id));
      while (sent < 100) {
        // As many as may wait.
        for (const each of at) {
          for (let n = 0; n < 5; n++) each.send(order);
          sent += 5;
        }
        await expect.poll(() => acks().length).toBe(sent);
      }
      expect(new Set(acks().map((ack) => ("seq" in ack ? ack.seq : 0))).size).toBe(1);
      expect(acks().filter((ack) => !("duplicate" in ack))).toHaveLength(1);
      const log = await logOf(pair.b, told);
      const stored = log.filter(({ event }) => event.kind === "message" && event.message.id === order.id);
      expect(stored).toHaveLength(1);
      expect(log.flatMap(({ event }) => (event.kind === "reply" ? event.move.intents : []))).toHaveLength(1);
      for (const each of at) each.close();
    });

    it("open one session for one Idempotency-Key, though it comes to both at once", async () => {
      const key = newKey();
      const open = ({ url }: RunningGateway) =>
        post<Welcome>(`${url}/v1/sessions`, { lang: "en" }, { "idempotency-key": key });
      const answers = await Promise.all([pair.a, pair.b, pair.a, pair.b].map(open));
      expect(answers.map(({ status }) => status)).toEqual([201, 201, 201, 201]);
      expect(new Set(answers.map(({ body }) => `${body.session} ${body.secret}`)).size).toBe(1);
      const replayed = answers.map(({ headers }) => headers.get("idempotent-replayed"));
      expect(replayed.filter((header) => header === null)).toHaveLength(1);
    });

    it("tell the buyer at one what the vendor's system answers at the other", async () => {
      const { peer, told } = await opened(pair.a);
      const offer = await untilOffered(peer, "CH-TS");
      const taken = await peer.say({ id: newId(), act: taking(offer) });
      const order = taken.reply?.move.intents[0] as IntentView;
      const authorization = `Bearer ${tokens(pair.b).receiver}`;
      const answer = (status: string) =>
        post<{ status: string }>(`${pair.b.url}/v1/orders/${order.id}/status`, { status }, { authorization });
      expect((await answer("accepted")).body.status).toBe("accepted");
      const frame = await peer.until(
        (each) => each.type === "event" && each.event.kind === "order",
        "an order",
      );
      expect(frame).toMatchObject({ event: { by: "system", intent: { id: order.id, status: "accepted" } } });
      expect(await outcome(peer, { act: "order_status", intent: order.id })).toBe("order_status");
      expect((await answer("executed")).body.status).toBe("executed");
      expect(await outcome(peer, { act: "cancel_order", intent: order.id })).toBe("order_not_cancellable");
      const log = await logOf(pair.b, told);
      await expect.poll(() => numbersOf(peer)).toEqual(upTo(log.length, 2));
      peer.close();
    });

    it("let staff at one watch and decide what a buyer does at the other, each turn once and in order", async () => {
      const { peer, told } = await opened(pair.a);
      const staff = await Peer.open(pair.b.ws, {
        role: "operator",
        key: tokens(pair.b).staff,
        session: told.session,
      });
      await staff.next("welcome");
      const offer = await untilOffered(peer, "DS-P120", 40);
      const { reply } = await peer.say({ id: newId(), act: taking(offer) });
      const [intent] = reply?.move.intents ?? [];
      expect(intent?.status).toBe("approval_pending");
      const frames = () =>
        staff.frames as readonly (ServerFrame | { type: "staff"; n: number; concerns: number })[];
      const records = () =>
        frames().flatMap((frame) => (frame.type === "staff" && "n" in frame ? [frame.n] : []));
      const replies = async () =>
        (await logOf(pair.b, told)).flatMap(({ seq, event }) => (event.kind === "reply" ? [seq] : []));
      const before = await replies();
      await expect.poll(records).toEqual(upTo(before.length));
      staff.send({ type: "decide", id: "d1", intent: intent?.id, verdict: "approve" });
      const frame = await peer.until(
        (each) => each.type === "event" && each.event.kind === "order",
        "the verdict",
      );
      expect(frame).toMatchObject({ event: { by: "operator", intent: { status: "pending" } } });
      await peer.say({ id: newId(), act: greet });
      const after = await replies();
      expect(after).toHaveLength(before.length + 1);
      await expect.poll(records).toEqual(upTo(after.length));
      await expect.poll(() => numbersOf(staff)).toEqual(upTo(after.at(-1) ?? 0));
      const concerns = frames().flatMap((each) => ("concerns" in each ? [each.concerns] : []));
      expect(concerns).toEqual(after);
      peer.close();
      staff.close();
    });

    it("sell the last units once, whoever asks where", async () => {
      const sku = "CH-DR";
      const left = await stockOf(pair.a.ws, sku);
      const buyers = await Promise.all(
        Array.from({ length: left + 10 }, async (_, n) => (await opened(n % 2 ? pair.a : pair.b)).peer),
      );
      const offers = await Promise.all(buyers.map((peer) => untilOffered(peer, sku)));
      const outcomes = await Promise.all(
        buyers.map((peer, n) => outcome(peer, taking(offers[n] as (typeof offers)[number]))),
      );
      expect(outcomes.filter((each) => each === "accepted")).toHaveLength(left);
      expect(outcomes.filter((each) => each === "out_of_stock")).toHaveLength(10);
      for (const peer of buyers) peer.close();
    });

    it("serve over HTTP what was said over a socket elsewhere, and the other way round", async () => {
      const buyer = await HttpBuyer.open(pair.a.url);
      const elsewhere = new HttpBuyer(pair.b.url, buyer.welcome);
      await buyer.say({ act: wish("CH-TS") }, "first");
      const { body } = await elsewhere.say({ act: wish("CH-PC") }, "second");
      expect(body.ack.seq).toBe(4);
      const again = await elsewhere.say({ act: wish("CH-TS") }, "first");
      expect(again.headers.get("idempotent-replayed")).toBe("true");
      expect(again.body.ack.seq).toBe(2);
      expect((await elsewhere.say<{ code: string }>({ act: greet }, "first")).body.code).toBe("id_reused");
      expect((await buyer.page()).body.events).toHaveLength(5);
    });

    it("lose nothing that was acknowledged when one is killed, and the other serves its sessions at once", async () => {
      const talks = await Promise.all(
        Array.from({ length: 12 }, async () => {
          const { peer, told } = await opened(pair.a);
          for (let n = 0; n < 6; n++) peer.send({ type: "say", id: `m${n}`, act: wish("CH-TS", n + 1) });
          return { peer, told };
        }),
      );
      await talks[3]?.peer.next("ack");
      await pair.a.kill();
      await Promise.all(talks.map(({ peer }) => peer.closed));
      for (const { peer, told } of talks) {
        const acked = peer.frames.flatMap((frame) => (frame.type === "ack" ? [frame] : []));
        const back = await joined(pair.b, told);
        await insisted(
          back,
          Array.from({ length: 6 }, (_, n) => ({ id: `m${n}`, act: wish("CH-TS", n + 1) })),
          13,
        );
        expect(numbersOf(back)).toEqual(upTo(13));
        const log = await logOf(pair.b, told);
        for (const { id, seq } of acked)
          expect(log[seq - 1]?.event).toMatchObject({ kind: "message", message: { id } });
        back.close();
      }
      pair.a = await pair.again();
    });

    it("hand over when one after the other is restarted: peers are told when to come, and find all they said", async () => {
      const { peer, told } = await opened(pair.a);
      for (let n = 0; n < 5; n++) peer.send({ type: "say", id: `m${n}`, act: greet });
      const ending = pair.a.stop();
      expect((await peer.next("reconnect")).after_ms).toBeGreaterThanOrEqual(0);
      expect(await peer.closed).toEqual({ code: 4503, reason: "draining" });
      expect(await ending).toBe(0);
      const back = await joined(pair.b, told);
      await insisted(
        back,
        Array.from({ length: 5 }, (_, n) => ({ id: `m${n}`, act: greet })),
        11,
      );
      pair.a = await pair.again();
      const next = pair.b.stop();
      expect(await back.closed).toEqual({ code: 4503, reason: "draining" });
      expect(await next).toBe(0);
      const home = await joined(pair.a, told);
      expect((await home.say({ id: "after", act: greet })).seq).toBe(13);
      expect(eventsOf(home).map(({ seq }) => seq)).toEqual([...upTo(11), 13]);
      home.close();
      pair.b = await pair.again();
    });
  });
}
