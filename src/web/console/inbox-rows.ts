import { computed, signal } from "@preact/signals";
import type { ParleyFault } from "../../protocol/codes.ts";
import type { InboxCounts, Row } from "../../protocol/staff.ts";
import * as api from "./api.ts";
import { STATES } from "./contract.ts";
import { asFault } from "./request.ts";
import { waitingApprovals, waitingPeople } from "./waiting.ts";

export type Filters = Readonly<Record<"state" | "kind" | "lang" | "q", string>>;

const byId = signal<ReadonlyMap<string, Row>>(new Map());
export const counts = signal<InboxCounts | null>(null);
export const fault = signal<ParleyFault | null>(null);
export const loading = signal(true);
/** Where the next page begins; null at the end. */
export const next = signal<string | null>(null);
/** A conversation as last heard of, for its own page. */
export const rowOf = (session: string): Row | undefined => byId.value.get(session);

/** Of those who say something last there may be many: whoever waits for a person is asked for by itself. */
const ON_TOP = ["needs_person", "needs_approval"] as const;
/** As many as the stream of changes begins with. */
const PAGE = 100;

let asked: Filters = { state: "", kind: "", lang: "", q: "" };

/** Who waits for a person stands first, longest wait on top; then whoever said something last. */
export const rows = computed(() =>
  [...byId.value.values()].filter((row) => fits(row, asked)).sort((a, b) => rank(a) - rank(b) || order(a, b)),
);

/** Asks for the first page under these filters; an answer that is late is dropped. */
export async function load(filters: Filters): Promise<void> {
  asked = filters;
  loading.value = true;
  try {
    const [page, ...waiting] = await Promise.all([
      api.inbox({ ...filters, limit: PAGE }),
      ...(filters.state ? [] : ON_TOP.map((state) => api.inbox({ ...filters, state, limit: PAGE }))),
    ]);
    if (asked !== filters) return;
    byId.value = new Map([...waiting, page].flatMap(({ rows }) => rows.map((row) => [row.session, row])));
    next.value = page.next;
    count(page.counts);
    fault.value = null;
  } catch (error) {
    if (asked === filters) fault.value = asFault(error);
  }
  loading.value = false;
}

/** The first page again, under the filters it was asked for with. */
export function reload(): void {
  void load(asked);
}

export async function more(): Promise<void> {
  const filters = asked;
  try {
    const page = await api.inbox({ ...filters, after: next.value, limit: PAGE });
    if (asked !== filters) return;
    byId.value = new Map([...byId.value, ...page.rows.map((row) => [row.session, row] as const)]);
    next.value = page.next;
  } catch (error) {
    fault.value = asFault(error);
  }
}

/** One conversation changed. What is older than what is shown came late; a search takes in what holds its words. */
export function put(row: Row): void {
  const had = byId.value.get(row.session);
  if (had ? had.seq > row.seq : !holds(row, asked.q)) return;
  byId.value = new Map(byId.value).set(row.session, row);
}

export function count(told: InboxCounts): void {
  counts.value = told;
  waitingPeople.value = told.needs_person;
  waitingApprovals.value = told.needs_approval;
}

function fits(row: Row, { state, kind, lang }: Filters): boolean {
  return (!state || row.state === state) && (!kind || row.who.kind === kind) && (!lang || row.lang === lang);
}

function holds({ session, who, last }: Row, words: string): boolean {
  return `${session} ${who.principal} ${last?.text}`.toLowerCase().includes(words.toLowerCase());
}

function rank({ state }: Row): number {
  return STATES.indexOf(state);
}

function order(a: Row, b: Row): number {
  if (a.waiting_since && b.waiting_since) return a.waiting_since < b.waiting_since ? -1 : 1;
  return (a.last?.at ?? a.opened_at) > (b.last?.at ?? b.opened_at) ? -1 : 1;
}
