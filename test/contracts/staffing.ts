import { describe, expect, test } from "vitest";
import type { Store } from "../../src/ports/store.ts";
import { AT, BEFORE, commit, EARLY, LATER, opened } from "./opened.ts";

/** The promises of ports/staffing.ts, over any adapter. */
export function staffingContract(of: () => Store): void {
  const gone = (session: string) => ({
    ...{ session, term: 1, at: AT, pseudonym: "gone", intents: [], outbox: [] },
    receipt: `receipt of ${session}`,
  });

  describe("staff", () => {
    test("see sessions by their last change, latest first, a page at a time, and none that is erased", async () => {
      const store = of();
      const far = "2090-01-01T00:00:00.000Z";
      const [a, b, c, d] = [
        await opened(store, { opened_at: far }),
        await opened(store, { opened_at: far }),
        await opened(store),
        await opened(store, { opened_at: far }),
      ];
      const later = "2090-01-01T00:00:01.000Z";
      expect(await store.append(commit(c, 1, { at: later }))).toBe("appended");
      await store.erase(gone(d));
      const all = [
        { id: c, at: later, seq: 2 },
        { id: b, at: far, seq: 1 },
        { id: a, at: far, seq: 1 },
      ];
      expect((await store.latest(null, 3)).map((one) => ({ ...one }))).toEqual(all);
      expect((await store.latest(all[0] ?? null, 1)).map((one) => ({ ...one }))).toEqual([all[1]]);
      for (const id of [a, b, c, d]) await store.forget(id);
    });

    test("hold a session by the event that gave it, renew it by that alone, and see which leases are over", async () => {
      const store = of();
      const [session, other] = [await opened(store), await opened(store)];
      const lease = { seq: 2, operator: "Mina \u0000 김", until: AT };
      expect(await store.held(session)).toBeNull();
      expect(await store.append(commit(session, 1, { lease }))).toBe("appended");
      await store.append(commit(other, 1, { lease: { ...lease, until: LATER } }));
      expect({ ...(await store.held(session)) }).toEqual({ session, ...lease });
      const lapsed = async (now: string) => (await store.lapsed(now, 100)).map((one) => one.session);
      expect(await lapsed(BEFORE)).not.toContain(session);
      expect(await lapsed(AT)).toContain(session);
      expect(await store.renew(session, 3, LATER)).toBe(false);
      expect(await store.renew("ses_none", 2, LATER)).toBe(false);
      expect(await store.renew(session, 2, LATER)).toBe(true);
      expect(await lapsed(AT)).not.toContain(session);
      expect(await store.append(commit(session, 2))).toBe("appended");
      expect((await store.held(session))?.until).toBe(LATER);
      expect(await store.append(commit(session, 3, { lease: { ...lease, seq: 4, operator: "Jun" } }))).toBe(
        "appended",
      );
      expect(await store.renew(session, 2, LATER)).toBe(false);
      expect(await store.append(commit(session, 4, { lease: null }))).toBe("appended");
      expect(await store.held(session)).toBeNull();
      expect(await store.renew(session, 4, LATER)).toBe(false);
      expect((await store.held(other))?.until).toBe(LATER);
      await store.forget(other);
    });

    test("know which are nobody's, until somebody has them", async () => {
      const store = of();
      const [session, other] = [await opened(store), await opened(store)];
      const waits = async () =>
        (await store.waits(1_000)).map((one) => one.session).filter((id) => id === session || id === other);
      expect(await waits()).toEqual([]);
      await store.append(commit(session, 1, { lease: { seq: 2, operator: "", until: AT } }));
      await store.append(commit(other, 1, { lease: { seq: 2, operator: "Mina", until: AT } }));
      expect(await waits()).toEqual([session]);
      expect((await store.lapsed(AT, 100)).map((one) => one.session)).toContain(session);
      expect(await store.waits(0)).toEqual([]);
      await store.append(commit(session, 2, { lease: { seq: 3, operator: "Jun", until: AT } }));
      expect(await waits()).toEqual([]);
      await store.forget(session);
      await store.forget(other);
    });

    test("take no lease with a commit that is refused", async () => {
      const store = of();
      const session = await opened(store);
      const lease = { seq: 2, operator: "Mina", until: AT };
      expect(await store.append(commit(session, 5, { lease }))).toBe("stale");
      expect(
        await store.append(commit(session, 1, { lease, take: [{ sku: "none of it", quantity: 1 }] })),
      ).toEqual({ short: "none of it" });
      expect(await store.held(session)).toBeNull();
    });

    test("note each thing once, in order, and what they noted goes with the session", async () => {
      const store = of();
      const session = await opened(store);
      const note = (id: string, text: string) => ({ id, at: AT, by: "Mina", seq: 1, text });
      expect(await store.note(session, note("b", "두 대까지 \u0000 가능"))).toBe(true);
      expect(await store.note(session, note("a", "be brief"))).toBe(true);
      expect(await store.note(session, note("b", "something else"))).toBe(false);
      expect(await store.notes(session)).toEqual([note("b", "두 대까지 \u0000 가능"), note("a", "be brief")]);
      await store.append(commit(session, 1, { lease: { seq: 2, operator: "Mina", until: AT } }));
      await store.erase(gone(session));
      expect(await store.notes(session)).toEqual([]);
      expect(await store.held(session)).toBeNull();
    });

    test("are there while somebody watches", async () => {
      const store = of();
      // Later than every other test's instant, in one store for all.
      const [first, second] = ["2091-01-01T00:00:00.000Z", "2091-01-01T00:01:00.000Z"];
      await store.attend("Mina", first);
      expect(await store.attended("2091-01-01T00:00:00.000Z")).toBe(false);
      await store.attend("Mina", second);
      expect(await store.attended(first)).toBe(true);
      expect(await store.attended(second)).toBe(false);
      await store.attend("Mina", EARLY);
      expect(await store.attended(first)).toBe(false);
    });
  });
}
