import { describe, expect, test } from "vitest";
import type { Store } from "../../src/ports/store.ts";
import { AT, commit, EARLY, LATER, opened, order } from "./opened.ts";

/** What ports/store.ts promises of several places that orders go to, over any adapter. */
export function sinksContract(of: () => Store): void {
  /** Two items for each of two sinks that no other test has. */
  async function queued() {
    const store = of();
    const session = await opened(store);
    const sinks = [`${session}-a`, `${session}-b`] as const;
    const outbox = [1, 2].map((n) => ({ id: `${session}.${n}`, topic: "order.bound", body: "{}", sinks }));
    expect(await store.append(commit(session, 1, { at: EARLY, outbox }))).toBe("appended");
    const leased = async (sink: string, now = AT) =>
      (await store.lease(sink, now, 10, now)).map(({ id, attempts }) => `${id} ${attempts}`);
    const state = async (sink: string) => (await store.sinks()).find((one) => one.sink === sink);
    return { store, session, sinks, leased, state };
  }

  describe("a sink", () => {
    test("has items of its own: what becomes of one's is nothing to another", async () => {
      const { store, session, sinks, leased } = await queued();
      const [a, b] = sinks;
      await store.delivered(`${session}.1`, a);
      await store.failed(`${session}.2`, a, LATER, "refused");
      expect(await leased(a)).toEqual([]);
      expect(await leased(b)).toEqual([`${session}.1 0`, `${session}.2 0`]);
      expect(await leased(a, LATER)).toEqual([`${session}.2 1`]);
    });

    test("is told once of what is said twice", async () => {
      const { store, session, sinks, leased } = await queued();
      const again = { id: `${session}.1`, topic: "order.bound", body: "{}", sinks };
      expect(await store.append(commit(session, 2, { at: LATER, outbox: [again] }))).toBe("appended");
      expect(await leased(sinks[0])).toEqual([`${session}.1 0`, `${session}.2 0`]);
    });

    test("is given nothing while it is disabled, and all of it afterwards; the others go on", async () => {
      const { store, session, sinks, leased, state } = await queued();
      const [a, b] = sinks;
      await store.disable(a, AT, "the receiver answered 410");
      await store.disable(a, LATER, "another reason");
      expect(await leased(a)).toEqual([]);
      expect((await leased(b)).length).toBe(2);
      expect(await state(a)).toEqual({
        ...{ sink: a, waiting: 2, dead: 0, earliest: EARLY },
        disabled: { at: AT, why: "the receiver answered 410" },
      });
      expect((await state(b))?.disabled).toBeNull();
      await store.enable(a);
      await store.enable(a);
      expect(await leased(a)).toEqual([`${session}.1 0`, `${session}.2 0`]);
      expect((await state(a))?.disabled).toBeNull();
    });

    test("is known while anything waits for it, was given up, or it is disabled", async () => {
      const { store, session, sinks, state } = await queued();
      const [a, b] = sinks;
      await store.failed(`${session}.1`, a, null, "refused");
      expect(await state(a)).toEqual({ sink: a, waiting: 1, dead: 1, earliest: EARLY, disabled: null });
      await store.delivered(`${session}.2`, a);
      expect(await state(a)).toEqual({ sink: a, waiting: 0, dead: 1, earliest: null, disabled: null });
      for (const n of [1, 2]) await store.delivered(`${session}.${n}`, b);
      expect(await state(b)).toBeUndefined();
      await store.disable(b, AT, "gone");
      expect(await state(b)).toMatchObject({ waiting: 0, dead: 0, earliest: null });
      await store.enable(b);
      expect(await store.revive([`${session}.1`], AT)).toBe(1);
      await store.delivered(`${session}.1`, a);
      expect(await state(a)).toBeUndefined();
    });

    test("has its own of what was given up, page by page, and sends all of one id again", async () => {
      const { store, session, sinks, leased } = await queued();
      const [a, b] = sinks;
      for (const [n, sink] of [
        [1, a],
        [1, b],
        [2, b],
      ] as const)
        await store.failed(`${session}.${n}`, sink, null, `refused by ${sink}`);
      const page = async (after: { id: string; sink: string }) =>
        (await store.dead(after, 1)).map(({ id, sink, error }) => ({ id, sink, error }));
      const [first] = await page({ id: `${session}.`, sink: "" });
      expect(first).toEqual({ id: `${session}.1`, sink: a, error: `refused by ${a}` });
      const [second] = await page(first ?? expect.unreachable());
      expect(second).toMatchObject({ id: `${session}.1`, sink: b });
      const [third] = await page(second ?? expect.unreachable());
      expect(third).toMatchObject({ id: `${session}.2`, sink: b });
      expect(await store.revive([`${session}.1`], AT)).toBe(2);
      expect(await leased(a)).toEqual([`${session}.2 0`, `${session}.1 0`]);
      expect(await leased(b)).toEqual([`${session}.1 0`]);
      await store.revive([`${session}.2`], AT);
    });
  });

  describe("an order that a person decided", () => {
    test("says who did, from then on", async () => {
      const store = of();
      const session = await opened(store);
      const intent = order(session, 1, { status: "approval_pending" });
      await store.append(commit(session, 1, { intents: [intent] }));
      expect(await store.intent(intent.id)).toEqual(intent);
      const move = (
        from: "approval_pending" | "pending",
        to: "pending" | "accepted",
        decided_by?: string,
      ) => ({
        statuses: [{ intent: intent.id, from, to, gives_back: false, ...(decided_by ? { decided_by } : {}) }],
      });
      await store.append(commit(session, 2, move("approval_pending", "pending", "staff:operator/kim")));
      await store.append(commit(session, 3, move("pending", "accepted")));
      expect(await store.intent(intent.id)).toEqual({
        ...intent,
        status: "accepted",
        decided_by: "staff:operator/kim",
      });
    });
  });
}
