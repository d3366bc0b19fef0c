import { describe, expect, it } from "vitest";
import type { Act } from "../../src/domain/act.ts";
import type { Mandate } from "../../src/domain/mandate.ts";
import type { Party, Tier } from "../../src/domain/party.ts";
import { Access } from "../../src/domain/rights.ts";
import { entitlementAccounts } from "../../src/negotiation/entitlement.ts";
import { DETAILS, T0, Talk, VENDOR } from "./shop.ts";

const ACCESS = Access.parse({
  anonymous: { may: "browse" },
  api_key: { may: "negotiate" },
  oauth: { may: "order", orders_per_day: 2, spend_per_day: { USD: 200_000, KRW: 0 } },
});

const MANDATE: Mandate = {
  ...{ id: "m1", issuer: "https://bank.example", currency: "USD", uses: 1 },
  ...{ max: 100_000, until: "2099-01-01T00:00:00.000Z" },
};

function talk(
  tier: Tier,
  { mandate, principal = "p" }: { mandate?: Mandate; principal?: string } = {},
): Talk {
  const party: Party = { principal, kind: "machine", tier, ...(mandate ? { mandate } : {}) };
  const one = new Talk({ party });
  one.vendor = { ...VENDOR, access: ACCESS };
  const accounts = entitlementAccounts(party, one.vendor, "USD", T0);
  one.used = Object.fromEntries(accounts.map((account) => [account, 0]));
  return one;
}

function accepting(one: Talk, quantity = 1): Act {
  const offer = one.propose({ want: [{ sku: "LAP", quantity }] }).offers[0];
  return { act: "accept", offer: offer?.id ?? "", hash: offer?.hash ?? "", details: DETAILS };
}

describe("what a tier may do", () => {
  it("begins with looking around, whatever is refused above it", () => {
    const one = talk("anonymous");
    expect(one.send({ act: "search", query: "laptop" }).act).toBe("results");
    expect(() => one.propose({ want: [{ sku: "LAP" }] })).toThrow(
      expect.objectContaining({
        code: "identity_required",
        detail: { tier: "anonymous", may_not: "negotiate", needs: "api_key" },
      }),
    );
  });

  it("is said in words to words", () => {
    const move = talk("anonymous").say({ act: "propose", lines: [{ item: { sku: "LAP" } }] });
    expect(move).toMatchObject({ act: "decline", reasons: ["identity_required"], offers: [] });
  });

  it("may be to bargain, and not to order", () => {
    const one = talk("api_key");
    const accept = accepting(one);
    expect(() => one.send(accept)).toThrow(
      expect.objectContaining({
        code: "identity_required",
        detail: expect.objectContaining({ needs: "oauth" }),
      }),
    );
    expect(one.say({ act: "accept" }).reasons).toEqual(["identity_required"]);
    expect(one.decisions.every(({ binding }) => binding === null)).toBe(true);
  });

  it("is that of the nearest weaker tier where it is not stated", () => {
    const one = talk("signed");
    expect(one.send(accepting(one)).act).toBe("accepted");
  });
});

describe("what one principal may order in a day", () => {
  it("is charged with the order, in count and in money", () => {
    const one = talk("oauth");
    one.send(accepting(one));
    const total = one.last().binding?.offer.totals.total ?? 0;
    const [orders, money] = one.last().binding?.charges ?? [];
    expect(orders).toMatchObject({ amount: 1, most: 2 });
    expect(money).toMatchObject({ amount: total, most: 200_000 });
    expect([orders, money].map((charge) => charge?.account)).toEqual(Object.keys(one.used));
  });

  it.each<[string, number[], string]>([
    ["as many orders as may", [2, 0], "2 orders a day"],
    ["all but a cent of its money", [0, 199_999], "orders of $2,000.00 a day"],
  ])("ends with %s, and says when it begins anew", (_, used, says) => {
    const one = talk("oauth");
    one.used = Object.fromEntries(Object.keys(one.used).map((account, i) => [account, used[i] ?? 0]));
    const accept = accepting(one);
    expect(() => one.send(accept)).toThrow(
      expect.objectContaining({ code: "daily_limit", message: expect.stringContaining(says) }),
    );
  });

  it("counts a principal under a digest of its name, and those who show nothing as one", () => {
    const accounts = (party: Party) =>
      entitlementAccounts(
        party,
        { ...VENDOR, access: { anonymous: { may: "order", orders_per_day: 1 } } },
        "USD",
        T0,
      );
    const guest = (principal: string) => accounts({ principal, kind: "person", tier: "anonymous" });
    expect(guest("visitor:a")).toEqual(guest("visitor:b"));
    const [known] = accounts({ principal: "oauth:kim@example.org", kind: "person", tier: "oauth" });
    expect(known).toMatch(/^day\/[\w-]{22}\/\d{4}-\d\d-\d\d\/orders$/);
    expect(known).not.toContain("kim");
  });
});

describe("a mandate", () => {
  it("covers an order up to its most, once, and the order names it", () => {
    const one = talk("mandate", { mandate: MANDATE });
    expect(one.send(accepting(one)).act).toBe("accepted");
    expect(one.last().binding?.charges).toContainEqual({ account: "mandate/m1/orders", amount: 1, most: 1 });
  });

  it.each<[string, Partial<Mandate>, string]>([
    ["comes to more than it allows", { max: 50_000 }, "$500.00 at most"],
    ["comes to less than it is for", { min: 99_999 }, "$999.99 or more"],
    ["is in another currency", { currency: "EUR" }, "it is in EUR"],
    ["comes after its end", { until: T0 }, "it ended at"],
    ["comes before its beginning", { from: "2098-01-01T00:00:00.000Z" }, "it begins at"],
  ])("does not cover an order that %s", (_, more, says) => {
    const one = talk("mandate", { mandate: { ...MANDATE, ...more } });
    const accept = accepting(one);
    expect(() => one.send(accept)).toThrow(
      expect.objectContaining({ code: "mandate_exceeded", message: expect.stringContaining(says) }),
    );
  });

  it("is used up by its orders and by its budget, whatever else would be allowed", () => {
    const budgeted = { ...MANDATE, uses: 5, budget: 150_000 };
    for (const [account, used] of [
      ["mandate/m1/orders", 5],
      ["mandate/m1/USD", 100_000],
    ] as const) {
      const one = talk("mandate", { mandate: budgeted });
      one.used = { ...one.used, [account]: used };
      const accept = accepting(one);
      expect(() => one.send(accept)).toThrow(expect.objectContaining({ code: "mandate_exceeded" }));
    }
  });

  it("counts every delivery a subscription commits to", () => {
    const one = talk("mandate", { mandate: { ...MANDATE, max: 20_000, budget: 20_000 } });
    const offer = one.propose({
      want: [{ sku: "COF", quantity: 2 }],
      terms: { subscription: { every_months: 1 } },
    }).offers[0];
    expect(offer?.terms.subscription?.commitment).toBeGreaterThan(1);
    expect((offer?.totals.total ?? 0) * (offer?.terms.subscription?.commitment ?? 1)).toBeGreaterThan(20_000);
    expect(() =>
      one.send({ act: "accept", offer: offer?.id ?? "", hash: offer?.hash ?? "", details: DETAILS }),
    ).toThrow(expect.objectContaining({ code: "mandate_exceeded" }));
  });
});

it("a tier has its own threshold of approval, and those above it that have none have the same", () => {
  const pending = (tier: Tier) => {
    const one = talk(tier);
    one.limits = {
      ...one.limits,
      approval_above: { USD: 10_000_000 },
      approval_above_by_tier: { oauth: { USD: 50_000 } },
    };
    one.vendor = VENDOR;
    return one.send(accepting(one)).act;
  };
  expect(["anonymous", "api_key", "oauth", "signed"].map((tier) => pending(tier as Tier))).toEqual([
    ...["accepted", "accepted", "approval_pending", "approval_pending"],
  ]);
});
