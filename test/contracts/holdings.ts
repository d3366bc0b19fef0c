import { describe, expect, test } from "vitest";
import type { Charge } from "../../src/domain/decision.ts";
import type { Viewer } from "../../src/ports/search.ts";
import type { Appended, Commit, Hold, IntentRecord, Store } from "../../src/ports/store.ts";
import { AT, commit, opened } from "./opened.ts";

/** A store with a shelf behind it, as these promises need it. */
export interface Held {
  readonly store: Store;
  stock(sku: string, units?: number): Promise<number>;
  /** Units free to sell to the viewer, as the adapter's search tells them. */
  free(sku: string, viewer: Viewer): Promise<number>;
}

/** What ports/store.ts promises of stock and budgets, over any adapter. */
export function holdingsContract(shelf: () => Held): void {
  /** One session that appends after itself. */
  async function buyer() {
    const { store } = shelf();
    const session = await opened(store);
    let after = 1;
    const append = async (more: Partial<Commit>): Promise<Appended> => {
      const outcome = await store.append(commit(session, after, more));
      if (outcome === "appended") after += 1;
      return outcome;
    };
    const intent = (id: string, lines: IntentRecord["lines"] = []): IntentRecord => ({
      ...{ id, session, kind: "order", offer: `${id}.o`, status: "pending", total: 1, currency: "USD" },
      ...{ jws: null, payload: "{}", lines },
    });
    return {
      session,
      append,
      hold: (units: Hold["units"], more: Partial<Hold> = {}, at = AT) =>
        append({ at, hold: { until: UNTIL, units, charges: [], share_bp: 5_000, ...more } }),
      take: (sku: string, quantity: number, at = AT) => append({ at, take: [{ sku, quantity }] }),
      spend: (id: string, charge: Charge, more: Partial<Commit> = {}) =>
        append({ ...more, intents: [intent(id)], spend: { intent: id, charges: [charge] } }),
      cancel: (id: string) =>
        append({ statuses: [{ intent: id, from: "pending", to: "cancelled", gives_back: true }] }),
    };
  }

  const one = (sku: string, quantity = 1) => [{ sku, quantity }];
  const free = (sku: string, { session }: { session: string }, now = AT) =>
    shelf().free(sku, { session, now });
  const used = async (account: string, session = "nobody", now = AT) =>
    (await shelf().store.used([account], { session, now }))[account];

  describe("a hold", () => {
    test("keeps units from other sessions, not from its own, until its instant and no longer", async () => {
      await shelf().stock("H1", 1);
      const [first, second] = [await buyer(), await buyer()];
      expect(await first.hold(one("H1"))).toBe("appended");
      expect([await free("H1", first), await free("H1", second)]).toEqual([1, 0]);
      expect(await second.take("H1", 1)).toEqual({ short: "H1" });
      expect(await free("H1", second, BEFORE)).toBe(0);
      expect(await free("H1", second, UNTIL)).toBe(1);
      expect(await second.take("H1", 1, UNTIL)).toBe("appended");
      expect(await first.take("H1", 1, UNTIL)).toEqual({ short: "H1" });
      expect(await shelf().stock("H1")).toBe(0);
    });

    test("is what its own session takes, and goes with that", async () => {
      await shelf().stock("H2", 2);
      const [first, second] = [await buyer(), await buyer()];
      await first.hold(one("H2"));
      expect(await first.append({ take: one("H2"), hold: null })).toBe("appended");
      expect(await free("H2", second)).toBe(1);
      expect(await second.take("H2", 1)).toBe("appended");
    });

    test("stands in the place of the one before, and goes when it is let go; what says nothing leaves it", async () => {
      for (const sku of ["H3", "H4"]) await shelf().stock(sku, 1);
      const [first, second] = [await buyer(), await buyer()];
      await first.hold(one("H3"));
      await first.append({});
      expect(await free("H3", second)).toBe(0);
      await first.hold(one("H4"));
      expect([await free("H3", second), await free("H4", second)]).toEqual([1, 0]);
      await first.append({ hold: null });
      expect(await free("H4", second)).toBe(1);
    });

    test("that cannot be had is not made, in no part, and refuses nothing; the one before it is gone", async () => {
      await shelf().stock("H5", 4);
      await shelf().stock("H6", 0);
      const [first, second] = [await buyer(), await buyer()];
      await first.hold(one("H5", 2));
      expect(await first.hold([...one("H5"), ...one("H6")])).toBe("appended");
      expect(await free("H5", second)).toBe(4);
    });

    test("of a refused commit was never made", async () => {
      await shelf().stock("H7", 2);
      await shelf().stock("H8", 0);
      const [first, second] = [await buyer(), await buyer()];
      const hold: Hold = { until: UNTIL, units: one("H7"), charges: [], share_bp: 5_000 };
      expect(await first.append({ hold, take: one("H8") })).toEqual({ short: "H8" });
      expect(await free("H7", second)).toBe(2);
    });

    test("together with all others leaves half of the shelf to those who buy, but a single unit to the first", async () => {
      await shelf().stock("H9", 7);
      const crowd = await Promise.all(Array.from({ length: 6 }, buyer));
      await Promise.all(crowd.map((each) => each.hold(one("H9"))));
      expect(await free("H9", { session: "nobody" })).toBe(4);
      const greedy = await buyer();
      await shelf().stock("H10", 9);
      await greedy.hold(one("H10", 5));
      expect(await free("H10", { session: "nobody" })).toBe(9);
      await greedy.hold(one("H10", 4));
      expect(await free("H10", { session: "nobody" })).toBe(5);
    });
  });

  describe("a budget", () => {
    const charge = (account: string, amount: number, most = 100): Charge => ({ account, amount, most });

    test("gives no more than there is in it, however many ask at once", async () => {
      const crowd = await Promise.all(Array.from({ length: 12 }, buyer));
      const outcomes = await Promise.all(crowd.map((each, i) => each.spend(`B1.${i}`, charge("B1", 15))));
      expect(outcomes.filter((outcome) => outcome === "appended")).toHaveLength(6);
      expect(outcomes.filter((outcome) => typeof outcome === "object" && "spent" in outcome)).toHaveLength(6);
      expect(await used("B1")).toBe(90);
    });

    test("takes back what an order that falls through was given, once", async () => {
      const first = await buyer();
      await first.spend("B2.1", charge("B2", 60));
      expect(await first.spend("B2.2", charge("B2", 60))).toEqual({ spent: "B2" });
      expect(await shelf().store.intent("B2.2")).toBeNull();
      expect(await first.cancel("B2.1")).toBe("appended");
      expect(await first.cancel("B2.1")).toBe("status");
      expect(await used("B2")).toBe(0);
      expect(await first.spend("B2.3", charge("B2", 60))).toBe("appended");
    });

    test("is kept for a hold while it lasts, and spent once by the session that held it", async () => {
      const [first, second] = [await buyer(), await buyer()];
      await first.hold([], { charges: [charge("B3", 50)] });
      expect([await used("B3", first.session), await used("B3", second.session)]).toEqual([0, 50]);
      expect(await second.spend("B3.1", charge("B3", 60))).toEqual({ spent: "B3" });
      expect(await used("B3", second.session, UNTIL)).toBe(0);
      expect(await first.spend("B3.2", charge("B3", 60), { hold: null })).toBe("appended");
      expect(await used("B3", second.session)).toBe(60);
    });

    test("is held by the undecided to a half of what is left in it at most, be it one or many", async () => {
      const [first, second, third] = [await buyer(), await buyer(), await buyer()];
      await first.hold([], { charges: [charge("B4", 40)] });
      await second.hold([], { charges: [charge("B4", 20)] });
      expect(await used("B4")).toBe(40);
      await third.hold([], { charges: [charge("B4", 10)] });
      expect(await used("B4")).toBe(50);
      for (const [amount, held] of [
        [100, 0],
        [51, 0],
        [50, 50],
      ] as const) {
        await first.hold([], { charges: [charge("B5", amount)] });
        expect(await used("B5")).toBe(held);
      }
      await second.spend("B6.1", charge("B6", 60));
      for (const [amount, held] of [
        [40, 0],
        [21, 0],
        [20, 20],
      ] as const) {
        await first.hold([], { charges: [charge("B6", amount)] });
        expect(await used("B6")).toBe(60 + held);
      }
    });

    test("is spent whole by an order that is too big to be held, while nobody else wants it", async () => {
      const [first, second] = [await buyer(), await buyer()];
      await first.hold([], { charges: [charge("B7", 90)] });
      expect(await used("B7", second.session)).toBe(0);
      expect(await first.spend("B7.1", charge("B7", 90), { hold: null })).toBe("appended");
      expect(await second.spend("B7.2", charge("B7", 20))).toEqual({ spent: "B7" });
    });
  });
}

const BEFORE = "2030-05-06T07:18:08.999Z";
const UNTIL = "2030-05-06T07:18:09.000Z";
