import { describe, expect, test } from "vitest";
import type { Situation } from "../../src/negotiation/situation.ts";
import { situationOf } from "../../src/negotiation/situation.ts";
import { afterFor, totalOf } from "../../src/negotiation/utility.ts";
import { Talk } from "./shop.ts";

const FAR = { country: "US", region: "OR", postal_code: "99501" } as const;
const JEJU = { country: "KR", postal_code: "63000" } as const;

function asked(talk: Talk, sku: string, quantity: number): Situation {
  talk.propose({ want: [{ sku, quantity }] });
  const input = talk.inputs.at(-1);
  const proposal = input?.evidence.proposal;
  const situation = input && proposal ? situationOf(input, proposal) : null;
  if (!situation || !("order" in situation)) throw new Error("no situation");
  return situation;
}

describe("what a total leaves for the goods is the most it pays for", () => {
  test.each([
    ["where delivery is free but the place costs more (USD)", new Talk({ ship_to: FAR }), "LAP", 2],
    ["about the amount from which delivery is free (USD)", new Talk({ ship_to: FAR }), "LAP", 1],
    ["about the amount from which delivery is free (KRW)", jeju(), "LAP", 1],
    ["where tax comes on top", new Talk({ ship_to: { country: "US" } }), "LAP", 2],
  ] as const)("%s", (_, talk, sku, quantity) => {
    const { order, wishes } = asked(talk, sku, quantity);
    const { usual } = wishes;
    for (let named = order.list - 4000; named <= order.list + 6000; named += 7) {
      const after = afterFor(order, named, usual);
      expect(totalOf(order, after, usual)).toBeLessThanOrEqual(named);
      const more = [1, 2, 5, 50, 700, 1200, 1900, 3000].filter(
        (step) => totalOf(order, after + step, usual) <= named,
      );
      expect(more, `of ${named}, with ${after} for the goods`).toEqual([]);
    }
  });
});

function jeju(): Talk {
  return new Talk({ currency: "KRW", ship_to: JEJU });
}

test.each([
  ["USD", new Talk({ ship_to: FAR }), 50],
  ["KRW", jeju(), 500],
])("a total a little under what is asked is not answered with less than was named (%s)", (_, talk, less) => {
  const [asks] = talk.propose({ want: [{ sku: "LAP", quantity: 2 }] }).offers;
  const named = (asks?.totals.total ?? 0) - less;
  const [offer] = talk.propose({ total: named }).offers;
  expect(offer?.totals.total).toBeGreaterThanOrEqual(named);
});
