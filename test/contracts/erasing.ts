import { describe, expect, test } from "vitest";
import type { Call } from "../../src/domain/question.ts";
import type { Erasure, TurnRecord } from "../../src/ports/store.ts";
import type { Held } from "./holdings.ts";
import { AT, BEFORE, commit, EARLY, event, LATER, opened, order } from "./opened.ts";

/** What ports/store.ts promises of what goes, over any adapter. */
export function erasingContract(shelf: () => Held): void {
  const call: Call = {
    ...{ prompt: "read", version: 1, hash: "h", inputs: "i", model: "tape:x", outcome: "answered" },
    ...{ requests: 1, repaired: false, tokens: null, micro_usd: null, ms: 3 },
  };

  const gone = (session: string): Erasure => ({
    ...{ session, term: 1, at: AT, pseudonym: "gone", intents: [], outbox: [] },
    receipt: `receipt of ${session}`,
  });

  /** A session with something of everything. */
  async function full(more: { principal?: string } = {}) {
    const { store, stock } = shelf();
    const session = await opened(store, { ...more, secret_hash: "a".repeat(64) });
    await stock(session, 9);
    await store.append(
      commit(session, 1, {
        events: [event(2), event(3)],
        message: { id: "m1", seq: 2 },
        turn: { message: 2, reply: 3 } as TurnRecord,
        calls: { message: 2, calls: [call] },
        intents: [order(session, 1, { jws: "a.b.c", payload: '{"to":"Kim"}' }), order(session, 2)],
        spend: { intent: `${session}.1`, charges: [{ account: session, amount: 5, most: 9 }] },
        take: [{ sku: session, quantity: 2 }],
        hold: { until: LATER, units: [{ sku: session, quantity: 2 }], charges: [], share_bp: 5_000 },
        outbox: [{ id: `${session}.1`, topic: "order.bound", body: "{}", sinks: ["receiver", "stream"] }],
      }),
    );
    return session;
  }

  describe("an erasure", () => {
    test("takes every text of a session and leaves its chain, the sums of its orders and its pseudonym", async () => {
      const { store, stock } = shelf();
      const session = await full({ principal: "key:kim" });
      const chain = await store.chain(session, 0, 10);
      const [first, second] = await store.intentsOf(session);
      const intents = [{ id: `${session}.1`, payload: '{"expires_at":"x"}' }];
      const outbox = [
        { id: `${session}.cancelled`, topic: "order.cancelled", body: "{}", sinks: ["receiver", "stream"] },
      ];
      const what = { ...gone(session), pseudonym: `gone:${session}`, intents, outbox };
      expect(await store.receipt(session)).toBeNull();
      expect(await store.erase({ ...what, term: 2 })).toBe("fenced");
      expect(await store.receipt(session)).toBeNull();
      expect(await store.chain(session, 0, 10)).toEqual(chain);
      expect(await store.erase(what)).toEqual({ events: 3, intents: 2 });
      expect(await store.receipt(session)).toBe(`receipt of ${session}`);
      const json = '{"kind":"erased"}';
      expect(await store.read(session, 0, 10)).toEqual([1, 2, 3].map((seq) => ({ seq, json })));
      expect(await store.chain(session, 0, 10)).toEqual(chain.map((one) => ({ ...one, json, salt: null })));
      expect(await store.turns(session)).toEqual([]);
      expect(await store.calls(session)).toEqual([]);
      for (const sink of ["receiver", "stream"]) {
        const due = (await store.lease(sink, "9", 1_000, "9")).map(({ id }) => id);
        expect(due).not.toContain(`${session}.1`);
        expect(due).toContain(`${session}.cancelled`);
      }
      expect(await store.intentsOf(session)).toEqual([
        { ...first, jws: null, payload: '{"expires_at":"x"}' },
        { ...second, payload: json },
      ]);
      const record = await store.session(session);
      expect(record?.principal).toBe(`gone:${session}`);
      expect(record?.secret_hash).not.toBe("a".repeat(64));
      expect(record?.secret_hash).toHaveLength(64);
      expect((await store.sessionsOf("key:kim", null, 100)).map(({ id }) => id)).not.toContain(session);
      expect(await stock(session)).toBe(7);
      expect(await shelf().free(session, { session: "nobody", now: AT })).toBe(7);
      expect(await store.used([session], { session: "nobody", now: AT })).toEqual({ [session]: 5 });
    });

    test("fences whoever holds the session in memory, counts nothing the second time, and hurts no other", async () => {
      const { store } = shelf();
      const [session, other] = [await full(), await full()];
      const what = gone(session);
      await store.erase(what);
      expect(await store.append(commit(session, 3))).toBe("fenced");
      expect(await store.erase({ ...what, pseudonym: "other", receipt: "another" })).toEqual({
        events: 0,
        intents: 0,
      });
      expect((await store.session(session))?.principal).toBe("gone");
      expect(await store.receipt(session)).toBe(what.receipt);
      expect(await store.erase({ ...what, session: "ses_none" })).toEqual({ events: 0, intents: 0 });
      expect((await store.read(other, 0, 10)).at(-1)?.json).toBe('{"n":3}');
      expect(await store.turns(other)).toHaveLength(1);
      expect((await store.intent(`${other}.1`))?.jws).toBe("a.b.c");
    });
  });

  test("a walk names every session with its last event, by id, a page at a time", async () => {
    const { store } = shelf();
    const since = await opened(store);
    const at = (instant: string) => JSON.stringify({ kind: "closed", at: instant });
    const [first, second, third] = [await opened(store), await opened(store), await opened(store)];
    await store.append(commit(second, 1, { at: LATER, events: [event(2, at(LATER))] }));
    await store.append(commit(third, 1, { at: LATER, events: [event(2, at(LATER))] }));
    await store.erase({ ...gone(third), at: EARLY });
    const head = async (id: string) => ({ id, ...(await store.head(id)) });
    const walked = [
      { ...(await head(first)), at: AT },
      { ...(await head(second)), at: LATER },
      { ...(await head(third)), at: EARLY },
    ];
    expect(await store.walk(since, 10)).toEqual(walked);
    expect(await store.walk(since, 2)).toEqual(walked.slice(0, 2));
    expect(await store.walk(first, 1)).toEqual(walked.slice(1, 2));
    await store.forget(second);
    expect((await store.walk(first, 10)).map(({ id }) => id)).toEqual([third]);
  });

  describe("retention", () => {
    const at = (instant: string) => JSON.stringify({ kind: "closed", at: instant });
    const ended = async (instant: string, since: string, limit = 10) =>
      shelf().store.endedBefore(instant, since, limit);

    test("names what ended before an instant and owes no answer, by id", async () => {
      const { store } = shelf();
      const since = await opened(store);
      const ids: string[] = [];
      for (let n = 0; n < 5; n++) ids.push(await opened(store, { opened_at: EARLY }));
      const [old, younger, owing, silent, erased] = ids as [string, string, string, string, string];
      await store.append(commit(old, 1, { at: EARLY, events: [event(2, at(EARLY))] }));
      await store.append(commit(younger, 1, { events: [event(2, at(AT))] }));
      await store.append(
        commit(owing, 1, { at: EARLY, events: [event(2, at(EARLY))], intents: [order(owing, 1)] }),
      );
      await store.append(commit(erased, 1, { events: [event(2, at(AT))] }));
      await store.erase(gone(erased));
      expect(await ended(EARLY, since)).toEqual([]);
      expect(await ended(AT, since)).toEqual([old, silent, erased]);
      expect(await ended(AT, since, 2)).toEqual([old, silent]);
      expect(await ended(AT, silent)).toEqual([erased]);
      expect(await ended(LATER, since)).toEqual([old, younger, silent, erased]);
      const statuses = [
        { intent: `${owing}.1`, from: "pending", to: "accepted", gives_back: false },
      ] as const;
      await store.append(commit(owing, 2, { at: EARLY, events: [event(3, at(EARLY))], statuses }));
      expect(await ended(AT, younger)).toEqual([owing, silent, erased]);
    });

    test("forgets a session whole, but what its orders came to", async () => {
      const { store, stock } = shelf();
      const [session, other] = [await full(), await full()];
      await store.forget(session);
      await store.forget(session);
      expect(await store.session(session)).toBeNull();
      expect(await store.head(session)).toBeNull();
      expect(await store.calls(session)).toEqual([]);
      expect(await store.claim(session)).toBeNull();
      expect(await store.append(commit(session, 3))).toBe("fenced");
      expect(await store.intent(`${session}.1`)).toMatchObject({
        ...{ total: 100, status: "pending", jws: null, payload: '{"kind":"erased"}' },
      });
      expect(await stock(session)).toBe(7);
      expect(await store.head(other)).toMatchObject({ seq: 3 });
      await store.erase({ ...gone(other), intents: [{ id: `${other}.1`, payload: "{}" }] });
      await store.forget(other);
      expect(await store.receipt(other)).toBe(`receipt of ${other}`);
      expect((await store.intent(`${other}.1`))?.payload).toBe("{}");
    });

    test("drops money records that are old enough, of forgotten sessions only, a page at a time", async () => {
      const { store } = shelf();
      const kept: string[] = [];
      const made = async (issued_at: string, forgotten: boolean) => {
        const id = await opened(store);
        await store.append(commit(id, 1, { intents: [order(id, 1)] }));
        const payload = JSON.stringify({ issued_at });
        await store.erase({ ...gone(id), intents: [{ id: `${id}.1`, payload }] });
        if (forgotten) await store.forget(id);
        return `${id}.1`;
      };
      const old = [await made(EARLY, true), await made(EARLY, true), await made(BEFORE, true)];
      kept.push(await made(AT, true), await made(EARLY, false));
      const before = old[0]?.slice(0, -1) ?? "";
      expect(await store.dropOrders(AT, before, 2)).toEqual(old.slice(0, 2));
      expect(await store.dropOrders(AT, old[1] ?? "", 2)).toEqual(old.slice(2));
      expect(await store.dropOrders(AT, before, 10)).toEqual([]);
      expect(await Promise.all(old.map((id) => store.intent(id)))).toEqual([null, null, null]);
      for (const id of kept) expect(await store.intent(id)).not.toBeNull();
    });
  });
}
