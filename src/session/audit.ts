import { BOUNDS } from "../domain/bounds.ts";
import { beginning, link, linked } from "../domain/chain.ts";
import { ERASED } from "../domain/erased.ts";
import { Receipt } from "../domain/erasure.ts";
import type { Event } from "../domain/event.ts";
import { canonical } from "../domain/hash.ts";
import type { IntentView } from "../domain/reply.ts";
import type { Journal } from "../ports/journal.ts";
import type { Chained, Store } from "../ports/store.ts";
import { auditOrders, type Bound } from "./audit-orders.ts";
import type { AuditSources, Breach, Finding } from "./finding.ts";

export interface Audited {
  readonly session: string;
  readonly events: number;
  /** Events of before logs were chained: nothing can be said of them. */
  readonly unchained: number;
  readonly orders: number;
  readonly erased: boolean;
  readonly findings: readonly Finding[];
}

/** Every session there is, one after the other; holds one page of one session at a time. */
export async function* auditAll(sources: AuditSources): AsyncGenerator<Audited> {
  for (let after: string | null = null; ; ) {
    const page: Awaited<ReturnType<Store["walk"]>> = await sources.store.walk(after, BOUNDS.page_events);
    for (const { id } of page) yield await auditSession(id, sources);
    if (page.length < BOUNDS.page_events) return;
    after = page.at(-1)?.id ?? null;
  }
}

/** One session: its chain, event by event, and its orders against the events that bound them. */
export async function auditSession(session: string, sources: AuditSources): Promise<Audited> {
  for (let attempt = 1; ; attempt++) {
    const before = await sources.store.head(session);
    const audited = await audit(session, sources);
    if (audited.findings.length === 0 || attempt === ATTEMPTS) return audited;
    // Somebody may have gone on talking while this was read.
    const now = await sources.store.head(session);
    if (canonical(now) === canonical(before)) return audited;
  }
}

const ATTEMPTS = 5;

async function audit(session: string, sources: AuditSources): Promise<Audited> {
  const { store } = sources;
  const findings: Finding[] = [];
  const bound = new Map<string, Bound>();
  const log = { events: 0, unchained: 0, erased: 0, chain: null as string | null };
  const found = (breach: Breach, seq: number | null, says: string) =>
    void findings.push({ breach, session, seq, says });

  for (let page: readonly Chained[] = []; ; ) {
    page = await store.chain(session, page.at(-1)?.seq ?? 0, BOUNDS.page_events);
    for (const event of page) {
      if (event.seq !== log.events + 1)
        found("event_missing", log.events + 1, `events ${log.events + 1} to ${event.seq - 1} are gone`);
      log.events = event.seq;
      if (event.json === ERASED) log.erased += 1;
      else
        for (const view of viewsOf(event.json))
          bound.set(view.id, boundBy(bound.get(view.id), view, event.seq));
      if (event.chain === null || event.digest === null) {
        if (log.chain !== null)
          found("chain_broken", event.seq, "its link is gone, though the one before has its own");
        else log.unchained += 1;
        continue;
      }
      const wrong = linkOf(event, log.chain ?? beginning(session));
      if (wrong) found(wrong.breach, event.seq, wrong.says);
      log.chain = event.chain;
    }
    if (page.length < BOUNDS.page_events) break;
  }
  const erased = log.erased > 0 && log.erased === log.events;
  if (erased) await receiptHolds(session, log, sources, found);
  else if ((await store.receipt(session)) !== null) found("erasure_undone", null, UNDONE);
  else if (log.erased > 0)
    found("event_edited", null, `${log.erased} of its events say they were erased, the others do not`);
  const orders = await auditOrders(session, erased ? null : bound, sources, found);
  const { events, unchained } = log;
  return { session, events, unchained, orders, erased, findings };
}

/** Every erasure there ever was, by the ledger: whether its text is here again, as from a backup. */
export async function* auditErasures(
  ledger: Journal,
  { store, erasures }: AuditSources,
): AsyncGenerator<Finding> {
  let lines = 0;
  for await (const line of ledger.lines()) {
    lines += 1;
    const payload = await erasures.verify(jwsIn(line));
    const receipt = payload === null ? null : Receipt.safeParse(JSON.parse(payload));
    if (!receipt?.success) {
      const says = `line ${lines} of ${ledger.at} was signed by no published key of this gateway`;
      yield { breach: "receipt_broken", session: null, seq: null, says };
      continue;
    }
    const { session } = receipt.data;
    const [first] = await store.read(session, 0, 1);
    // One whose receipt is in the store has been found already.
    if (first && first.json !== ERASED && (await store.receipt(session)) === null)
      yield { breach: "erasure_undone", session, seq: null, says: UNDONE };
  }
}

const UNDONE = "it was erased, and its text is here again: erase it anew (privacy reapply)";

function jwsIn(line: string): string {
  try {
    return String((JSON.parse(line) as { jws?: unknown }).jws);
  } catch {
    return "";
  }
}

/** What is wrong with one link, given the chain before it. */
function linkOf(event: Chained, previous: string): { breach: Breach; says: string } | null {
  const { seq, json, salt, digest, chain } = event;
  if (digest === null || chain === null) return null;
  if (salt === null && json !== ERASED)
    return { breach: "event_edited", says: "it has a text, but the salt that was hashed with it is gone" };
  const made = salt === null ? digest : link(previous, seq, json, salt).digest;
  if (made !== digest)
    return { breach: "event_edited", says: "its text or its salt is not what was chained when it happened" };
  if (linked(previous, seq, digest) === chain) return null;
  return {
    breach: "chain_broken",
    says: "its link does not follow from the event before: events were swapped, taken out, put in or written anew here",
  };
}

function viewsOf(json: string): readonly IntentView[] {
  // Most events are about no order, and reading JSON is most of the work.
  if (!json.includes('"int_')) return [];
  try {
    const event = JSON.parse(json) as Event;
    if (event.kind === "order") return [event.intent];
    return event.kind === "reply" ? event.move.intents : [];
  } catch {
    // Whoever edited it so has broken its digest, too.
    return [];
  }
}

function boundBy(before: Bound | undefined, view: IntentView, seq: number): Bound {
  return before ? { ...before, last: view } : { seq, first: view, last: view };
}

async function receiptHolds(
  session: string,
  { events, chain }: { readonly events: number; readonly chain: string | null },
  { store, erasures }: AuditSources,
  found: (breach: Breach, seq: number | null, says: string) => void,
): Promise<void> {
  const jws = await store.receipt(session);
  if (jws === null) {
    found("receipt_missing", null, "its texts are gone, and no receipt says that somebody asked for it");
    return;
  }
  const payload = await erasures.verify(jws);
  const receipt = payload === null ? null : Receipt.safeParse(JSON.parse(payload));
  if (!receipt?.success || receipt.data.session !== session)
    found(
      "receipt_broken",
      null,
      "the receipt of its erasure was not signed by this gateway for this session",
    );
  else if (receipt.data.head.seq !== events || receipt.data.head.chain !== chain)
    found("log_cut", events, `it had ${receipt.data.head.seq} events when it was erased, and another end`);
}
