import type { Purse, Spent } from "../asking/asker.ts";
import { BOUNDS } from "../domain/bounds.ts";
import type { Event, Message, Numbered } from "../domain/event.ts";
import { Fault } from "../domain/fault.ts";
import type { Found, Lookup } from "../domain/lookup.ts";
import type { Move } from "../domain/reply.ts";
import { fold, type State } from "../domain/state.ts";
import type { Vendor } from "../domain/vendor.ts";
import type { Viewer } from "../ports/search.ts";
import type { Appended, TurnRecord } from "../ports/store.ts";
import { type Step, turn, unsaid } from "../turn.ts";
import { fillerFor, questionsOf, type Working } from "./asking.ts";
import type { House } from "./house.ts";
import { type Receipt, repeated } from "./repeated.ts";
import { type Speaking, speaking } from "./speaking.ts";
import type { Watcher } from "./watcher.ts";

/** Why a reply was decided as it was. */
export type Decided = Pick<TurnRecord, "reply" | "reasons">;

/** What of a session's log its memory begins with. */
export interface Loaded {
  readonly state: State;
  readonly ids: Map<string, number>;
  readonly decided: Decided[];
  readonly turns: number;
  /** Questions put to a model, and what they cost. */
  readonly calls: number;
  readonly spent: Spent;
}

/** A reply whose words are still to come. */
export interface Wordless {
  readonly reply: number;
  readonly move: Move;
  readonly at: string;
}

/** One conversation in memory: its state, its watchers, and one turn at a time. */
export class Session {
  readonly id: string;
  readonly #house: House;
  readonly #watchers = new Set<Watcher>();
  readonly #queue: (() => Promise<void>)[] = [];
  readonly #ids: Map<string, number>;
  readonly #decided: Decided[];
  #state: State;
  #turns: number;
  #calls: number;
  #draining = false;
  #running = false;
  #speaking: Speaking | null = null;
  #wordless: Wordless | null = null;
  /** What is left to spend on questions to a model; null when there is none. */
  readonly #purse: Purse | null;
  #working: Working | null = null;
  /** Set when the store knows more than this memory does: the session must be loaded again. */
  stale = false;
  /** When it was last used, in milliseconds of the process clock. */
  usedAt = performance.now();

  constructor(id: string, house: House, loaded: Loaded) {
    this.id = id;
    this.#house = house;
    this.#state = loaded.state;
    this.#ids = loaded.ids;
    this.#decided = loaded.decided;
    this.#turns = loaded.turns;
    this.#calls = loaded.calls;
    this.#purse = house.model?.asker.purse(loaded.spent) ?? null;
  }

  get state(): State {
    return this.#state;
  }

  get idle(): boolean {
    return this.#watchers.size === 0 && !this.#running;
  }

  watch(watcher: Watcher): () => void {
    this.#watchers.add(watcher);
    return () => {
      this.#watchers.delete(watcher);
      if (this.#deserted()) this.hurry();
    };
  }

  /**
   * Works on a message after all earlier ones. Rejects with the `Fault` that refused it; then nothing was stored. `left`
   * is aborted when a sender who is no watcher waits no longer.
   */
  submit(message: Message, from: Watcher | null, left?: AbortSignal): Promise<Receipt> {
    const began = performance.now();
    return this.#enqueue(async () => {
      const seq = this.#ids.get(message.id);
      if (seq !== undefined) return repeated(message, seq, this.id, this.#house.store);
      if (this.#state.closed) throw new Fault("session_closed", "this session has ended; open another");
      const at = this.#house.clock.now();
      const first = this.#state.seq + 1;
      const { model, policy, signer } = this.#house;
      const leave = () => this.#deserted() && this.hurry();
      const filler = fillerFor(model, message, this.#state, (speech) => {
        for (const watcher of this.#watchers) watcher.filler?.(message.id, speech);
      });
      const working = { from, left, gone: new AbortController() };
      this.#working = working;
      left?.addEventListener("abort", leave);
      if (this.#draining || this.#deserted()) this.hurry();
      this.#purse?.turn();
      try {
        await turn(
          message,
          {
            ...policy(),
            ...{ session: this.id, state: this.#state, decided: this.#decided, at, streams: this.#streams() },
            agent: model?.agent ?? null,
          },
          {
            find: (lookup) => this.#find(lookup, { session: this.id, now: at }),
            ask: questionsOf(model, this.#purse, this.#state, began, working.gone.signal),
            sign: (payload) => signer.sign(payload),
            commit: (step) => this.append(step, from),
            speak: (reply) => this.#speak(reply, filler),
          },
        );
      } catch (error) {
        // A question still under way has nobody left to take its answer.
        this.hurry();
        await this.#mend(error);
        throw error;
      } finally {
        left?.removeEventListener("abort", leave);
        filler.end();
        this.#working = null;
        this.#speaking = null;
      }
      this.#house.meter.turn((performance.now() - began) / 1_000);
      return { seq: first, last: this.#state.seq, duplicate: false };
    });
  }

  async #find(lookup: Lookup, viewer: Viewer): Promise<Found> {
    const { search, store } = this.#house;
    if (lookup.kind !== "budgets") return search.find(lookup, BOUNDS.search_ms, viewer);
    const used = await store.used(lookup.accounts, viewer);
    return { lookup, entries: [], stock: {}, partial: false, used };
  }

  /** A reply that is out gets words whatever went wrong with them, unless the store is what went wrong. */
  async #mend(cause: unknown): Promise<void> {
    if (!this.#wordless || this.stale) return;
    this.#house.log.error({ session: this.id, cause: String(cause) }, "words could not be made");
    await this.sayUnsaid(this.#wordless, this.#house.policy().vendor).catch(() => {});
  }

  /** Cuts off words on their way, or notes how much of finished words was heard. */
  cancel(of: number | undefined, heard: number): Promise<void> {
    const speaking = this.#speaking?.ended === false ? this.#speaking : null;
    if (speaking && (of === undefined || of === speaking.reply)) {
      speaking.interrupt(heard);
      return Promise.resolve();
    }
    // What was heard is the reply that was last when this came, whatever is answered by the time it is noted.
    const reply = of ?? this.#state.replied;
    return this.#enqueue(async () => {
      const [stored] = reply === 0 ? [] : await this.#house.store.read(this.id, reply - 1, 1);
      if (!stored || (JSON.parse(stored.json) as Event).kind !== "reply")
        throw new Fault("not_found", "there is no such reply to cut off");
      const at = this.#house.clock.now();
      await this.append({ at, events: [{ kind: "interrupted", at, of: reply, heard }] }, null);
    });
  }

  /** From here on no model is waited for: the house finishes the turn under way and answers those that wait. */
  drain(): void {
    this.#draining = true;
    this.hurry();
  }

  /** Ends what a model does for the turn under way: the house finishes it. */
  hurry(): void {
    this.#working?.gone.abort();
    this.#speaking?.abandon();
  }

  /** Nobody waits for the turn under way: whoever sent its message is gone, and nobody else is here. */
  #deserted(): boolean {
    if (!this.#working || this.#watchers.size > 0) return false;
    return this.#working.from !== null || this.#working.left?.aborted === true;
  }

  /**
   * Words a reply whose speaker was lost between its two commits (the process ended); nobody waits for it again. As its
   * turn would have: at its time, by `vendor` as it stood then.
   */
  async sayUnsaid({ reply, move, at }: Wordless, vendor: Vendor): Promise<void> {
    const words = unsaid(this.#state, move, vendor);
    const events: Event[] = [{ kind: "words", at, of: reply, words, interrupted: false }];
    if (move.act === "farewell") events.push({ kind: "closed", at, reason: "left" });
    await this.append({ at, events }, null);
  }

  /** Resolves when everything sent so far has been worked on. */
  settled(): Promise<void> {
    return this.#running
      ? new Promise((resolve) => this.#queue.push(async () => resolve()))
      : Promise.resolve();
  }

  /** Does something with the session's state in its turn; for order answers and approvals. */
  inTurn<T>(work: () => Promise<T>): Promise<T> {
    return this.#enqueue(work);
  }

  /** Makes a step durable, then part of the state, then public. */
  async append(step: Step, from: Watcher | null): Promise<Appended> {
    const after = this.#state.seq;
    const events = step.events.map((event, i) => ({
      seq: after + 1 + i,
      event,
      json: JSON.stringify(event),
    }));
    const outcome = await this.#house.store.append({ ...step, session: this.id, after, events });
    if (outcome === "stale") this.stale = true;
    if (outcome !== "appended") return outcome;
    if (step.message) this.#ids.set(step.message.id, step.message.seq);
    for (const numbered of events) this.#publish(numbered, from);
    const reply = events.find(({ event }) => event.kind === "reply");
    if (reply?.event.kind === "reply" && !reply.event.words)
      this.#wordless = { reply: reply.seq, move: reply.event.move, at: reply.event.at };
    else this.#wordless = null;
    if (step.turn) this.#decided.push({ reply: step.turn.reply, reasons: step.turn.reasons });
    if (step.turn) this.#tellStaff(step.turn);
    if (step.calls) this.#tellCalls(step.calls);
    if (step.outbox) this.#house.wakeOutbox();
    this.#house.meter.step(step.events as readonly Event[]);
    return outcome;
  }

  #publish({ seq, event, json }: Numbered & { json: string }, from: Watcher | null): void {
    this.#state = fold(this.#state, { seq, event });
    const frame = `{"type":"event","seq":${seq},"event":${json}}`;
    for (const watcher of this.#watchers) {
      watcher.event(seq, frame, event.kind === "message" && watcher === from ? event.message.id : null);
    }
  }

  #tellStaff(record: TurnRecord): void {
    this.#turns += 1;
    for (const watcher of this.#watchers) watcher.staff?.(this.#turns, record);
  }

  #tellCalls({ message, calls }: NonNullable<Step["calls"]>): void {
    for (const call of calls) {
      this.#calls += 1;
      for (const watcher of this.#watchers) watcher.call?.(this.#calls, message, call);
    }
  }

  #streams(): boolean {
    for (const watcher of this.#watchers) if (watcher.streams) return true;
    return false;
  }

  async #speak(reply: number, filler: { end(): void }): Promise<Speaking> {
    const speaker = speaking(reply, (n, piece) => {
      filler.end();
      for (const watcher of this.#watchers) if (watcher.streams) watcher.delta(reply - 1, n, piece);
    });
    this.#speaking = speaker;
    if (this.#working?.gone.signal.aborted) speaker.abandon();
    // What is written leaves when the event loop turns: the typed reply, before any work on its words.
    await new Promise((turned) => setImmediate(turned));
    return speaker;
  }

  #enqueue<T>(work: () => Promise<T>): Promise<T> {
    this.usedAt = performance.now();
    if (this.#queue.length >= BOUNDS.queued) {
      return Promise.reject(
        new Fault("queue_full", `at most ${BOUNDS.queued} messages may wait; send this one again later`),
      );
    }
    return new Promise<T>((resolve, reject) => {
      this.#queue.push(() => work().then(resolve, reject));
      if (!this.#running) void this.#drain();
    });
  }

  async #drain(): Promise<void> {
    this.#running = true;
    for (let next = this.#queue.shift(); next; next = this.#queue.shift()) await next();
    this.#running = false;
  }
}
