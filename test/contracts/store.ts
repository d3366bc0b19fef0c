import { afterAll, beforeAll, describe, expect, test } from "vitest";
import type { Event } from "../../src/domain/event.ts";
import type { Call } from "../../src/domain/question.ts";
import type { Commit, IntentRecord } from "../../src/ports/store.ts";
import { type Held, holdingsContract } from "./holdings.ts";

/** A store of one adapter with a shelf behind it. `stock` is what is on hand; sets it when a number is given. */
export interface Shelf extends Held {
  close(): Promise<void>;
}

/** The promises of ports/store.ts, over any adapter. */
export function storeContract(name: string, empty: () => Promise<Shelf>): void {
  describe(`${name}: store`, () => {
    let shelf: Shelf;
    let store: Shelf["store"];
    let sessions = 0;
    beforeAll(async () => {
      shelf = await empty();
      store = shelf.store;
    });
    afterAll(() => shelf.close());

    const opened = async (): Promise<string> => {
      sessions += 1;
      const id = `ses_${sessions}`;
      const record = { id, secret_hash: "0".repeat(64), principal: "anonymous", opened_at: AT };
      await store.open(record, { seq: 1, event: {} as Event, json: '{"kind":"opened"}' });
      return id;
    };
    const commit = (session: string, after: number, more: Partial<Commit> = {}): Commit => ({
      ...{ session, after, at: AT },
      events: [{ seq: after + 1, event: {} as Event, json: `{"n":${after + 1}}` }],
      ...more,
    });
    const seqs = async (session: string, after = 0, limit = 100) =>
      (await store.read(session, after, limit)).map(({ seq }) => seq);

    test("gives back what was appended, in order, from where and as far as asked", async () => {
      const id = await opened();
      for (const after of [1, 2, 3]) expect(await store.append(commit(id, after))).toBe("appended");
      expect(await seqs(id)).toEqual([1, 2, 3, 4]);
      expect(await seqs(id, 1, 2)).toEqual([2, 3]);
      expect((await store.read(id, 3, 1))[0]?.json).toBe('{"n":4}');
    });

    test("refuses a writer who does not know the last event, and keeps nothing of it", async () => {
      const id = await opened();
      expect(await store.append(commit(id, 1))).toBe("appended");
      expect(await store.append(commit(id, 1))).toBe("stale");
      expect(await seqs(id)).toEqual([1, 2]);
    });

    test("of several who append after the same event one is taken", async () => {
      const id = await opened();
      const outcomes = await Promise.all(Array.from({ length: 8 }, () => store.append(commit(id, 1))));
      expect(outcomes.filter((outcome) => outcome === "appended")).toHaveLength(1);
      expect(outcomes.filter((outcome) => outcome === "stale")).toHaveLength(7);
    });

    test("takes stock only when all of it is there, and otherwise nothing at all", async () => {
      const id = await opened();
      shelf.stock("A", 5);
      shelf.stock("B", 1);
      const take = [
        { sku: "A", quantity: 3 },
        { sku: "B", quantity: 2 },
      ];
      expect(await store.append(commit(id, 1, { take }))).toEqual({ short: "B" });
      expect([shelf.stock("A"), shelf.stock("B")]).toEqual([5, 1]);
      expect(await seqs(id)).toEqual([1]);
      expect(await store.append(commit(id, 1, { take: take.slice(0, 1) }))).toBe("appended");
      expect(shelf.stock("A")).toBe(2);
    });

    test("never sells more than there is, however many ask at once", async () => {
      shelf.stock("C", 4);
      const ids = await Promise.all(Array.from({ length: 10 }, opened));
      const take = [{ sku: "C", quantity: 1 }];
      const outcomes = await Promise.all(ids.map((id) => store.append(commit(id, 1, { take }))));
      expect(outcomes.filter((outcome) => outcome === "appended")).toHaveLength(4);
      expect(shelf.stock("C")).toBe(0);
    });

    test("moves an order on only from the status it is in, and gives its goods back once", async () => {
      const id = await opened();
      shelf.stock("D", 3);
      const lines = [{ sku: "D", quantity: 2 }];
      const intent: IntentRecord = {
        ...{ id: `${id}.1`, session: id, kind: "order", offer: `${id}.o`, status: "pending" },
        ...{ total: 100, currency: "USD", jws: null, payload: "{}", lines },
      };
      expect(await store.append(commit(id, 1, { intents: [intent], take: lines }))).toBe("appended");
      expect(await store.intent(intent.id)).toEqual(intent);
      const statuses = [{ intent: intent.id, from: "pending", to: "cancelled", gives_back: true }] as const;
      expect(await store.append(commit(id, 2, { statuses }))).toBe("appended");
      expect(await store.append(commit(id, 3, { statuses }))).toBe("status");
      expect(shelf.stock("D")).toBe(3);
      expect((await store.intent(intent.id))?.status).toBe("cancelled");
    });

    test("names the orders that wait past their intent's instant, earliest first, a page at a time", async () => {
      const id = await opened();
      const intent = (n: number, status: IntentRecord["status"], expires_at: string): IntentRecord => ({
        ...{ id: `${id}.${n}`, session: id, kind: "order", offer: `${id}.o${n}`, status },
        ...{ total: 1, currency: "USD", jws: null, payload: JSON.stringify({ expires_at }), lines: [] },
      });
      const due = [
        intent(3, "pending", EARLY),
        intent(1, "approval_pending", AT),
        intent(2, "pending", AT),
      ] as const;
      const answered = (["accepted", "executed", "declined", "cancelled", "expired"] as const).map(
        (status, i) => intent(10 + i, status, EARLY),
      );
      const intents = [...due.toReversed(), intent(4, "pending", LATER), ...answered];
      expect(await store.append(commit(id, 1, { intents }))).toBe("appended");
      const named = due.map(({ id: order, payload }) => ({ id: order, ...JSON.parse(payload) }));
      expect(await store.overdue(AT, null, 10)).toEqual(named);
      expect(await store.overdue(AT, null, 2)).toEqual(named.slice(0, 2));
      expect(await store.overdue(AT, named[1], 2)).toEqual(named.slice(2));
      expect(await store.overdue(BEFORE, null, 10)).toEqual(named.slice(0, 1));
      const payload = JSON.stringify({ expires_at: LATER });
      const statuses: Commit["statuses"] = [
        { intent: `${id}.3`, from: "pending", to: "expired", gives_back: true },
        { intent: `${id}.1`, from: "approval_pending", to: "pending", gives_back: false, payload },
      ];
      expect(await store.append(commit(id, 2, { statuses }))).toBe("appended");
      expect(await store.overdue(AT, null, 10)).toEqual(named.slice(2));
    });

    test("keeps the questions of a turn in their order, those of a later commit behind", async () => {
      const id = await opened();
      const call = (prompt: string): Call => ({
        ...{ prompt, version: 1, hash: "h", inputs: "i", model: "tape:x", outcome: "answered" as const },
        ...{ requests: 1, repaired: false, tokens: { in: 1, out: 2 }, micro_usd: null, ms: 3 },
      });
      await store.append(commit(id, 1, { calls: { message: 2, calls: [call("read"), call("research")] } }));
      await store.append(commit(id, 2, { calls: { message: 2, calls: [call("word")] } }));
      const stored = await store.calls(id);
      expect(stored.map(({ message, call: { prompt } }) => [message, prompt])).toEqual([
        [2, "read"],
        [2, "research"],
        [2, "word"],
      ]);
      expect(stored[0]?.call).toEqual(call("read"));
    });

    holdingsContract(() => shelf);

    test("what is to be delivered is due until it was delivered", async () => {
      const id = await opened();
      const outbox = [{ id: `${id}.x`, topic: "order.bound", body: "{}" }];
      await store.append(commit(id, 1, { outbox }));
      expect((await store.due(AT, 10)).map((item) => item.id)).toContain(`${id}.x`);
      await store.failed(`${id}.x`, LATER, "refused");
      expect((await store.due(AT, 10)).map((item) => item.id)).not.toContain(`${id}.x`);
      expect((await store.due(LATER, 10)).find((item) => item.id === `${id}.x`)?.attempts).toBe(1);
      await store.delivered(`${id}.x`);
      expect((await store.due(LATER, 10)).map((item) => item.id)).not.toContain(`${id}.x`);
    });

    test("knows no session, order or policy that was not put there", async () => {
      expect(await store.session("ses_none")).toBeNull();
      expect(await store.intent("none")).toBeNull();
      expect(await store.policy("none")).toBeNull();
      await store.keepPolicy("some", "text");
      expect(await store.policy("some")).toBe("text");
      await store.ping();
    });
  });
}

const EARLY = "2030-05-06T06:08:09.000Z";
const BEFORE = "2030-05-06T07:08:08.999Z";
const AT = "2030-05-06T07:08:09.000Z";
const LATER = "2030-05-06T08:08:09.000Z";
