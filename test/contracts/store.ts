import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { beginning, link } from "../../src/domain/chain.ts";
import type { Call } from "../../src/domain/question.ts";
import type { Commit, IntentRecord } from "../../src/ports/store.ts";
import { erasingContract } from "./erasing.ts";
import { type Held, holdingsContract } from "./holdings.ts";
import { nodesContract } from "./nodes.ts";
import { AT, BEFORE, commit, EARLY, event, fresh, LATER, opened, order, recordOf, SALT } from "./opened.ts";
import { sinksContract } from "./sinks.ts";
import { staffingContract } from "./staffing.ts";

/** A store of one adapter with a shelf behind it. `stock` is what is on hand; sets it when a number is given. */
export interface Shelf extends Held {
  close(): Promise<void>;
}

/** The promises of ports/store.ts, over any adapter. */
export function storeContract(name: string, empty: () => Promise<Shelf>): void {
  describe(`${name}: store`, () => {
    let shelf: Shelf;
    let store: Shelf["store"];
    beforeAll(async () => {
      shelf = await empty();
      store = shelf.store;
    });
    afterAll(() => shelf.close());

    const seqs = async (session: string, after = 0, limit = 100) =>
      (await store.read(session, after, limit)).map(({ seq }) => seq);

    test("gives back what was appended, in order, from where and as far as asked", async () => {
      const id = await opened(store);
      for (const after of [1, 2, 3]) expect(await store.append(commit(id, after))).toBe("appended");
      expect(await seqs(id)).toEqual([1, 2, 3, 4]);
      expect(await seqs(id, 1, 2)).toEqual([2, 3]);
      expect((await store.read(id, 3, 1))[0]?.json).toBe('{"n":4}');
    });

    test("refuses a writer who does not know the last event, and keeps nothing of it", async () => {
      const id = await opened(store);
      expect(await store.append(commit(id, 1))).toBe("appended");
      expect(await store.append(commit(id, 1))).toBe("stale");
      expect(await seqs(id)).toEqual([1, 2]);
    });

    test("of several who append after the same event one is taken", async () => {
      const id = await opened(store);
      const outcomes = await Promise.all(Array.from({ length: 8 }, () => store.append(commit(id, 1))));
      expect(outcomes.filter((outcome) => outcome === "appended")).toHaveLength(1);
      expect(outcomes.filter((outcome) => outcome === "stale")).toHaveLength(7);
    });

    test("takes stock only when all of it is there, and otherwise nothing at all", async () => {
      const id = await opened(store);
      await shelf.stock("A", 5);
      await shelf.stock("B", 1);
      const take = [
        { sku: "A", quantity: 3 },
        { sku: "B", quantity: 2 },
      ];
      expect(await store.append(commit(id, 1, { take }))).toEqual({ short: "B" });
      expect([await shelf.stock("A"), await shelf.stock("B")]).toEqual([5, 1]);
      expect(await seqs(id)).toEqual([1]);
      expect(await store.append(commit(id, 1, { take: take.slice(0, 1) }))).toBe("appended");
      expect(await shelf.stock("A")).toBe(2);
    });

    test("never sells more than there is, however many ask at once", async () => {
      await shelf.stock("C", 4);
      const ids = await Promise.all(Array.from({ length: 10 }, () => opened(store)));
      const take = [{ sku: "C", quantity: 1 }];
      const outcomes = await Promise.all(ids.map((id) => store.append(commit(id, 1, { take }))));
      expect(outcomes.filter((outcome) => outcome === "appended")).toHaveLength(4);
      expect(await shelf.stock("C")).toBe(0);
    });

    test("moves an order on only from the status it is in, and gives its goods back once", async () => {
      const id = await opened(store);
      await shelf.stock("D", 3);
      const lines = [{ sku: "D", quantity: 2 }];
      const intent = order(id, 1, { lines });
      expect(await store.append(commit(id, 1, { intents: [intent], take: lines }))).toBe("appended");
      expect(await store.intent(intent.id)).toEqual(intent);
      const statuses = [{ intent: intent.id, from: "pending", to: "cancelled", gives_back: true }] as const;
      expect(await store.append(commit(id, 2, { statuses }))).toBe("appended");
      expect(await store.append(commit(id, 3, { statuses }))).toBe("status");
      expect(await shelf.stock("D")).toBe(3);
      expect((await store.intent(intent.id))?.status).toBe("cancelled");
    });

    test("names the orders that wait past their intent's instant, earliest first, a page at a time", async () => {
      const id = await opened(store);
      const intent = (n: number, status: IntentRecord["status"], expires_at: string) =>
        order(id, n, { status, payload: JSON.stringify({ expires_at }) });
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
      const id = await opened(store);
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

    test("gives the chain as it was given, text and salt beside it, and where it ends", async () => {
      const id = await opened(store);
      const first = event(1, '{"kind":"opened"}');
      const second = link(first.chain, 2, '{"n":2}', SALT);
      const events = [{ ...event(2), ...second }, event(3, '{"n":3}', second.chain)];
      await store.append(commit(id, 1, { events }));
      const chain = [first, ...events].map(({ event: _, ...stored }) => stored);
      expect(await store.chain(id, 0, 10)).toEqual(chain);
      expect(await store.chain(id, 1, 1)).toEqual(chain.slice(1, 2));
      expect(await store.head(id)).toEqual({ seq: 3, chain: chain[2]?.chain });
      expect(await store.head("ses_none")).toBeNull();
      expect(beginning(id)).not.toBe(beginning("ses_none"));
    });

    test("opens a session once: whoever comes second changes nothing of it", async () => {
      const id = fresh();
      expect(await store.open(recordOf(id), event(1, '{"first":1}'))).toBe(true);
      expect(await store.open(recordOf(id, { principal: "key:b" }), event(1, '{"second":1}'))).toBe(false);
      expect(await store.session(id)).toEqual(recordOf(id));
      expect(await store.read(id, 0, 10)).toEqual([{ seq: 1, json: '{"first":1}' }]);
    });

    test("names the sessions of a principal, and the last number of those it is asked about", async () => {
      const principal = `key:${fresh()}`;
      const ids = [];
      for (const n of [1, 2, 3])
        ids.push(await opened(store, { principal, opened_at: n === 2 ? EARLY : AT }));
      await opened(store);
      expect((await store.sessionsOf(principal, null, 10)).map(({ id }) => id)).toEqual(ids);
      expect((await store.sessionsOf(principal, ids[0] ?? "", 1)).map(({ id }) => id)).toEqual([ids[1]]);
      await store.append(commit(ids[1] ?? "", 1));
      const [first, second] = ids as [string, string];
      expect(await store.heads([first, second, "ses_none"])).toEqual({ [first]: 1, [second]: 2 });
      expect(await store.heads([])).toEqual({});
    });

    test("names every session that was claimed since it was last asked, with its term", async () => {
      const [quiet, once, twice] = [await opened(store), await opened(store), await opened(store)];
      const told = async (since: string | null) => {
        const { claimed, next } = await store.claims(since);
        const own = claimed.filter(([id]) => [quiet, once, twice].includes(id));
        return { claimed: own.toSorted(), next };
      };
      await store.claim(quiet);
      const { claimed, next: start } = await told(null);
      expect(claimed).toEqual([]);
      await store.claim(once);
      await store.claim(twice);
      await store.claim(twice);
      const { claimed: first, next } = await told(start);
      expect(first.filter(([id]) => id !== quiet)).toEqual([
        [once, 2],
        [twice, 3],
      ]);
      await store.append(commit(once, 1, { term: 2 }));
      await store.claim(twice);
      expect((await told(next)).claimed).toContainEqual([twice, 4]);
      // What was asked from once may be asked from again.
      expect((await told(start)).claimed).toContainEqual([once, 2]);
      expect((await told(start)).claimed).toContainEqual([twice, 4]);
      await store.claim("ses_none");
      // Others at work beside it may keep what was told to be told once more, never for good.
      let end = next;
      const toldAgain = async () => {
        const { claimed, next: later } = await told(end);
        end = later;
        return claimed;
      };
      await expect.poll(toldAgain).toEqual([]);
    });

    test("gives the orders that wait for a person, and those of a session, by id", async () => {
      const id = await opened(store);
      const status = "approval_pending" as const;
      const intents = [order(id, 2, { status }), order(id, 1, { status, jws: "a.b.c" }), order(id, 3)];
      await store.append(commit(id, 1, { intents }));
      const [second, first, third] = intents;
      const since = `${id}.`;
      expect(await store.awaiting(since, 2)).toEqual([first, second]);
      expect((await store.awaiting(first?.id ?? "", 1))[0]).toEqual(second);
      expect(await store.intentsOf(id)).toEqual([first, second, third]);
      const statuses = [{ intent: `${id}.1`, from: status, to: "declined", gives_back: true }] as const;
      await store.append(commit(id, 2, { statuses }));
      expect((await store.awaiting(since, 1))[0]).toEqual(second);
    });

    holdingsContract(() => shelf);
    nodesContract(() => store);
    sinksContract(() => store);
    staffingContract(() => store);
    erasingContract(() => shelf);

    test("knows no session, order or policy that was not put there", async () => {
      for (const none of ["ses_none", "ses_\0", "ses_\ud800", ""]) {
        expect(await store.session(none)).toBeNull();
        expect(await store.receipt(none)).toBeNull();
        expect(await store.intent(none)).toBeNull();
      }
      await expect(store.awaiting("int_\0", 1)).resolves.toBeInstanceOf(Array);
      expect(await store.intent("none")).toBeNull();
      expect(await store.policy("none")).toBeNull();
      await store.keepPolicy("some", "text");
      expect(await store.policy("some")).toBe("text");
      await store.ping();
    });
  });
}
