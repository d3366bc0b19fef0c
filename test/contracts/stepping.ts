import fc from "fast-check";
import { beginning } from "../../src/domain/chain.ts";
import type { Commit, Hold, IntentRecord, Store } from "../../src/ports/store.ts";
import { event, order, recordOf } from "./opened.ts";

/** What a step knows before it is taken: a writer's view of every session, and the time. */
export interface Told {
  /** Of this run alone, so that runs share a database. */
  readonly run: string;
  now: number;
  /** Their orders are still there under their ids, so that none is opened again. */
  readonly forgotten: Set<number>;
  readonly sessions: Map<number, { term: number; seq: number; orders: number; chain: string }>;
}

/** One thing done to a store, with an answer that every store must give alike. */
export interface Step {
  readonly what: string;
  act(store: Store, told: Told): Promise<unknown>;
  /** What the writers know afterwards. */
  learn?(answer: unknown, told: Told): void;
}

const instant = (n: number) => new Date(Date.UTC(2031, 0, 1) + n * 60_000).toISOString();
export const nowOf = ({ now }: Told) => instant(now);
export const idOf = ({ run }: Told, session: number) => `ses_${run}_${session}`;
export const SKUS = ["red", "green", 'odd "sku"\n'] as const;
export const ACCOUNTS = ["week", "month"] as const;
const named = ({ run }: Told, name: string) => `${name} ${run}`;

const session = fc.nat(4);
const units = fc.uniqueArray(
  fc.record({ sku: fc.constantFrom(...SKUS), quantity: fc.integer({ min: 1, max: 3 }) }),
  {
    maxLength: 2,
    selector: ({ sku }) => sku,
  },
);
const charges = fc.uniqueArray(
  fc.record({ account: fc.constantFrom(...ACCOUNTS), amount: fc.integer({ min: 1, max: 40 }) }),
  { maxLength: 2, selector: ({ account }) => account },
);

interface Wish {
  readonly session: number;
  readonly old: boolean;
  readonly behind: boolean;
  readonly take: readonly { sku: string; quantity: number }[];
  readonly spend: readonly { account: string; amount: number }[];
  readonly hold:
    | { units: Hold["units"]; charges: readonly { account: string; amount: number }[] }
    | null
    | undefined;
  readonly order: IntentRecord["status"] | null;
  readonly move: { readonly n: number; readonly from: IntentRecord["status"] } | null;
  readonly outbox: boolean;
  readonly lease: boolean | null;
}

const rarely = fc.integer({ min: 0, max: 11 }).map((n) => n === 0);
const waiting = fc.constantFrom<IntentRecord["status"]>("pending", "approval_pending");
const wish: fc.Arbitrary<Wish> = fc.record({
  session,
  old: rarely,
  behind: rarely,
  take: units,
  spend: charges,
  hold: fc.oneof(fc.constant(undefined), fc.constant(null), fc.record({ units, charges })),
  order: fc.option(waiting, { freq: 4 }),
  move: fc.option(fc.record({ n: fc.nat(4), from: waiting })),
  outbox: fc.boolean(),
  lease: fc.option(fc.boolean()),
});

/** At most so many minor units of an account. */
const MOST = 60;

function commitOf(wished: Wish, told: Told): Commit {
  const { term, seq, orders, chain } = told.sessions.get(wished.session) ?? { ...NONE, chain: beginning("") };
  const id = idOf(told, wished.session);
  const at = nowOf(told);
  const intent = order(id, orders, {
    ...{ status: wished.order ?? "pending", payload: JSON.stringify({ expires_at: instant(told.now + 5) }) },
    lines: wished.take.map(({ sku, quantity }) => ({ sku: named(told, sku), quantity })),
  });
  const of = (all: readonly { account: string; amount: number }[]) =>
    all.map(({ account, amount }) => ({ account: named(told, account), amount, most: MOST }));
  const kept = wished.hold && {
    units: wished.hold.units.map(({ sku, quantity }) => ({ sku: named(told, sku), quantity })),
    charges: of(wished.hold.charges),
    ...{ until: instant(told.now + 3), share_bp: 5_000 },
  };
  return {
    ...{ session: id, term: wished.old ? term - 1 : term, after: wished.behind ? seq - 1 : seq, at },
    events: [event(seq + 1, JSON.stringify({ at, n: seq + 1 }), chain)],
    message: { id: `m${seq} \u0000 "`, seq: seq + 1 },
    ...(kept === undefined ? {} : { hold: kept }),
    ...(wished.order
      ? { intents: [intent], take: intent.lines, spend: { intent: intent.id, charges: of(wished.spend) } }
      : {}),
    ...(wished.move
      ? {
          statuses: [
            {
              intent: `${id}.${wished.move.n}`,
              from: wished.move.from,
              to: "cancelled" as const,
              gives_back: true,
            },
          ],
        }
      : {}),
    ...(wished.lease === null
      ? {}
      : {
          lease: wished.lease
            ? { seq: seq + 1, operator: seq % 2 ? "Mina" : "", until: instant(told.now + 2) }
            : null,
        }),
    ...(wished.outbox
      ? { outbox: [{ id: `${id}.${seq}`, topic: "order.bound", body: "{}", sinks: SINKS.slice(seq % 2) }] }
      : {}),
  };
}

const SINKS = ["receiver", "stream"] as const;
const NONE = { term: 1, seq: 1, orders: 0 };

/** Commits of several sessions that arrive together: in this order, whatever goes into one transaction. */
const appends = fc.uniqueArray(wish, { minLength: 1, maxLength: 5, selector: (one) => one.session }).map(
  (wishes): Step => ({
    what: "append",
    act: (store, told) => Promise.all(wishes.map((one) => store.append(commitOf(one, told)))),
    learn: (answer, told) => {
      for (const [i, outcome] of (answer as unknown[]).entries()) {
        const one = wishes[i] as Wish;
        const known = told.sessions.get(one.session);
        if (outcome !== "appended" || !known) continue;
        known.chain = commitOf(one, told).events[0]?.chain ?? "";
        known.seq += 1;
        if (one.order) known.orders += 1;
      }
    },
  }),
);

const opens = fc.tuple(session, fc.nat(2)).map(([n, principal]) => opening(n, principal));

export function opening(n: number, principal: number): Step {
  return {
    what: "open",
    act: async (store, told) => {
      if (told.forgotten.has(n)) return null;
      const id = idOf(told, n);
      const record = recordOf(id, { principal: named(told, `key:${principal}`), opened_at: nowOf(told) });
      return store.open(record, event(1, '{"kind":"opened"}'));
    },
    learn: (made, told) => {
      if (made === true) told.sessions.set(n, { ...NONE, chain: event(1, '{"kind":"opened"}').chain });
    },
  };
}

const claims = session.map(
  (n): Step => ({
    what: "claim",
    act: (store, told) => store.claim(idOf(told, n)),
    learn: (term, told) => {
      const known = told.sessions.get(n);
      if (known && term !== null) known.term = Number(term);
    },
  }),
);

const goes = fc.tuple(session, fc.boolean()).map(
  ([n, whole]): Step => ({
    what: whole ? "forget" : "erase",
    act: async (store, told) => {
      const id = idOf(told, n);
      if (whole) return store.forget(id);
      const { term } = told.sessions.get(n) ?? NONE;
      const outbox = [{ id: `${id}.erased`, topic: "session.erased", body: "{}", sinks: SINKS }];
      const what = { session: id, term, at: nowOf(told), pseudonym: named(told, "gone"), outbox };
      return store.erase({ ...what, intents: [], receipt: `receipt of ${id}` });
    },
    learn: (_, told) => {
      if (!whole) return;
      told.sessions.delete(n);
      told.forgotten.add(n);
    },
  }),
);

const deliveries = fc
  .tuple(
    fc.constantFrom("lease", "failed", "dead", "delivered", "revive", "disable", "enable"),
    session,
    fc.nat(8),
  )
  .map(
    ([what, n, seq]): Step => ({
      what,
      act: async (store, told) => {
        const id = `${idOf(told, n)}.${seq}`;
        const sink = SINKS[seq % 2] ?? "";
        if (what === "lease") return store.lease(sink, nowOf(told), 3, instant(told.now + 2));
        if (what === "failed") return store.failed(id, sink, instant(told.now + 1), "later");
        if (what === "dead") return store.failed(id, sink, null, "never");
        if (what === "delivered") return store.delivered(id, sink);
        if (what === "disable") return store.disable(sink, nowOf(told), "gone");
        if (what === "enable") return store.enable(sink);
        return store.revive(seq % 2 === 0 ? null : [id], nowOf(told));
      },
    }),
  );

const bars = fc.tuple(fc.constantFrom("once", "revoke", "reinstate"), fc.nat(2)).map(
  ([what, n]): Step => ({
    what,
    act: async (store, told) => {
      const name = named(told, `key:${n}`);
      if (what === "once") return store.once(name, instant(told.now + 8), nowOf(told));
      return what === "revoke" ? store.revoke(name, nowOf(told)) : store.reinstate(name);
    },
  }),
);

const staff = fc.tuple(fc.constantFrom("renew", "note", "attend"), session, fc.nat(3)).map(
  ([what, n, seq]): Step => ({
    what,
    act: async (store, told) => {
      const id = idOf(told, n);
      if (what === "renew")
        return store.renew(id, (told.sessions.get(n)?.seq ?? 0) - seq, instant(told.now + 4));
      if (what === "attend") return store.attend(named(told, "Mina"), instant(told.now + seq));
      return told.sessions.has(n)
        ? store.note(id, { id: `n${seq}`, at: nowOf(told), by: "Mina", seq, text: "be brief" })
        : false;
    },
  }),
);

const waits = fc.integer({ min: 1, max: 3 }).map(
  (minutes): Step => ({
    what: "wait",
    act: async () => null,
    learn: (_, told) => {
      told.now += minutes;
    },
  }),
);

export const step: fc.Arbitrary<Step> = fc.oneof(
  { weight: 8, arbitrary: appends },
  { weight: 4, arbitrary: opens },
  { weight: 2, arbitrary: claims },
  { weight: 1, arbitrary: goes },
  { weight: 3, arbitrary: deliveries },
  { weight: 2, arbitrary: bars },
  { weight: 2, arbitrary: staff },
  { weight: 2, arbitrary: waits },
);

/** Everything a store can be asked about a run. */
export async function readings(store: Store, told: Told) {
  const ids = [0, 1, 2, 3, 4].map((n) => idOf(told, n));
  const viewer = { session: ids[0] ?? "", now: nowOf(told) };
  const mine = <T extends { readonly id: string }>(all: readonly T[]) =>
    all.filter(({ id }) => id.includes(`_${told.run}_`));
  return {
    sessions: mine(await store.sessions(10_000)).toSorted((a, b) => (a.id < b.id ? -1 : 1)),
    latest: mine(await store.latest(null, 10_000)),
    held: await Promise.all(ids.map((id) => store.held(id))),
    lapsed: (await store.lapsed(viewer.now, 10_000)).filter(({ session: id }) =>
      id.includes(`_${told.run}_`),
    ),
    waits: (await store.waits(10_000)).filter(({ session: id }) => id.includes(`_${told.run}_`)),
    notes: await Promise.all(ids.map((id) => store.notes(id))),
    heads: await store.heads(ids),
    head: await Promise.all(ids.map((id) => store.head(id))),
    chain: await Promise.all(ids.map((id) => store.chain(id, 0, 100))),
    read: await Promise.all(ids.map((id) => store.read(id, 1, 5))),
    orders: await Promise.all(ids.map((id) => store.intentsOf(id))),
    of: await store.sessionsOf(named(told, "key:1"), null, 100),
    overdue: mine(await store.overdue(viewer.now, null, 10_000)),
    awaiting: mine(await store.awaiting(null, 10_000)),
    used: await store.used(
      ACCOUNTS.map((account) => named(told, account)),
      viewer,
    ),
    dead: mine(await store.dead(null, 10_000)),
    sinks: await store.sinks(),
    barred: (await store.revocations()).filter(({ principal }) => principal.endsWith(told.run)),
    receipts: await Promise.all(ids.map((id) => store.receipt(id))),
    ended: (await store.endedBefore(viewer.now, null, 10_000)).filter((id) => id.includes(`_${told.run}_`)),
  };
}

/** On hand of this run's products. */
export const shelvesOf = (told: Told) => SKUS.map((sku) => named(told, sku));
