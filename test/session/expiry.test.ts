import { join } from "node:path";
import { DatabaseSync } from "node:sqlite";
import { beforeEach, describe, expect, it } from "vitest";
import { Act } from "../../src/domain/act.ts";
import type { EventOf, Numbered } from "../../src/domain/event.ts";
import { Intent } from "../../src/domain/intents/index.ts";
import type { IntentView, Move } from "../../src/domain/reply.ts";
import type { Store } from "../../src/ports/store.ts";
import { expireOverdue } from "../../src/session/expiry.ts";
import { answerOrder, decideApproval } from "../../src/session/orders.ts";
import { openGateway, Peer, startGateway } from "../harness.ts";
import { post } from "../transport/http-client.ts";
import { bought, deliveredTo, newId, stockOf, taking, tokensOf, wish } from "./buying.ts";
import { BUYER, OPENING, type OpenedHouse, openHouse } from "./opened-house.ts";

const WAITS = 168 * 3_600_000;
const ITEM = "DS-L120";
/** 40 of these come to more than the vendor's code may sell alone. */
const LARGE = "DS-P120";

let house: OpenedHouse;
/** Sessions whose writes fail. */
const broken = new Set<string>();

const breaking = (store: Store): Store => ({
  ...store,
  append: (commit) =>
    broken.has(commit.session) ? Promise.reject(new Error("the disk is full")) : store.append(commit),
});

beforeEach(async () => {
  broken.clear();
  house = await openHouse(breaking, null, {
    budgets: [{ id: "week", amount: { USD: 1_000_000, KRW: 0 }, every: "always", published: false }],
  });
  house.stock(ITEM, 100);
  return () => house.close();
});

async function buyer() {
  const { session } = await house.gateway.open(OPENING, BUYER);
  const heard = async (message: object): Promise<Move> => {
    const { seq } = await session.submit({ id: newId(), ...message }, null);
    const [stored] = await house.store.read(session.id, seq, 1);
    return (JSON.parse(stored?.json ?? "{}") as { move: Move }).move;
  };
  const act = (one: object) => heard({ act: Act.parse(one) });
  return {
    id: session.id,
    act,
    words: (text: string) => heard({ text }),
    buy: async (sku = ITEM, quantity = 1, codes: string[] = []): Promise<IntentView> => {
      const [offer] = (await act({ ...wish(sku, quantity), codes })).offers;
      if (!offer) throw new Error(`no offer for ${sku}`);
      const [intent] = (await act(taking(offer))).intents;
      if (!intent) throw new Error(`${sku} was not sold`);
      return intent;
    },
    /** What the log says of orders beside replies. */
    news: async (): Promise<EventOf<"order">[]> => {
      const stored = await house.store.read(session.id, 0, 1_000);
      const events = stored.map(({ json }) => JSON.parse(json) as Numbered["event"]);
      return events.filter((event) => event.kind === "order");
    },
  };
}

const sweep = (gateway = house.gateway) => expireOverdue(gateway);
const statusOf = async ({ id }: IntentView) => (await house.store.intent(id))?.status;
const told = async () =>
  (await house.store.lease("receiver", "9", 1_000, "9")).map(({ id, topic }) => `${topic} ${id}`);

describe("an order that the vendor's system never answers", () => {
  it("expires at the instant that was signed and not before, and its unit is sold to the next buyer", async () => {
    house.stock(ITEM, 1);
    const [first, second] = [await buyer(), await buyer()];
    const order = await first.buy();
    const signed = Intent.parse(JSON.parse((await house.store.intent(order.id))?.payload ?? ""));
    expect(Date.parse(signed.expires_at) - Date.parse(signed.issued_at)).toBe(WAITS);
    house.pass(WAITS - 1);
    await sweep();
    expect(await statusOf(order)).toBe("pending");
    await expect(second.buy()).rejects.toThrow();
    house.pass(1);
    await sweep();
    expect(await statusOf(order)).toBe("expired");
    expect((await second.buy()).status).toBe("pending");
    expect(await first.news()).toMatchObject([
      { by: "gateway", at: signed.expires_at, intent: { id: order.id, status: "expired", jws: order.jws } },
    ]);
    expect((await first.act({ act: "order_status" })).intents).toMatchObject([{ status: "expired" }]);
    await expect(first.act({ act: "cancel_order", intent: order.id })).rejects.toMatchObject({
      code: "order_not_cancellable",
    });
    expect((await house.replayed(first.id)).differences).toEqual([]);
  });

  it("gives back what it took of a budget", async () => {
    const one = await buyer();
    const order = await one.buy(ITEM, 1, ["WELCOME10"]);
    const used = () => house.store.used(["week/always/USD"], { session: "", now: "" });
    expect(Object.values(await used())).toEqual([4_290]);
    house.pass(WAITS);
    await sweep();
    expect([await statusOf(order), Object.values(await used())]).toEqual(["expired", [0]]);
  });

  it("is told to that system once, and twice the same changes nothing", async () => {
    const one = await buyer();
    const order = await one.buy();
    house.pass(WAITS);
    await Promise.all([sweep(), sweep(), sweep(house.again())]);
    await sweep();
    expect(await told()).toEqual([`order.bound ${order.id}`, `order.expired ${order.id}.expired`]);
    expect([(await one.news()).length, house.stock(ITEM)]).toEqual([1, 100]);
  });

  it("refuses a late answer and says what to do, whether it was swept before or not", async () => {
    for (const swept of [true, false]) {
      const one = await buyer();
      const order = await one.buy();
      house.pass(WAITS);
      if (swept) await sweep();
      for (const status of ["accepted", "executed", "rejected", "cancelled"] as const)
        await expect(answerOrder(house.gateway, order.id, { status })).rejects.toMatchObject({
          code: "order_expired",
          message: expect.stringMatching(/expired at 2030-.*do not carry it out/),
        });
      expect([await statusOf(order), house.stock(ITEM), (await one.news()).length]).toEqual([
        "expired",
        100,
        1,
      ]);
    }
  });

  it("stays the vendor's to answer until then, and is kept once it was answered", async () => {
    for (const status of ["accepted", "executed"] as const) {
      const one = await buyer();
      const order = await one.buy();
      house.pass(WAITS - 1);
      expect(await answerOrder(house.gateway, order.id, { status })).toBe(status);
      house.pass(WAITS);
      await sweep();
      expect(await statusOf(order)).toBe(status);
    }
    expect(house.stock(ITEM)).toBe(98);
  });

  it("ends one way when the buyer cancels or another gateway answers at the same moment", async () => {
    for (let i = 0; i < 10; i++) {
      const one = await buyer();
      const order = await one.buy();
      house.pass(WAITS);
      await Promise.allSettled([
        one.act({ act: "cancel_order", intent: order.id }),
        answerOrder(house.again(), order.id, { status: "accepted" }),
        sweep(i % 2 === 0 ? house.gateway : house.again()),
      ]);
      expect([(await one.news()).length, house.stock(ITEM)]).toEqual([1, 100]);
      expect(["cancelled", "expired"]).toContain(await statusOf(order));
    }
  });

  it("holds up no other when it cannot be ended, and is ended by whoever comes after a crash", async () => {
    const orders: IntentView[] = [];
    for (let i = 0; i < 36; i++) {
      const one = await buyer();
      orders.push(await one.buy());
      if (i < 18) broken.add(one.id);
    }
    house.pass(WAITS);
    await sweep();
    expect(house.stock(ITEM)).toBe(100 - 18);
    broken.clear();
    await sweep(house.again());
    expect(house.stock(ITEM)).toBe(100);
    expect(new Set(await Promise.all(orders.map(statusOf)))).toEqual(new Set(["expired"]));
  });
});

describe("an order that nobody approves", () => {
  it("expires as well, gives its units back, and is told to nobody but the buyer", async () => {
    house.stock(LARGE, 40);
    const one = await buyer();
    const order = await one.buy(LARGE, 40);
    expect([order.status, house.stock(LARGE)]).toEqual(["approval_pending", 0]);
    house.pass(WAITS);
    await sweep();
    expect([await statusOf(order), house.stock(LARGE)]).toEqual(["expired", 40]);
    expect(await one.news()).toMatchObject([{ by: "gateway", intent: { status: "expired" } }]);
    expect(await told()).toEqual([]);
    await expect(
      decideApproval(house.gateway, order.id, { verdict: "approve" }, "staff"),
    ).rejects.toMatchObject({
      code: "order_expired",
    });
  });

  it("once approved gives the vendor's system the whole time from then on", async () => {
    house.stock(LARGE, 40);
    const one = await buyer();
    const order = await one.buy(LARGE, 40);
    house.pass(WAITS - 1);
    expect(await decideApproval(house.gateway, order.id, { verdict: "approve" }, "staff")).toMatchObject({
      status: "pending",
    });
    house.pass(WAITS - 1);
    await sweep();
    expect(await statusOf(order)).toBe("pending");
    house.pass(1);
    await sweep();
    expect([await statusOf(order), house.stock(LARGE)]).toEqual(["expired", 40]);
  });
});

describe("one session", () => {
  it("has 20 orders without an answer at most, typed or in words, and may go on once one was answered", async () => {
    const one = await buyer();
    const orders: IntentView[] = [];
    for (let i = 0; i < 20; i++) orders.push(await one.buy());
    const [offer] = (await one.act(wish(ITEM))).offers;
    if (!offer) throw new Error("no offer");
    const refusal = { code: "too_many_orders", message: expect.stringMatching(/20 orders .* cancel one/) };
    await expect(one.act(taking(offer))).rejects.toMatchObject(refusal);
    expect((await one.words("ok, I'll take it")).act).toBe("readback");
    await expect(one.words("yes")).rejects.toMatchObject(refusal);
    expect(house.stock(ITEM)).toBe(80);
    await answerOrder(house.gateway, orders[0]?.id ?? "", { status: "accepted" });
    expect((await one.words("yes")).act).toBe("accepted");
    await expect(one.buy()).rejects.toMatchObject(refusal);
    await one.act({ act: "cancel_order", intent: orders[1]?.id });
    expect((await one.buy()).status).toBe("pending");
  });
});

describe("a gateway that starts", () => {
  it("ends what fell due while it was down: the shelf is full, the buyer and the vendor's system are told", async () => {
    const before = await startGateway();
    const units = await stockOf(before.ws, "SL-14");
    const peer = await Peer.open(before.ws);
    const { session, secret, epoch } = await peer.next("welcome");
    const order = await bought(peer, "SL-14", 3);
    await before.kill();
    const db = new DatabaseSync(join(before.home, "parley.db"));
    db.exec("UPDATE intent SET payload = json_set(payload, '$.expires_at', '2020-01-01T00:00:00.000Z')");
    db.close();
    const after = await openGateway({ PARLEY_HOME: before.home });
    await expect.poll(() => stockOf(after.ws, "SL-14")).toBe(units);
    const back = await Peer.open(after.ws, { resume: { session, secret, epoch, seq: 1 } });
    const news = await back.until((one) => one.type === "event" && one.event.kind === "order", "order");
    expect(news).toMatchObject({ event: { by: "gateway", intent: { id: order.id, status: "expired" } } });
    // What was under way when it was killed is delivered again once its lease is over, behind what came later.
    const delivered = () => [...new Set(deliveredTo(after.home, order.id).map(({ topic }) => topic))].sort();
    await expect.poll(delivered).toEqual(["order.bound", "order.expired"]);
    const late = await post<{ code?: string }>(
      `${after.url}/v1/orders/${order.id}/status`,
      { status: "accepted" },
      { authorization: `Bearer ${tokensOf(after).receiver}` },
    );
    expect([late.status, late.body.code]).toEqual([410, "order_expired"]);
    back.close();
    await after.stop();
    after.remove();
  });
});
