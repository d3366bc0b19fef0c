import { afterAll, beforeAll, beforeEach, describe, expect, it } from "vitest";
import { Act } from "../../src/domain/act.ts";
import type { Offer } from "../../src/domain/offer.ts";
import type { Move } from "../../src/domain/reply.ts";
import { answerOrder } from "../../src/session/orders.ts";
import { openGateway, startGateway } from "../harness.ts";
import { buyerAt, DETAILS, newId, offered, stockOf, taking, wish } from "./buying.ts";
import { BUYER, OPENING, type OpenedHouse, openHouse } from "./opened-house.ts";

const MINUTE = 60_000;
const ITEM = "DS-L120";
const LIST = 42_900;
const CODE_OFF = 4_290;

let house: OpenedHouse;
const sessions: string[] = [];

/** A buyer with a session of its own; a refused message gives the code of its fault. */
async function buyer() {
  const { session } = await house.gateway.open(OPENING, BUYER);
  sessions.push(session.id);
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
    offer: async (one: object = wish(ITEM)): Promise<Offer> => offerIn(await act(one)),
    take: async (offer: Offer): Promise<string> =>
      act(taking(offer)).then(
        (move) => move.act,
        (fault: { code: string }) => fault.code,
      ),
  };
}
type Buyer = Awaited<ReturnType<typeof buyer>>;

function offerIn({ offers, act, reasons }: Move): Offer {
  const [offer] = offers;
  if (!offer) throw new Error(`no offer but ${act} because of ${reasons.join(", ")}`);
  return offer;
}

const withCode = { ...wish(ITEM), codes: ["WELCOME10"] };
const cheaper = (unit_price: number) => ({
  act: "propose",
  lines: [{ item: { sku: ITEM }, quantity: 1, unit_price }],
});

/** Asks for less until the last round; gives every offer on the way. */
async function haggled(peer: Buyer, unit_price = Math.floor(LIST * 0.8)): Promise<Offer[]> {
  const offers: Offer[] = [];
  for (let round = 0; round < 10; round++) offers.push(await peer.offer(cheaper(unit_price)));
  return offers;
}

async function differences(): Promise<readonly string[]> {
  const found: string[] = [];
  for (const id of sessions) found.push(...(await house.replayed(id)).differences);
  return found;
}

describe("the last unit", () => {
  beforeAll(async () => {
    house = await openHouse();
  });
  afterAll(() => house.close());
  beforeEach(() => {
    sessions.length = 0;
    house.stock(ITEM, 1);
  });

  it("is kept for whoever was read back the offer, until ten minutes have passed", async () => {
    const [first, second] = [await buyer(), await buyer()];
    const offer = await first.offer();
    const early = await second.offer();
    expect((await first.words("ok, I'll take it")).reasons).toEqual(["details_missing"]);
    expect(await second.act(wish(ITEM))).toMatchObject({ act: "decline", reasons: ["out_of_stock"] });
    expect(await second.take(early)).toBe("out_of_stock");
    const search = { act: "search", query: "standing desk 120", filters: { in_stock: true } };
    expect((await second.act(search)).results.map(({ sku }) => sku)).not.toContain(ITEM);
    expect((await first.act(search)).results.map(({ sku }) => sku)).toContain(ITEM);
    house.pass(10 * MINUTE - 1);
    expect((await second.act(wish(ITEM))).reasons).toEqual(["out_of_stock"]);
    house.pass(1);
    const late = await second.offer();
    expect(await second.take(late)).toBe("accepted");
    expect(await first.take(offer)).toBe("out_of_stock");
    expect(house.stock(ITEM)).toBe(0);
    expect(await differences()).toEqual([]);
  });

  it("is sold to the one that holds it, and held no longer by talking on", async () => {
    const [first, second] = [await buyer(), await buyer()];
    const offer = await first.offer();
    await first.words("ok, I'll take it");
    house.pass(9 * MINUTE);
    await first.act({ act: "inform", details: { ship_to: DETAILS.ship_to } });
    house.pass(MINUTE);
    expect((await second.act(wish(ITEM))).offers).toHaveLength(1);
    expect(await first.take(offer)).toBe("accepted");
    expect(await differences()).toEqual([]);
  });

  it("is held no longer by a no and asking for the same again, nor for more of it, nor for it once it has ended", async () => {
    const [first, second] = [await buyer(), await buyer()];
    const again = async (one: object = wish(ITEM)) => {
      await first.act({ act: "reject" });
      await first.offer(one);
      expect((await first.words("ok, I'll take it")).reasons).toEqual(["details_missing"]);
    };
    const reasons = async () => (await second.act(wish(ITEM))).reasons;
    await first.offer();
    await first.words("ok, I'll take it");
    house.pass(9 * MINUTE);
    await again();
    expect(await reasons()).toEqual(["out_of_stock"]);
    house.pass(MINUTE);
    expect(await reasons()).not.toContain("out_of_stock");
    house.stock(ITEM, 8);
    await again(wish(ITEM, 2));
    expect((await second.offer(wish(ITEM, 8))).lines[0]?.quantity).toBe(8);
    house.pass(20 * MINUTE);
    await again();
    expect((await second.offer(wish(ITEM, 8))).lines[0]?.quantity).toBe(8);
    expect(await differences()).toEqual([]);
  });

  it("is held once more, and no more often, when a final offer is read back", async () => {
    const [first, second] = [await buyer(), await buyer()];
    await haggled(first);
    const reasons = async () => (await second.act(wish(ITEM))).reasons;
    for (const [minutes, held] of [
      [2, true],
      [9, true],
      [1, false],
    ] as const) {
      house.pass(minutes * MINUTE);
      await first.act({ act: "reject" });
      expect((await first.words("ok, I'll take it")).reasons).toEqual(["details_missing"]);
      expect((await reasons()).includes("out_of_stock")).toBe(held);
    }
    expect(await differences()).toEqual([]);
  });

  it("that was held and is sold is off the shelf once", async () => {
    house.stock(ITEM, 2);
    const [first, second] = [await buyer(), await buyer()];
    const offer = await first.offer();
    await first.words("ok, I'll take it");
    expect(await first.take(offer)).toBe("accepted");
    expect(await second.take(await second.offer())).toBe("accepted");
    expect(house.stock(ITEM)).toBe(0);
  });

  it.each([
    ["a no", { act: "reject" }],
    ["leaving", { act: "leave" }],
    ["an order of something else", wish("CH-PC")],
  ])("is let go by %s", async (_, release) => {
    const [first, second] = [await buyer(), await buyer()];
    await first.offer();
    await first.words("ok, I'll take it");
    await first.act(release);
    expect((await second.act(wish(ITEM))).offers).toHaveLength(1);
  });

  it("is kept for whoever was made a final offer, until that says no to it", async () => {
    const [first, second] = [await buyer(), await buyer()];
    const offers = await haggled(first);
    expect(offers.at(-1)?.final).toBe(true);
    expect((await second.act(wish(ITEM))).reasons).toEqual(["out_of_stock"]);
    await first.act({ act: "reject" });
    expect((await second.act(wish(ITEM))).offers).toHaveLength(1);
    await first.words("ok, I'll take it");
    expect((await second.act(wish(ITEM))).reasons).toEqual(["out_of_stock"]);
    expect(await first.take(offers.at(-1) as Offer)).toBe("accepted");
    expect(await differences()).toEqual([]);
  });

  it("can still be bought while many who are undecided hold as much as they may", async () => {
    house.stock(ITEM, 8);
    const crowd = await Promise.all(Array.from({ length: 12 }, () => buyer()));
    await Promise.all(crowd.map((each) => each.offer()));
    await Promise.all(crowd.map((each) => each.words("ok, I'll take it")));
    const bought = await Promise.all(
      Array.from({ length: 8 }, async () => {
        const one = await buyer();
        return one.offer().then(one.take, () => "nothing");
      }),
    );
    expect(bought.filter((outcome) => outcome === "accepted")).toHaveLength(4);
    house.pass(10 * MINUTE);
    const late = await buyer();
    expect((await late.offer(wish(ITEM, 4))).lines[0]?.quantity).toBe(4);
  });
});

describe("a unit that is held", () => {
  it("is so after the gateway was killed and has started again", async () => {
    const sku = "NB-14A-WHT";
    const before = await startGateway();
    const peer = await buyerAt(before.ws);
    await offered(peer, sku);
    const units = await stockOf(before.ws, sku);
    const { reply } = await peer.say({ id: newId(), text: "ok, I'll take it" });
    expect(reply?.move.reasons).toEqual(["details_missing"]);
    await before.kill();
    const after = await openGateway({ PARLEY_HOME: before.home });
    expect(await stockOf(after.ws, sku)).toBe(units - 1);
    await after.stop();
    before.remove();
  });
});

describe("a budget of the vendor's", () => {
  const MOST = 10_000;
  beforeEach(async () => {
    sessions.length = 0;
    house = await openHouse(undefined, null, {
      budgets: [{ id: "week", amount: { USD: MOST, KRW: 0 }, every: "week", published: false }],
    });
    return () => house.close();
  });

  /** Off the tag in all, from the orders' own figures. */
  const given = (offers: readonly Offer[]) =>
    offers.reduce((sum, { lines, totals }) => {
      const listed = lines.reduce((all, line) => all + line.list_price * line.quantity, 0);
      return sum + listed - (totals.goods - totals.discounts);
    }, 0);

  it("is not overspent by any number of buyers at once, and who comes late buys at the list price", async () => {
    const crowd = await Promise.all(Array.from({ length: 8 }, () => buyer()));
    const offers = await Promise.all(crowd.map((each) => each.offer(withCode)));
    expect(given(offers)).toBe(8 * CODE_OFF);
    const outcomes = await Promise.all(crowd.map((each, i) => each.take(offers[i] as Offer)));
    const sold = offers.filter((_, i) => outcomes[i] === "accepted");
    expect(sold).toHaveLength(2);
    expect(outcomes.filter((outcome) => outcome === "below_limit")).toHaveLength(6);
    expect(given(sold)).toBeLessThanOrEqual(MOST);
    const late = await buyer();
    const listed = await late.offer(withCode);
    expect(given([listed])).toBe(0);
    expect(await late.take(listed)).toBe("accepted");
    expect(await differences()).toEqual([]);
  });

  it("that is spent leaves no way to a lower price, and gives no other reason than usual", async () => {
    for (const each of [await buyer(), await buyer()]) await each.take(await each.offer(withCode));
    const late = await buyer();
    const move = await late.act(withCode);
    expect(move).toMatchObject({ act: "offer", reasons: ["code_not_applicable"] });
    for (const offer of await haggled(late)) expect(given([offer])).toBeLessThanOrEqual(MOST - 2 * CODE_OFF);
    expect(await differences()).toEqual([]);
  });

  it("takes back what an order was given that is cancelled or rejected", async () => {
    const [first, second, third] = [await buyer(), await buyer(), await buyer()];
    const orders: string[] = [];
    for (const each of [first, second]) {
      const { intents } = await each.act(taking(await each.offer(withCode)));
      orders.push(intents[0]?.id ?? "");
    }
    expect(given([await third.offer(withCode)])).toBe(0);
    await first.act({ act: "cancel_order" });
    expect(given([await third.offer(withCode)])).toBe(CODE_OFF);
    expect(await third.take(await third.offer(withCode))).toBe("accepted");
    await answerOrder(house.gateway, orders[1] ?? "", { status: "rejected" });
    const fourth = await buyer();
    expect(given([await fourth.offer(withCode)])).toBe(CODE_OFF);
    expect(await differences()).toEqual([]);
  });

  it("is never locked by one who has not decided, and sells an order that is too big to be held", async () => {
    const [first, second] = [await buyer(), await buyer()];
    const big = await first.offer({ ...wish(ITEM, 2), codes: ["WELCOME10"] });
    expect(given([big])).toBe(2 * CODE_OFF);
    expect((await first.words("ok, I'll take it")).reasons).toEqual(["details_missing"]);
    expect(given([await second.offer(withCode)])).toBe(CODE_OFF);
    expect(await first.take(big)).toBe("accepted");
    expect(given([await second.offer(withCode)])).toBe(0);
    expect(await differences()).toEqual([]);
  });

  it("is kept for an offer that waits to be confirmed, and begins anew with the week", async () => {
    const [first, second, third] = [await buyer(), await buyer(), await buyer()];
    for (const each of [first, second]) await each.offer(withCode);
    await first.words("ok, I'll take it");
    await second.take(await second.offer(withCode));
    expect(given([await third.offer(withCode)])).toBe(0);
    house.pass(10 * MINUTE);
    expect(given([await third.offer(withCode)])).toBe(CODE_OFF);
    await third.take(await third.offer(withCode));
    house.pass(7 * 24 * 60 * MINUTE);
    const later = await buyer();
    expect(given([await later.offer(withCode)])).toBe(CODE_OFF);
    expect(await differences()).toEqual([]);
  });
});
