import { describe, expect, test } from "vitest";
import type { Store } from "../../src/ports/store.ts";
import { AT, BEFORE, commit, EARLY, fresh, LATER, opened } from "./opened.ts";

/** What ports/store.ts promises to several nodes of one vendor, over any adapter. */
export function nodesContract(of: () => Store): void {
  describe("a claim", () => {
    test("fences whoever had the session before, and nobody else", async () => {
      const store = of();
      const [id, other] = [await opened(store), await opened(store)];
      expect(await store.append(commit(id, 1))).toBe("appended");
      expect(await store.claim(id)).toBe(2);
      expect(await store.append(commit(id, 2))).toBe("fenced");
      expect(await store.append(commit(id, 2, { term: 2 }))).toBe("appended");
      expect(await store.append(commit(other, 1))).toBe("appended");
      expect(await store.claim(id)).toBe(3);
      expect(await store.append(commit(id, 3, { term: 2 }))).toBe("fenced");
      expect((await store.read(id, 0, 10)).map(({ seq }) => seq)).toEqual([1, 2, 3]);
    });

    test("is looked at before anything else, so that a fenced writer hears so though it is stale, too", async () => {
      const store = of();
      const id = await opened(store);
      await store.append(commit(id, 1));
      await store.claim(id);
      expect(await store.append(commit(id, 1))).toBe("fenced");
      expect(await store.append(commit(id, 1, { term: 2 }))).toBe("stale");
      expect(await store.append(commit("ses_none", 1))).toBe("fenced");
      expect(await store.claim("ses_none")).toBeNull();
    });

    test("is given to one caller each, however many claim at once", async () => {
      const store = of();
      const id = await opened(store);
      const terms = await Promise.all(Array.from({ length: 12 }, () => store.claim(id)));
      expect(terms.toSorted((a, b) => Number(a) - Number(b))).toEqual(
        Array.from({ length: 12 }, (_, i) => i + 2),
      );
      const outcomes = await Promise.all(
        terms.map((term) => store.append(commit(id, 1, { term: term ?? 0 }))),
      );
      expect(outcomes.filter((outcome) => outcome === "appended")).toHaveLength(1);
      expect(outcomes.filter((outcome) => outcome === "fenced")).toHaveLength(11);
    });

    test("sees what was appended before it, or that is refused", async () => {
      const store = of();
      for (let round = 0; round < 20; round++) {
        const id = await opened(store);
        const [outcome, seen] = await Promise.all([
          store.append(commit(id, 1)),
          store.claim(id).then(() => store.head(id)),
        ]);
        expect(seen?.seq).toBe(outcome === "appended" ? 2 : 1);
      }
    });
  });

  describe("the outbox", () => {
    const item = (id: string) => ({ id, topic: "order.bound", body: "{}", sinks: ["receiver"] });
    const ids = (items: readonly { id: string }[]) => items.map(({ id }) => id);

    test("gives what is due to one node, out of reach of the others until its lease is over", async () => {
      const store = of();
      const session = await opened(store);
      await store.append(commit(session, 1, { at: EARLY, outbox: [item(`${session}.x`)] }));
      const mine = async (now: string, until: string) =>
        (await store.lease("receiver", now, 1_000, until)).filter(({ id }) => id === `${session}.x`);
      expect(await mine(BEFORE, AT)).toEqual([
        {
          id: `${session}.x`,
          sink: "receiver",
          topic: "order.bound",
          body: "{}",
          attempts: 0,
          due_at: EARLY,
        },
      ]);
      expect(await mine(BEFORE, AT)).toEqual([]);
      expect(ids(await mine(AT, AT))).toEqual([`${session}.x`]);
      await store.failed(`${session}.x`, "receiver", LATER, "refused");
      expect(await mine(AT, AT)).toEqual([]);
      expect((await mine(LATER, LATER))[0]?.attempts).toBe(1);
      await store.delivered(`${session}.x`, "receiver");
      expect(await mine(LATER, LATER)).toEqual([]);
    });

    test("gives each item to one node, however many ask at once, the earliest first", async () => {
      const store = of();
      const session = await opened(store);
      const outbox = Array.from({ length: 30 }, (_, n) => item(`${session}.${n}`));
      for (const [n, one] of outbox.entries())
        await store.append(commit(session, n + 1, { at: `2029-01-01T00:00:${10 + n}.000Z`, outbox: [one] }));
      const first = await store.lease("receiver", "2029-02-01T00:00:00.000Z", 6, LATER);
      expect(ids(first)).toEqual(ids(outbox.slice(0, 6)));
      const rest = await Promise.all(
        Array.from({ length: 8 }, () => store.lease("receiver", "2029-02-01T00:00:00.000Z", 3, LATER)),
      );
      expect(ids(rest.flat()).toSorted()).toEqual(ids(outbox.slice(6)).toSorted());
      await Promise.all(outbox.map(({ id }) => store.delivered(id, "receiver")));
    });

    test("keeps what was given up, names it by id, and makes it due again when told", async () => {
      const store = of();
      const session = await opened(store);
      const outbox = [1, 2, 3].map((n) => item(`${session}.${n}`));
      await store.append(commit(session, 1, { outbox }));
      await store.lease("receiver", AT, 1_000, LATER);
      for (const { id } of outbox) await store.failed(id, "receiver", null, `410 Gone ${"!".repeat(500)}`);
      expect(await store.lease("receiver", "9", 1_000, "9")).toEqual([]);
      const [first, second, third] = ids(outbox) as [string, string, string];
      expect(ids(await store.dead({ id: `${session}.`, sink: "" }, 2))).toEqual([first, second]);
      const [behind] = await store.dead({ id: second, sink: "receiver" }, 10);
      expect(behind).toMatchObject({ id: third, attempts: 1, body: "{}" });
      expect(behind?.error).toHaveLength(400);
      expect(await store.revive([second, "none"], AT)).toBe(1);
      expect(await store.lease("receiver", AT, 10, LATER)).toMatchObject([
        { id: second, attempts: 0, due_at: AT },
      ]);
      expect(await store.revive([second], AT)).toBe(0);
      expect(await store.revive(null, AT)).toBe(2);
      expect(ids(await store.lease("receiver", AT, 10, LATER))).toEqual([first, third]);
      await Promise.all(outbox.map(({ id }) => store.delivered(id, "receiver")));
    });
  });

  describe("a nonce", () => {
    test("is taken from the first alone, however many name it at once, until its time is up", async () => {
      const store = of();
      const nonce = fresh();
      const all = await Promise.all(Array.from({ length: 10 }, () => store.once(nonce, AT, BEFORE)));
      expect(all.filter((first) => first)).toHaveLength(1);
      expect(await store.once(nonce, LATER, BEFORE)).toBe(false);
      expect(await store.once(nonce, LATER, AT)).toBe(true);
      expect(await store.once(nonce, LATER, AT)).toBe(false);
      expect(await store.once(fresh(), LATER, AT)).toBe(true);
    });
  });

  describe("a revocation", () => {
    test("stands until the principal is reinstated, and is there once", async () => {
      const store = of();
      const principal = `key:${fresh()}`;
      const mine = async () => (await store.revocations()).filter((one) => one.principal === principal);
      expect(await mine()).toEqual([]);
      await store.revoke(principal, AT);
      await store.revoke(principal, LATER);
      expect(await mine()).toEqual([{ principal, at: LATER }]);
      await store.reinstate(principal);
      await store.reinstate(principal);
      expect(await mine()).toEqual([]);
    });
  });
}
