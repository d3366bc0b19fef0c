import { createHmac } from "node:crypto";
import { beginning } from "../domain/chain.ts";
import { keptOf, Receipt } from "../domain/erasure.ts";
import type { Event } from "../domain/event.ts";
import { Fault } from "../domain/fault.ts";
import { canonical } from "../domain/hash.ts";
import { viewOf } from "../domain/intents/bind.ts";
import { Intent } from "../domain/intents/index.ts";
import { isUnanswered } from "../domain/order.ts";
import type { Clock } from "../ports/clock.ts";
import type { Notice } from "../ports/deliveries.ts";
import type { Journal } from "../ports/journal.ts";
import type { Signer } from "../ports/signer.ts";
import type { IntentRecord, Store } from "../ports/store.ts";
import { logged } from "./logged.ts";

/** What it takes to erase. */
export interface Eraser {
  readonly store: Store;
  readonly clock: Clock;
  /** Signs receipts. */
  readonly signer: Signer;
  /** Outlives the database, so that a backup that is put back is erased anew: one `Erased` a line. */
  readonly ledger: Journal;
  /** Takes orders out of what was delivered to files of our own; a receiver elsewhere is told by a delivery instead. */
  readonly forgetOrders: (ids: readonly string[]) => Promise<void>;
  /** Who is told. */
  readonly sinks: readonly string[];
  /** Keys pseudonyms: without it nobody tells whose they are. */
  readonly key: string;
}

/** An erasure and what proves it: the JWS is over the receipt's canonical text. */
export interface Erased {
  readonly receipt: Receipt;
  readonly jws: string;
}

/**
 * Takes every text of a session, for good, and leaves its chain and its money records under a pseudonym. Orders nobody
 * answered are cancelled first, and the vendor's system is told. Done again it gives the same answer. The receipt is in
 * the ledger before anything goes. Throws `unknown_session`; `unavailable` when others keep writing to it.
 */
export async function eraseSession(session: string, why: Receipt["why"], by: Eraser): Promise<Erased> {
  const before = await by.store.receipt(session);
  return before === null ? erase(session, why, null, by) : again(session, before, by);
}

async function erase(
  session: string,
  why: Receipt["why"],
  pseudonym: string | null,
  by: Eraser,
): Promise<Erased> {
  for (let attempt = 0; attempt < ATTEMPTS; attempt++) {
    const erased = await attemptErasure(session, why, pseudonym, by);
    if (!erased) continue;
    await by.forgetOrders(ordersOf(erased));
    return erased;
  }
  throw new Fault("unavailable", "somebody keeps writing to this session; try again");
}

/** Every session of a principal. Nobody is asked about by "anonymous": those sessions are different people's. */
export async function erasePrincipal(principal: string, by: Eraser): Promise<Erased[]> {
  if (principal === "anonymous")
    throw new Fault("bad_frame", "anonymous is nobody in particular; name the session");
  const done: Erased[] = [];
  for (const name of [principal, pseudonymOf(principal, by.key)]) {
    for (let after: string | null = null; ; ) {
      const page: Awaited<ReturnType<Store["sessionsOf"]>> = await by.store.sessionsOf(name, after, AT_ONCE);
      for (const { id } of page) done.push(await eraseSession(id, "asked", by));
      after = page.at(-1)?.id ?? null;
      if (page.length < AT_ONCE) break;
    }
  }
  // What was just erased is found under its pseudonym once more.
  const each = new Map(done.map((erased) => [erased.receipt.session, erased]));
  return [...each.values()].sort((a, b) => (a.receipt.session < b.receipt.session ? -1 : 1));
}

const ATTEMPTS = 5;
const AT_ONCE = 100;

/** The same for the same name, and for nobody to turn back without the key. */
export function pseudonymOf(name: string, key: string): string {
  return `gone_${createHmac("sha256", key).update(`pseudonym\n${name}`).digest("base64url").slice(0, 22)}`;
}

/** What was done is done; but what a crash kept from being emptied is emptied now. */
async function again(session: string, jws: string, by: Eraser): Promise<Erased> {
  const payload = await by.signer.verify(jws);
  if (payload === null)
    throw new Fault(
      "unavailable",
      `the receipt of ${session} is not of this gateway's keys; see npm run audit`,
    );
  const erased = { receipt: Receipt.parse(JSON.parse(payload)), jws };
  const { at, pseudonym } = erased.receipt;
  await by.store.erase({ session, term: 0, at, pseudonym, intents: [], receipt: jws, outbox: [] });
  await by.forgetOrders(ordersOf(erased));
  return erased;
}

/**
 * Erases again what a backup brought back, as it then stands and by the same pseudonym, with a receipt of its own. False
 * when nothing of it is here.
 */
export async function reapply({ receipt }: Erased, by: Eraser): Promise<boolean> {
  const { session, why, pseudonym } = receipt;
  if ((await by.store.receipt(session)) !== null || (await by.store.session(session)) === null) return false;
  await erase(session, why, pseudonym, by);
  return true;
}

function ordersOf({ receipt }: Erased): string[] {
  return receipt.orders.map(({ id }) => id);
}

/** Null when another writer came between. */
async function attemptErasure(
  session: string,
  why: Receipt["why"],
  known: string | null,
  by: Eraser,
): Promise<Erased | null> {
  const { store } = by;
  const record = await store.session(session);
  const term = record && (await store.claim(session));
  // Another eraser may have been first, and have forgotten the session by now.
  const before = await store.receipt(session);
  if (before !== null) return again(session, before, by);
  if (!term)
    throw new Fault("unknown_session", `there is no session ${JSON.stringify(session.slice(0, 80))} here`);
  const at = by.clock.now();
  if (!(await ended(session, why, term, at, by))) return null;
  const head = await store.head(session);
  if (!head) throw new Fault("unknown_session", "there is nothing in this session");
  const records = await store.intentsOf(session);
  const name = record.principal === "anonymous" ? session : record.principal;
  const pseudonym = known ?? pseudonymOf(name, by.key);
  const orders = records.map(({ id, status, total, currency }) => ({ id, status, total, currency }));
  const receipt = Receipt.parse({ v: 1, kind: "erasure", session, pseudonym, at, why, head, orders });
  const jws = await by.signer.sign(canonical(receipt));
  await by.ledger.add([JSON.stringify({ receipt, jws } satisfies Erased)]);
  const intents = records.flatMap((order) => kept(order, pseudonym));
  const notices = [...records.flatMap((order) => stillToTell(order, at)), told(receipt)];
  const outbox = notices.map((notice) => ({ ...notice, sinks: by.sinks }));
  const gone = await store.erase({ session, term, at, pseudonym, intents, receipt: jws, outbox });
  if (gone === "fenced") return null;
  // Of two erasers at once one receipt is kept: that is the one both give.
  const proof = await store.receipt(session);
  return proof === null || proof === jws ? { receipt, jws } : again(session, proof, by);
}

function kept({ id, payload }: IntentRecord, pseudonym: string): { id: string; payload: string }[] {
  const intent = Intent.safeParse(JSON.parse(payload));
  return intent.success ? [{ id, payload: keptOf(intent.data, pseudonym) }] : [];
}

/** That an order ended is still to be delivered, should it not have been: it names nobody. */
function stillToTell({ id, status, jws }: IntentRecord, at: string): Notice[] {
  if (jws === null || (status !== "cancelled" && status !== "expired")) return [];
  return [{ id: `${id}.${status}`, topic: `order.${status}`, body: JSON.stringify({ intent: id, at }) }];
}

/** Whoever got the orders has copies of his own. */
function told({ session, at, orders }: Receipt): Notice {
  const body = JSON.stringify({ session, orders: orders.map(({ id }) => id), at });
  return { id: `${session}.erased`, topic: "session.erased", body };
}

/**
 * Cancels what nobody answered: who is erased cannot be delivered to. And ends the log where somebody asked for it: it is
 * by a new event that other nodes notice. False when another writer came between.
 */
async function ended(
  session: string,
  why: Receipt["why"],
  term: number,
  at: string,
  { store, sinks }: Eraser,
): Promise<boolean> {
  const open = (await store.intentsOf(session)).filter(({ status }) => isUnanswered(status));
  const head = await store.head(session);
  const cancelled = open.map(
    ({ payload, jws }): Event => ({
      ...{ kind: "order", at, by: "buyer", note: "the conversation is being erased" },
      intent: viewOf(Intent.parse(JSON.parse(payload)), "cancelled", jws),
    }),
  );
  const events: Event[] =
    why === "asked" ? [...cancelled, { kind: "closed", at, reason: "left" }] : cancelled;
  if (!head || events.length === 0) return true;
  const outcome = await store.append({
    ...{ session, term, after: head.seq, at },
    events: logged(events, head.seq, head.chain ?? beginning(session)),
    statuses: open.map(({ id, status }) => ({ intent: id, from: status, to: "cancelled", gives_back: true })),
    outbox: open
      .filter(({ jws }) => jws !== null)
      .map(({ id }) => ({
        ...{ id: `${id}.cancelled`, topic: "order.cancelled" },
        body: JSON.stringify({ intent: id, at }),
        sinks,
      })),
  });
  return outcome === "appended";
}
