import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { netOf } from "../../src/negotiation/rules.ts";
import { situationOf } from "../../src/negotiation/situation.ts";
import { cheapest, spaceOf } from "../../src/negotiation/space.ts";
import { rangeOf, totalOf, valueAt, worthOf } from "../../src/negotiation/utility.ts";
import { LIMITS, Talk } from "./shop.ts";

describe("the offer space", () => {
  it("gives for every combination of terms just what trying every price step would", () => {
    const draw = [
      fc.integer({ min: 1, max: 30 }),
      fc.integer({ min: 0, max: 1_000_000 }),
      fc.boolean(),
      fc.nat(100_000),
    ] as const;
    fc.assert(
      fc.property(...draw, (quantity, utility, gift, prize) => {
        const talk = new Talk();
        talk.limits = { ...LIMITS, acquisition_value: { USD: prize } };
        const terms = gift ? { gift: "BAG" as const } : {};
        talk.propose({
          want: [
            { sku: "LAP", quantity },
            { sku: "MOU", quantity },
          ],
          total: 1,
          terms,
        });
        const [input] = talk.inputs;
        const situation = input?.evidence.proposal && situationOf(input, input.evidence.proposal);
        if (!situation || !("order" in situation)) throw new Error("no situation");
        const { order, wishes } = situation;
        const space = spaceOf(order, wishes.wanted);
        const least = valueAt(rangeOf(order), utility);
        const found = cheapest(space, least, true);
        const { delivery, warranty, payment, returns } = order.modes;
        let count = 0;
        for (const d of delivery)
          for (const w of warranty)
            for (const p of payment)
              for (const r of returns)
                for (const g of gift ? [null, order.gift] : [null]) {
                  const choice = { delivery: d, warranty: w, payment: p, returns: r };
                  const step = space.after.findIndex(
                    (after) =>
                      worthOf(order, after, choice, g) >= least &&
                      netOf(order, after, choice, g) >= order.limit &&
                      after >= (g?.min_goods ?? 0),
                  );
                  if (step < 0) continue;
                  const after = space.after[step] ?? 0;
                  expect(found[count]).toMatchObject({ choice, gift: g !== null, units: space.steps[step] });
                  expect(found[count]?.total).toBe(totalOf(order, after, choice));
                  expect(found[count]?.value).toBe(worthOf(order, after, choice, g));
                  count++;
                }
        expect(found).toHaveLength(count);
      }),
      { numRuns: 60 },
    );
  });
});
