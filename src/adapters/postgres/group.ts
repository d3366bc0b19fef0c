import type { Appended, Commit, IntentRecord, Logged, SessionRecord } from "../../ports/store.ts";
import type { Balances } from "./balances.ts";

/** What may wait for one and the same commit. */
export type Write =
  | { readonly kind: "append"; readonly commit: Commit }
  | { readonly kind: "open"; readonly session: SessionRecord; readonly opened: Logged }
  | { readonly kind: "delivered"; readonly id: string; readonly sink: string };

/** What is known of the rows that a group of commits is about, read behind their locks. */
export interface Known {
  readonly sessions: ReadonlyMap<string, { readonly term: number; readonly seq: number }>;
  /** Orders whose status is to change; their charges where they are to be given back. */
  readonly intents: Map<string, { status: string; readonly lines: IntentRecord["lines"] }>;
  readonly charges: ReadonlyMap<string, readonly { readonly account: string; readonly amount: number }[]>;
  readonly balances: Balances;
}

/** What a group comes to, in order, and which of its commits are to be written. */
export interface Decided {
  readonly outcomes: readonly Appended[];
  readonly taken: readonly Commit[];
}

/** Decides commits one after another, as if each had come alone: a refused one leaves nothing to those behind it. */
export function decided(commits: readonly Commit[], known: Known): Decided {
  const taken: Commit[] = [];
  const outcomes = commits.map((commit) => {
    const moved: { readonly of: { status: string }; readonly from: string }[] = [];
    const outcome = one(commit, known, moved);
    if (outcome === "appended") {
      known.balances.keep();
      taken.push(commit);
    } else {
      known.balances.undo();
      for (const { of, from } of moved.reverse()) of.status = from;
      for (const { id } of commit.intents ?? []) known.intents.delete(id);
    }
    return outcome;
  });
  return { outcomes, taken };
}

function one(commit: Commit, known: Known, moved: { of: { status: string }; from: string }[]): Appended {
  const { balances, sessions, intents, charges } = known;
  const viewer = { session: commit.session, now: commit.at };
  const head = sessions.get(commit.session);
  if (head?.term !== commit.term) return "fenced";
  if (head.seq !== commit.after) return "stale";
  for (const units of commit.take ?? []) if (!balances.take(units, viewer)) return { short: units.sku };
  for (const charge of commit.spend?.charges ?? [])
    if (!balances.spend(charge, viewer)) return { spent: charge.account };
  if (commit.hold !== undefined) balances.hold(commit.hold, viewer);
  for (const { id, status, lines } of commit.intents ?? []) intents.set(id, { status, lines });
  for (const { intent, from, to, gives_back } of commit.statuses ?? []) {
    const stored = intents.get(intent);
    if (stored?.status !== from) return "status";
    moved.push({ of: stored, from });
    stored.status = to;
    if (!gives_back) continue;
    const own = commit.spend?.intent === intent ? commit.spend.charges : [];
    balances.giveBack(stored.lines, [...(charges.get(intent) ?? []), ...own]);
  }
  return "appended";
}

/** As many writes as may go together: of one session one alone, since what follows it hangs on what became of it. */
export function nextGroup<T extends { readonly write: Write }>(waiting: T[], most: number): T[] {
  const sessions = new Set<string>();
  const group: T[] = [];
  const later: T[] = [];
  for (const item of waiting) {
    const session = sessionOf(item.write);
    const fits = group.length < most && (session === null || !sessions.has(session));
    if (session !== null) sessions.add(session);
    (fits ? group : later).push(item);
  }
  waiting.splice(0, waiting.length, ...later);
  return group;
}

function sessionOf(write: Write): string | null {
  if (write.kind === "append") return write.commit.session;
  return write.kind === "open" ? write.session.id : null;
}
