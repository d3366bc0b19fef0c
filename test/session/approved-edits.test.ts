import fc from "fast-check";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import type { EventOf } from "../../src/domain/event.ts";
import type { Intent } from "../../src/domain/intents/index.ts";
import type { Offer } from "../../src/domain/offer.ts";
import type { Staff } from "../../src/domain/staff.ts";
import { counterOrder } from "../../src/session/counter.ts";
import { decideApproval } from "../../src/session/orders.ts";
import { logOf } from "../../src/session/replay.ts";
import { DETAILS, taking, wish } from "./buying.ts";
import { BUYER, OPENING, type OpenedHouse, openHouse } from "./opened-house.ts";

const ITEM = "HS-B1";
/** Minor units: some eleven of them come to more. */
const ABOVE = 100_000;
const boss: Staff = { id: "boss", name: "Jun", role: "manager", until: null };

let house: OpenedHouse;
beforeAll(async () => {
  house = await openHouse(undefined, null, { approval_above: { USD: ABOVE } });
  house.stock(ITEM, 1_000_000);
});
afterAll(() => house.close());

let messages = 0;

async function bargain() {
  const { gateway, store } = house;
  const { session } = await gateway.open(OPENING, BUYER);
  const { id } = session;
  /** What staff said yes to: hashes of offers they made, and orders they approved. */
  const yes = new Set<string>();
  const say = async (act: object) => {
    messages += 1;
    return session.submit({ id: `e${messages}`, act: act as never }, null).then(
      () => last(),
      ({ code }: { code: string }) => code,
    );
  };
  const log = () => logOf(id, store);
  const last = async () =>
    (await log()).findLast(({ event }) => event.kind === "reply")?.event as EventOf<"reply">;
  const offers = async (): Promise<Offer[]> =>
    (await log()).flatMap(({ event }) => (event.kind === "reply" ? event.move.offers : []));
  const pending = async () => (await store.intentsOf(id)).find(({ status }) => status === "approval_pending");
  return {
    ...{ id, say, offers, last },
    ask: (quantity: number) => say(wish(ITEM, quantity)),
    accept: (offer: Offer) => say(taking(offer)),
    edit: async (quantity: number, off_bp = 0): Promise<Offer | string> => {
      const order = await pending();
      const list = (await offers())[0]?.lines[0]?.list_price ?? 0;
      const unit_price = Math.round((list * (10_000 - off_bp)) / 10_000);
      if (!order) return "none";
      return counterOrder(
        gateway,
        order.id,
        { lines: [{ sku: ITEM, quantity, unit_price }], terms: {} },
        boss,
      ).then(
        async ({ offer: { id: of, hash } }) => {
          yes.add(hash);
          return (await offers()).findLast((one) => one.id === of && one.hash === hash) ?? "not told";
        },
        ({ code }: { code: string }) => code,
      );
    },
    decide: async (verdict: "approve" | "decline") => {
      const order = await pending();
      if (!order) return;
      const { status } = await decideApproval(gateway, order.id, { verdict }, "staff:boss");
      if (status === "pending") yes.add(order.id);
    },
    /** Orders that are signed, as they were signed. */
    signed: async (): Promise<Intent[]> =>
      (await store.intentsOf(id)).flatMap(({ jws, payload }) => (jws ? [JSON.parse(payload) as Intent] : [])),
    yes,
  };
}

describe("an offer that somebody made who may approve", () => {
  test("binds at once when it is accepted, on that person's say, and once", async () => {
    const talk = await bargain();
    await talk.ask(30);
    const [first] = await talk.offers();
    expect(await talk.accept(first as Offer)).toMatchObject({ move: { act: "approval_pending" } });
    const made = (await talk.edit(40, 300)) as Offer;
    expect(await talk.last()).toMatchObject({ by: "operator", approved: true });
    expect(made.totals.total).toBeGreaterThan(ABOVE);
    expect(await talk.accept({ ...made, hash: first?.hash ?? "" })).toBe("offer_hash_mismatch");
    expect(await talk.accept(made)).toMatchObject({
      move: { act: "accepted", intents: [{ offer: made.id, status: "pending", jws: expect.any(String) }] },
    });
    expect(await talk.signed()).toMatchObject([
      { offer: { hash: made.hash }, authority: { by: "operator" }, payer: DETAILS.payer },
    ]);
    expect(await talk.accept(made)).toBe("offer_already_accepted");
    expect((await house.replayed(talk.id)).differences).toEqual([]);
  });

  test("is approved no more than it says: anything else of the buyer's waits again", async () => {
    const talk = await bargain();
    await talk.ask(30);
    await talk.accept((await talk.offers())[0] as Offer);
    await talk.edit(30, 300);
    await talk.ask(31);
    const more = (await talk.offers()).at(-1) as Offer;
    expect(more.lines).toMatchObject([{ quantity: 31 }]);
    expect(await talk.accept(more)).toMatchObject({ move: { act: "approval_pending" } });
    expect(await talk.signed()).toEqual([]);
  });

  test("binds nothing once it lapsed, its goods are gone or the limits are raised", async () => {
    const lapsed = await bargain();
    await lapsed.ask(30);
    await lapsed.accept((await lapsed.offers())[0] as Offer);
    const made = (await lapsed.edit(30, 300)) as Offer;
    house.pass(16 * 60_000);
    expect(await lapsed.accept(made)).toBe("offer_expired");
    const gone = await bargain();
    await gone.ask(30);
    await gone.accept((await gone.offers())[0] as Offer);
    const scarce = (await gone.edit(30, 300)) as Offer;
    const stock = house.stock(ITEM);
    house.stock(ITEM, 3);
    expect(await gone.accept(scarce)).toBe("out_of_stock");
    house.stock(ITEM, stock);
    const stricter = house.again({
      policy: () => {
        const { limits, ...rest } = house.gateway.house.policy();
        const rules = limits.rules.map((rule) => ({ ...rule, floor_bp: 9_900 }));
        return { ...rest, limits: { ...limits, rules } };
      },
    });
    const there = await stricter.find(gone.id);
    const refused = await there
      .submit({ id: "raised", act: taking(scarce) as never }, null)
      .catch(({ code }: { code: string }) => code);
    expect(refused).toBe("below_limit");
    expect(await gone.accept(scarce)).toMatchObject({ move: { act: "accepted" } });
  });

  test("is the only thing that binds above the threshold without a yes to the order itself", async () => {
    const step = fc.oneof(
      fc.record({ do: fc.constant("ask" as const), n: fc.integer({ min: 1, max: 40 }) }),
      fc.record({ do: fc.constant("accept" as const), n: fc.nat(3) }),
      fc.record({ do: fc.constant("edit" as const), n: fc.integer({ min: 1, max: 40 }) }),
      fc.record({ do: fc.constantFrom("approve" as const, "decline" as const), n: fc.constant(0) }),
      fc.record({ do: fc.constant("pass" as const), n: fc.integer({ min: 1, max: 20 }) }),
    );
    let beyond = 0;
    await fc.assert(
      fc.asyncProperty(fc.array(step, { minLength: 4, maxLength: 14 }), async (steps) => {
        const talk = await bargain();
        await talk.ask(30);
        await talk.accept((await talk.offers())[0] as Offer);
        for (const { do: what, n } of steps) {
          if (what === "ask") await talk.ask(n);
          else if (what === "edit") await talk.edit(n, n * 20);
          else if (what === "pass") house.pass(n * 60_000);
          else if (what === "accept") {
            const offer = (await talk.offers()).at(-1 - n);
            if (offer) await talk.accept(offer);
          } else await talk.decide(what);
        }
        const signed = await talk.signed();
        for (const { id, offer, totals, authority } of signed) {
          const said = talk.yes.has(offer.hash) || talk.yes.has(id);
          if (totals.total > ABOVE) beyond += 1;
          if (totals.total > ABOVE) expect([said, authority.by]).toEqual([true, "operator"]);
        }
        expect(new Set(signed.map(({ offer }) => offer.hash)).size).toBe(signed.length);
        expect((await house.replayed(talk.id)).differences).toEqual([]);
      }),
      { numRuns: 40 },
    );
    expect(beyond).toBeGreaterThan(5);
  });
});
