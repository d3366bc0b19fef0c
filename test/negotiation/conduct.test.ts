import fc from "fast-check";
import { describe, expect, test } from "vitest";
import type { Act } from "../../src/domain/act.ts";
import type { Offer } from "../../src/domain/offer.ts";
import type { Proposal } from "../../src/domain/proposal.ts";
import type { Move } from "../../src/domain/reply.ts";
import { read } from "../../src/understanding/read.ts";
import { refer } from "../../src/understanding/refer.ts";
import { DETAILS, later, T0, Talk } from "./shop.ts";

type Ask = Pick<Partial<Proposal>, "total" | "off_bp" | "lower" | "terms" | "priorities"> & {
  want?: { sku: string; quantity?: number; unit_price?: number }[];
};

const WON = { currency: "KRW", ship_to: { country: "KR" }, lang: "ko" } as const;
const skus = fc.constantFrom("LAP", "MOU", "FIX", "COF");

const asks: fc.Arbitrary<Ask> = fc.oneof(
  fc.record({
    want: fc.array(fc.record({ sku: skus, quantity: fc.integer({ min: 1, max: 30 }) }), {
      minLength: 1,
      maxLength: 2,
    }),
  }),
  fc.record({
    want: fc
      .tuple(fc.record({ sku: skus, unit_price: fc.integer({ min: 1, max: 120_000 }) }))
      .map((one) => [...one]),
  }),
  fc.record({ total: fc.integer({ min: 1_000, max: 4_000_000 }) }),
  fc.record({ off_bp: fc.integer({ min: 100, max: 4_000 }) }),
  fc.constant({ lower: true }),
  fc.record({
    priorities: fc.uniqueArray(fc.constantFrom("delivery" as const, "warranty" as const, "price" as const), {
      minLength: 1,
    }),
  }),
  fc.record({
    terms: fc.record(
      {
        delivery: fc.constantFrom({ days_max: 1 }, { free: true }),
        warranty: fc.constantFrom({ months_min: 24 }, { free: true }),
        payment: fc.constant({ days_min: 30 }),
        gift: fc.constant("BAG"),
      },
      { requiredKeys: [] },
    ),
  }),
);

/** One talk of these proposals, some minutes apart. */
function played(
  steps: readonly (Ask & { wait?: number })[],
  opened: ConstructorParameters<typeof Talk>[0] = {},
) {
  const talk = new Talk({ rounds: 6, ...opened });
  let minutes = 0;
  const moves = steps.map(({ wait = 0, ...ask }) => {
    minutes += wait;
    talk.now = later(minutes);
    return { move: talk.propose(ask), at: talk.now };
  });
  return { talk, moves };
}

const steps = fc.array(
  fc.tuple(asks, fc.constantFrom(0, 0, 0, 1, 16)).map(([ask, wait]) => ({ ...ask, wait })),
  { minLength: 2, maxLength: 12 },
);

function goodsOf(offer: Offer): string {
  const lines = offer.lines.filter((line) => !line.gift).map(({ sku, quantity }) => `${quantity} ${sku}`);
  return [...lines.sort(), offer.terms.subscription?.id].join();
}

/** A gift beside the goods is worth something: without one an offer may cost less. */
function gives(one: Offer, offer: Offer): boolean {
  return offer.lines.every(
    (line) => !line.gift || one.lines.some(({ gift, sku }) => gift && sku === line.sku),
  );
}

function termsOf({ terms }: Offer): string {
  return [terms.delivery.id, terms.warranty.id, terms.payment.id, terms.returns.id].join();
}

describe("what was offered", () => {
  test("stays on the table: the same goods and terms never cost more while an offer for them is good", () => {
    fc.assert(
      fc.property(steps, fc.boolean(), (list, won) => {
        const { moves } = played(list, won ? WON : {});
        for (const [i, { move, at }] of moves.entries()) {
          for (const offer of move.offers) {
            const before = moves
              .slice(0, i)
              .flatMap((one) => one.move.offers)
              .filter(
                (one) =>
                  one.expires_at > at &&
                  gives(one, offer) &&
                  goodsOf(one) === goodsOf(offer) &&
                  termsOf(one) === termsOf(offer),
              );
            for (const one of before) expect(offer.totals.total).toBeLessThanOrEqual(one.totals.total);
          }
        }
      }),
      { numRuns: 300 },
    );
  });

  test("is not made dearer by asking for fewer pieces, down to the volume step they reached", () => {
    const talk = new Talk();
    talk.propose({ want: [{ sku: "MOU", quantity: 45 }] });
    for (let i = 0; i < 6; i += 1) talk.propose({ lower: true });
    const bargained = talk.propose({ lower: true }).offers[0] as Offer;
    const unit = bargained.lines[0]?.unit_price ?? 0;
    expect(unit).toBeLessThan(bargained.lines[0]?.list_price ?? 0);
    const fewer = talk.propose({ want: [{ sku: "MOU", quantity: 30 }] });
    expect(fewer.offers[0]?.lines[0]).toMatchObject({ quantity: 30, unit_price: unit });
    expect(fewer.reasons).not.toContain("price_changed");
    const few = talk.propose({ want: [{ sku: "MOU", quantity: 5 }] });
    expect(few.offers[0]?.lines[0]?.unit_price).toBe(4_900);
    expect(few.offers[0]?.discounts).toEqual([]);
    expect(few.reasons).toContain("price_changed");
  });

  test("is dearer only with the words that it is: a bargain for two goods ends when one of them goes", () => {
    const talk = new Talk();
    talk.propose({
      want: [
        { sku: "LAP", quantity: 2 },
        { sku: "COF", quantity: 10 },
      ],
    });
    for (let i = 0; i < 4; i += 1) talk.propose({ lower: true });
    const alone = talk.propose({ remove: [{ sku: "COF" }] });
    expect(alone.offers[0]?.lines[0]?.unit_price).toBe(89_900);
    expect(alone.reasons).toContain("price_changed");
  });

  test("is not called dearer when other goods join it or leave", () => {
    const talk = new Talk();
    talk.bundles = [];
    const alone = talk.propose({ want: [{ sku: "MOU", quantity: 10 }] });
    const joined = talk.propose({ want: [{ sku: "FIX", quantity: 1 }], counters: alone.offers[0]?.id ?? "" });
    expect(joined.offers[0]?.discounts).toEqual(alone.offers[0]?.discounts);
    expect(joined.reasons).toEqual([]);
    const left = talk.propose({ remove: [{ sku: "MOU" }] });
    expect(left.offers[0]?.lines).toEqual(joined.offers[0]?.lines.slice(1));
    expect(left.reasons).toEqual([]);
  });

  test("costs no more a piece in any later offer of that talk, unless the reply says so", () => {
    fc.assert(
      fc.property(steps, (list) => {
        const { talk, moves } = played(list);
        for (const [i, { move, at }] of moves.entries()) {
          const [offer] = move.offers;
          const supersedes = talk.inputs[i]?.state.standings.find(
            (one) => one.offer.id === offer?.supersedes,
          )?.offer;
          const repeated = moves
            .slice(0, i)
            .some((one) => one.move.offers.some(({ id }) => id === offer?.id));
          if (!offer || !supersedes || repeated) continue;
          const dearer = offer.lines.some((line) => {
            const was = supersedes.lines.find((one) => one.sku === line.sku && one.gift === line.gift);
            return was !== undefined && line.unit_price > was.unit_price;
          });
          if (dearer)
            expect([...move.reasons]).toContain(
              supersedes.expires_at > at ? "price_changed" : "offer_expired",
            );
        }
      }),
      { numRuns: 300 },
    );
  });

  test("keeps an agreed gift when the order goes to another place", () => {
    const talk = new Talk();
    talk.propose({ want: [{ sku: "LAP", quantity: 3 }], terms: { gift: "BAG" } });
    for (let i = 0; i < 5 && !talk.last().move.offers[0]?.lines.some((line) => line.gift); i += 1)
      talk.propose({ terms: { gift: "BAG" } });
    expect(talk.last().move.offers[0]?.lines.some((line) => line.gift)).toBe(true);
    talk.say({ act: "accept" });
    const ship_to = {
      country: "US",
      region: "CA",
      name: "Lee",
      lines: ["5 Bay Street"],
      city: "Bay",
      postal_code: "94000",
    };
    const moved = talk.say({
      act: "inform",
      details: { ship_to, payer: { name: "Lee", email: "lee@example.org" } },
    });
    expect(moved.offers[0]?.lines.some((line) => line.gift)).toBe(true);
    // 7.25 % tax instead of 7 %.
    expect(moved.reasons).toContain("price_changed");
  });

  test("has its discount named when a smaller one is asked for", () => {
    const talk = new Talk();
    talk.propose({ want: [{ sku: "MOU", quantity: 20 }] });
    const move = talk.propose({ off_bp: 500 });
    expect(move.reasons).toContain("discount_included");
  });
});

describe("a session", () => {
  test("ends within its rounds: after the last one there is only the last word", () => {
    fc.assert(
      fc.property(fc.array(asks, { minLength: 10, maxLength: 25 }), (list) => {
        const { talk, moves } = played([{ want: [{ sku: "LAP", quantity: 1 }] }, ...list]);
        for (const [i, { move }] of moves.entries()) {
          expect(move.round.n).toBeLessThanOrEqual(talk.state.rounds);
          const over = (talk.inputs[i]?.state.round ?? 0) >= talk.state.rounds;
          if (over && move.offers.length > 0) expect(move.act).toBe("final_offer");
          if (over) expect(["final_offer", "decline", "clarify"]).toContain(move.act);
          for (const { final } of move.offers) expect(final).toBe(move.act === "final_offer");
          expect(new Set(move.offers.map(({ id }) => id)).size).toBe(move.offers.length);
        }
      }),
      { numRuns: 200 },
    );
  });

  test("has its last word priced anew for another place as a last word, too", () => {
    const talk = new Talk({ rounds: 2 });
    talk.propose({ want: [{ sku: "LAP", quantity: 1 }] });
    talk.propose({ lower: true });
    expect(talk.propose({ lower: true })).toMatchObject({ act: "final_offer", offers: [{ final: true }] });
    const ship_to = { country: "US", region: "CA", name: "Lee", lines: ["5 Bay Street"], city: "Bay" };
    const moved = talk.say({ act: "inform", details: { ship_to: { ...ship_to, postal_code: "94000" } } });
    expect(moved).toMatchObject({ act: "final_offer", offers: [{ final: true, negotiable: [] }] });
  });

  test("gives only true reasons: too low is below the offer, the best there is is the last", () => {
    fc.assert(
      fc.property(steps, (list) => {
        const { moves } = played(list);
        for (const [i, { move }] of moves.entries()) {
          const [offer] = move.offers;
          const total = list[i]?.total;
          if (move.reasons.includes("price_too_low") && offer && total !== undefined)
            expect(total).toBeLessThan(offer.totals.total);
          if (move.reasons.includes("best_already"))
            expect(
              move.act === "final_offer" || move.offers.every((one) => !one.negotiable.includes("price")),
            ).toBe(true);
        }
      }),
      { numRuns: 300 },
    );
  });
});

describe("a price is called too low", () => {
  /** What the goods come to, and what they list at. */
  const sums = ({ lines, totals }: Offer) => ({
    after: totals.goods - totals.discounts,
    list: lines.reduce((sum, line) => sum + (line.gift ? 0 : line.list_price * line.quantity), 0),
  });
  const tooLow = ({ proposal, offers: [offer] }: Move) => {
    if (!proposal || !offer) throw new Error("nothing to compare");
    const { after, list } = sums(offer);
    const { total, off_bp, lines } = proposal;
    if (total !== undefined) return total < offer.totals.total;
    if (off_bp !== undefined) return list - after < Math.floor((list * off_bp + 5_000) / 10_000);
    const [{ unit_price } = {}] = lines;
    const [{ quantity } = { quantity: 1 }] = offer.lines;
    return unit_price !== undefined && unit_price * quantity < after;
  };
  const priced = fc.oneof(
    fc.integer({ min: 1, max: 110_000 }).map((unit_price) => ({ want: [{ sku: "LAP", unit_price }] })),
    fc.integer({ min: 1, max: 6_000 }).map((unit_price) => ({ want: [{ sku: "MOU", unit_price }] })),
    fc.record({ total: fc.integer({ min: 1_000, max: 200_000 }) }),
    fc.record({ off_bp: fc.integer({ min: 1, max: 4_000 }) }),
  );
  const waived = fc.constantFrom({}, {}, { terms: { delivery: { free: true } } });
  const codes = fc.constantFrom({}, {}, { codes: ["TEN"] });
  const said = fc.tuple(priced, waived, codes).map(([ask, terms, code]) => ({ ...ask, ...terms, ...code }));

  test.each(["LAP", "MOU"])("when less is named than the offer asks, and only then (%s)", (sku) => {
    let called = 0;
    fc.assert(
      fc.property(
        fc.integer({ min: 1, max: 30 }),
        fc.array(said, { minLength: 1, maxLength: 5 }),
        (quantity, list) => {
          const { moves } = played([{ want: [{ sku, quantity }] }, ...list]);
          for (const [i, { move }] of moves.entries()) {
            const alone = move.offers[0]?.lines.filter((line) => !line.gift).length === 1;
            if (i === 0 || !alone || move.reasons.includes("rounds_over")) continue;
            expect(move.reasons.includes("price_too_low")).toBe(tooLow(move));
            if (tooLow(move)) called += 1;
          }
        },
      ),
      { numRuns: 200 },
    );
    expect(called).toBeGreaterThan(50);
  });

  test("a share off asked for first is answered with what there is, and not refused", () => {
    const talk = new Talk();
    talk.limits = { ...talk.limits, objective: "conversion" };
    const move = talk.propose({ want: [{ sku: "LAP", quantity: 1 }], off_bp: 1_500 });
    expect(sums(move.offers[0] as Offer).after).toBeLessThan(89_900);
    expect(move.reasons).toEqual([]);
  });
});

describe("whoever names more than the list price", () => {
  test.each([
    ["USD", {}],
    ["KRW", WON],
  ])("pays the list price (%s)", (currency, opened) => {
    fc.assert(
      fc.property(
        fc.integer({ min: 0, max: 300 }),
        fc.boolean(),
        fc.integer({ min: 1, max: 20 }),
        (over, whole, quantity) => {
          const plain = new Talk({ ...opened, party: { principal: "p", kind: "person", tier: "anonymous" } });
          const listed = plain.propose({ want: [{ sku: "LAP", quantity }] }).offers[0] as Offer;
          const list = listed.lines[0]?.list_price ?? 0;
          const named = Math.floor(((whole ? listed.totals.total : list) * (100 + over)) / 100);
          for (const standing of [true, false]) {
            const talk = new Talk({
              ...opened,
              party: { principal: "p", kind: "person", tier: "anonymous" },
            });
            if (standing) talk.propose({ want: [{ sku: "LAP", quantity }] });
            const move = talk.propose(
              whole
                ? { want: [{ sku: "LAP", quantity }], total: named }
                : { want: [{ sku: "LAP", quantity, unit_price: named }] },
            );
            expect(move.offers.length).toBeGreaterThan(0);
            for (const offer of move.offers) {
              expect(offer.totals.total).toBeLessThanOrEqual(listed.totals.total);
              expect(offer.currency).toBe(currency);
            }
          }
        },
      ),
      { numRuns: 60 },
    );
  });

  test.each(["I'll give you $1,000 for it", "Would you take 1000 dollars?", "1,200 bucks, final offer"])(
    "in words too (%s)",
    (text) => {
      const talk = new Talk();
      const listed = talk.propose({ want: [{ sku: "LAP", quantity: 1 }] }).offers[0] as Offer;
      const reading = read(text, { state: talk.state, now: T0 });
      const acts = refer(reading.acts, talk.state).map(
        (act): Act =>
          ("lines" in act
            ? { ...act, lines: act.lines?.map((line) => ({ ...line, item: { sku: "LAP" } })) }
            : act) as Act,
      );
      const move = talk.say(acts);
      expect(move.offers.length).toBeGreaterThan(0);
      for (const offer of move.offers) expect(offer.totals.total).toBeLessThanOrEqual(listed.totals.total);
    },
  );
});

describe("what matters to them", () => {
  const firsts = (move: Move) => move.offers[0];

  test("is no round: the offer stands, with one more for what matters", () => {
    const talk = new Talk();
    const before = firsts(talk.propose({ want: [{ sku: "LAP", quantity: 1 }] }));
    const round = talk.state.round;
    const move = talk.propose({ priorities: ["delivery"] });
    expect(firsts(move)?.id).toBe(before?.id);
    expect(move.offers[1]?.terms.delivery.id).toBe("express");
    expect(talk.state.round).toBe(round);
    expect(talk.state.proposals.at(-1)?.priorities).toEqual(["delivery"]);
    expect(talk.state.standings.filter((one) => one.status === "live")).toHaveLength(2);
  });

  test("is one offer for the ear, and none of the last word's", () => {
    const voice = new Talk({ channel: "voice" });
    voice.propose({ want: [{ sku: "LAP", quantity: 1 }] });
    expect(voice.propose({ priorities: ["delivery"] }).offers).toHaveLength(1);
    const over = new Talk({ rounds: 1 });
    over.propose({ want: [{ sku: "LAP", quantity: 1 }] });
    over.propose({ lower: true });
    const move = over.propose({ priorities: ["delivery"] });
    expect(move.act).toBe("final_offer");
    expect(move.offers).toHaveLength(1);
  });

  test("is kept when the message is about something else as well", () => {
    const talk = new Talk();
    talk.propose({ want: [{ sku: "LAP", quantity: 1 }] });
    const told = { act: "propose", priorities: ["warranty"] } as const;
    const move = talk.say([told, { act: "ask", question: "How heavy is it?" }] as never);
    expect(move.act).not.toBe("offer");
    expect(talk.state.proposals.at(-1)?.priorities).toEqual(["warranty"]);
  });

  test.each([
    ["en", "I'll take it. Delivery matters most", {}],
    ["ko", "그걸로 할게요. 배송이 제일 중요해요", WON],
  ] as const)(
    "is noted beside a yes, which is read back and binds nothing by itself (%s)",
    (lang, text, opened) => {
      const talk = new Talk({ ...opened, lang, channel: "chat" });
      const [offer] = talk.propose({ want: [{ sku: "LAP", quantity: 1 }] }).offers;
      const { country } = talk.state.ship_to;
      talk.say({ act: "inform", details: { ...DETAILS, ship_to: { ...DETAILS.ship_to, country } } });
      for (const _ of ["for the first time", "and once more"]) {
        const reading = read(text, { state: talk.state, now: T0 });
        const move = talk.send(refer(reading.acts, talk.state), reading);
        expect(move).toMatchObject({ act: "readback", ask: "confirm", readback: { offer: offer?.id } });
        expect(move.offers.map(({ id }) => id)).toEqual([offer?.id]);
        expect(talk.state.proposals.at(-1)?.priorities).toEqual(["delivery"]);
      }
      expect(talk.say({ act: "confirm" }).act).toBe("accepted");
    },
  );

  test("said before anything is shown asks which product", () => {
    const talk = new Talk();
    const move = talk.propose({ priorities: ["delivery"] });
    expect(move).toMatchObject({ act: "clarify", ask: "item" });
    expect(talk.state.proposals.at(-1)?.priorities).toEqual(["delivery"]);
  });
});
