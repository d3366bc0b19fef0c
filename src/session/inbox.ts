import { BOUNDS } from "../domain/bounds.ts";
import type { Latest } from "../ports/staffing.ts";
import {
  type InboxCounts,
  type InboxGone,
  type InboxPage,
  type InboxQuery,
  InboxState,
  type Row,
} from "../protocol/staff.ts";
import { Folded } from "./folded.ts";
import type { House } from "./house.ts";
import { type Line, lineAfter, rowOf } from "./inbox-row.ts";
import { type Seen, seenAfter, storedAfter } from "./seen.ts";

const EVERY_MS = 1_000;
/** What changes while many talk is gathered: a look costs the same for one as for a hundred. */
const GATHER_MS = 100;
/** A look at all there are finds those that are gone: nothing tells of an erasure but that it is not there any more. */
const WHOLE_EVERY_MS = 10_000;
const PAGE = 100;
const AT_ONCE = 8;

/** Somebody who watches the inbox: gets finished text, made once for all of them. */
export interface InboxWatcher {
  /** A `Row` that changed. */
  row(json: string): void;
  /** `InboxGone`: a conversation that was erased, or is too far down by now. */
  gone(json: string): void;
  /** `InboxCounts`. */
  counts(json: string): void;
}

interface Entry {
  readonly seq: number;
  readonly memory: Folded<{ seen: Seen; line: Line }>;
  readonly row: Row;
  /** Where it stands among all: the later, the further up. */
  readonly place: string;
}

/**
 * The conversations that changed last, as staff see them, whichever node has them. It is what their logs say: a session is
 * read on in when the store has more of it. Nothing is read while nobody asks.
 */
export class Inbox {
  readonly #house: House;
  readonly #entries = new Map<string, Entry>();
  readonly #watchers = new Set<InboxWatcher>();
  #looking: Promise<void> | null = null;
  #again = false;
  #timer: NodeJS.Timeout | undefined;
  #soon: NodeJS.Timeout | undefined;
  /** Somebody asks how things stand: the next look is at all there are. */
  #all = false;
  #wholeAt = Number.NEGATIVE_INFINITY;
  readonly #counts = Object.fromEntries(InboxState.options.map((state) => [state, 0])) as InboxCounts;

  constructor(house: House) {
    this.#house = house;
  }

  /** As things stand now. */
  async page(query: InboxQuery): Promise<InboxPage> {
    this.#all = true;
    await this.#look();
    return this.#page(query);
  }

  #page({ after, limit, ...wanted }: InboxQuery): InboxPage {
    const rows = this.#sorted().filter(({ row }) => fits(row, wanted));
    const from = after === undefined ? 0 : rows.findIndex(({ place }) => place < after);
    const page = from < 0 ? [] : rows.slice(from, from + limit);
    const last = page.at(-1);
    const more = from >= 0 && from + page.length < rows.length && last !== undefined;
    return {
      rows: page.map(({ row }) => row),
      next: more ? last.place : null,
      counts: this.counts(),
    };
  }

  counts(): InboxCounts {
    return { ...this.#counts };
  }

  /** As things stand now, and from there on every row that changes, until it is left. */
  async watch(
    watcher: InboxWatcher,
    query: InboxQuery,
  ): Promise<{ readonly page: InboxPage; leave(): void }> {
    this.#all = true;
    await this.#look();
    this.#watchers.add(watcher);
    this.#wait();
    const leave = () => {
      this.#watchers.delete(watcher);
      if (this.#watchers.size === 0) this.#rest();
    };
    return { page: this.#page(query), leave };
  }

  /** Something was said somewhere. */
  changed(): void {
    if (this.#watchers.size === 0) return;
    this.#soon ??= setTimeout(() => {
      this.#soon = undefined;
      this.#quietly();
    }, GATHER_MS).unref();
  }

  stop(): void {
    this.#rest();
    this.#watchers.clear();
  }

  #rest(): void {
    clearTimeout(this.#timer);
    clearTimeout(this.#soon);
    this.#soon = undefined;
  }

  #wait(): void {
    clearTimeout(this.#timer);
    this.#timer = setTimeout(() => this.#quietly(), EVERY_MS).unref();
  }

  #quietly(): void {
    this.#look().then(
      () => this.#watchers.size > 0 && this.#wait(),
      (error: unknown) => {
        this.#house.log.warn({ cause: String(error) }, "the inbox could not be read");
        if (this.#watchers.size > 0) this.#wait();
      },
    );
  }

  /** One look at a time; who comes during one is served by the next. */
  async #look(): Promise<void> {
    if (this.#looking) {
      this.#again = true;
      await this.#looking;
      if (!this.#again) return this.#looking ?? undefined;
    }
    this.#again = false;
    this.#looking = this.#readOn().finally(() => {
      this.#looking = null;
    });
    return this.#looking;
  }

  async #readOn(): Promise<void> {
    const { store } = this.#house;
    const there = new Set<string>();
    const changed: Row[] = [];
    const began = performance.now();
    const all = this.#all || began - this.#wholeAt > WHOLE_EVERY_MS;
    this.#all = false;
    let whole = true;
    for (let after: Latest | null = null; there.size < BOUNDS.inbox; ) {
      const page: readonly Latest[] = await store.latest(after, PAGE);
      for (const { id } of page) there.add(id);
      const news = page.filter(({ id, seq }) => this.#entries.get(id)?.seq !== seq);
      for (let i = 0; i < news.length; i += AT_ONCE) {
        const rows = await Promise.all(news.slice(i, i + AT_ONCE).map((one) => this.#read(one)));
        changed.push(...rows.filter((row) => row !== null));
        // Where reading waits for nobody, those who talk would.
        await new Promise((turned) => setImmediate(turned));
      }
      after = page.at(-1) ?? null;
      if (page.length < PAGE) break;
      // Behind a whole page of what is known already everything else is, too.
      if (!all && news.length === 0 && this.#entries.size >= PAGE) {
        whole = false;
        break;
      }
    }
    if (whole) this.#wholeAt = began;
    const gone = whole ? [...this.#entries.keys()].filter((id) => !there.has(id)) : [];
    for (const id of gone) this.#know(id, null);
    if (changed.length + gone.length > 0) this.#tell(changed, gone);
  }

  #tell(changed: readonly Row[], gone: readonly string[]): void {
    if (this.#watchers.size === 0) return;
    const rows = changed.map((row) => JSON.stringify(row));
    const left = gone.map((session) => JSON.stringify({ session } satisfies InboxGone));
    const counts = JSON.stringify(this.#counts);
    for (const watcher of this.#watchers) {
      for (const row of rows) watcher.row(row);
      for (const one of left) watcher.gone(one);
      watcher.counts(counts);
    }
  }

  #know(id: string, entry: Entry | null): void {
    const before = this.#entries.get(id);
    if (before) this.#counts[before.row.state] -= 1;
    if (!entry) this.#entries.delete(id);
    else {
      this.#counts[entry.row.state] += 1;
      this.#entries.set(id, entry);
    }
  }

  async #read({ id, at }: Latest): Promise<Row | null> {
    const { store, clock } = this.#house;
    const known = this.#entries.get(id);
    let { seen, line }: { seen: Seen | null; line: Line | null } = known?.memory.value ?? {
      seen: null,
      line: null,
    };
    try {
      for (const stored of await storedAfter(store, id, known?.seq ?? 0)) {
        seen = seenAfter(seen, stored);
        line = lineAfter(line, stored.event);
      }
    } catch {
      // Erased meanwhile: the next look finds it gone.
      return null;
    }
    if (!seen || !line) return null;
    const turns = seen.state.standings.length > 0 ? await store.turns(id) : [];
    const row = rowOf(id, seen.state, line, turns, clock.now());
    const memory = new Folded({ seen, line });
    memory.fold();
    this.#know(id, { seq: seen.state.seq, memory, row, place: `${at} ${id}` });
    return row;
  }

  #sorted(): Entry[] {
    return [...this.#entries.values()].sort((a, b) => (a.place < b.place ? 1 : -1));
  }
}

function fits(row: Row, { state, kind, lang, q }: Omit<InboxQuery, "after" | "limit">): boolean {
  if (state && row.state !== state) return false;
  if (kind && row.who.kind !== kind) return false;
  if (lang && row.lang !== lang) return false;
  if (!q) return true;
  const said = [row.last?.text, row.who.principal, row.operator, row.session].join("\n").toLowerCase();
  return said.includes(q.toLowerCase());
}
