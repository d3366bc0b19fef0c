import { BOUNDS } from "../domain/bounds.ts";
import { Fault } from "../domain/fault.ts";
import type { Call } from "../domain/question.ts";
import type { Appended, TurnRecord } from "../ports/store.ts";
import type { Step } from "../turn.ts";
import type { Audience } from "./audience.ts";
import { Courtesy } from "./courtesy.ts";
import { Folded } from "./folded.ts";
import { claimed, type Held, heldSince } from "./held.ts";
import type { House } from "./house.ts";
import { logged } from "./logged.ts";
import { type Seen, type Stored, seenAfter, storedAfter } from "./seen.ts";
import { waitIn } from "./waiting.ts";
import type { Watcher } from "./watcher.ts";

export interface CopyOptions {
  readonly id: string;
  readonly house: House;
  readonly audience: Audience;
  /** Who hurries when it turns out that another node has taken the session. */
  readonly agent: { hurry(): void };
}

/** What is to be done as a session's one writer. */
export interface Work<T> {
  readonly work: (held: Held) => Promise<T>;
  readonly known?: () => Promise<T | null>;
  /** Waits while another node is at work. */
  readonly patient?: boolean;
  /** Has another node end the words it is saying first. */
  readonly hushes?: boolean;
  /** Somebody here still waits for it: else what another node has taken is left to it. */
  readonly wanted?: () => boolean;
}

const HUSH_LOOKS_MS = 20;

interface Wording {
  readonly words: () => Promise<void>;
}

/**
 * One node's copy of a session's log. A node that holds the session adds to it; every other reads on in it. Either way
 * the audience hears each event once, in order. What a node remembers beside the log it has only while it holds the
 * session: found fenced, it forgets, and reads the log again from the first event.
 */
export class Copy {
  readonly courtesy: Courtesy;
  readonly #options: CopyOptions;
  readonly #memory: Folded<Seen>;
  #seq: number;
  #held: Held | null;
  #void = false;
  #fenced = false;
  #claimed = 0;
  #appending: Promise<Appended> | null = null;
  #reading: Promise<void> = Promise.resolve();

  constructor(options: CopyOptions, seen: Seen, held: Held | null) {
    this.#options = options;
    this.#memory = new Folded(seen);
    this.#seq = seen.state.seq;
    this.#held = held;
    this.courtesy = new Courtesy(options.house.patience_ms);
    if (!held) this.courtesy.read(seen.wordless);
  }

  get seen(): Seen {
    return this.#memory.value;
  }

  #know(seen: Seen): void {
    this.#memory.value = seen;
    this.#seq = seen.state.seq;
  }

  /** The last event that is known here. */
  get seq(): number {
    return this.#seq;
  }

  /** A reply is left without words by another node. */
  get wordless(): boolean {
    return !this.#held && !this.#memory.away && this.seen.wordless !== null;
  }

  /** Keeps what nobody has needed since `before` small; whether there was anything to do. MUST NOT be called while it works. */
  rest(before: number): boolean {
    if (this.#memory.away || this.#memory.usedAt > before || this.#appending || this.seen.wordless)
      return false;
    this.#memory.fold();
    this.#held?.decided.fold();
    return true;
  }

  /** Somebody's claim gave this term. */
  heardOfClaim(term: number): void {
    this.#claimed = Math.max(this.#claimed, term);
  }

  /** Whether other nodes may add to the log: the latest claim that is known of is not this node's. */
  get follows(): boolean {
    return (this.#held?.term ?? 0) < Math.max(1, this.#claimed);
  }

  /** Null where another node may be the writer. */
  get held(): Held | null {
    return this.#held;
  }

  /**
   * Does work as the session's one writer, and again on fresh memory when another node took the session meanwhile: a
   * bounded number of times, each after a longer and random pause, so that two nodes do not go on fencing each other.
   * `known` may have the outcome without being the writer. `words` is called where a reply was left without.
   */
  async asWriter<T>(how: Required<Omit<Work<T>, "known">> & Work<T> & Wording): Promise<T> {
    for (let attempt = 1; ; attempt++) {
      this.#fenced = false;
      try {
        if (!this.#held) {
          await this.look();
          const before = (await how.known?.()) ?? null;
          if (before !== null) return before;
          if (how.patient && (await this.courtesy.wait(() => this.look()))) {
            const meanwhile = (await how.known?.()) ?? null;
            if (meanwhile !== null) return meanwhile;
          }
          if (how.hushes) await this.#hushed();
        }
        return await how.work(this.#held ?? (await this.#hold(how.words)));
      } catch (error) {
        if (!this.#fenced) throw error;
        if (attempt === BOUNDS.claims || !how.wanted()) throw taken();
        await new Promise((over) => setTimeout(over, Math.random() * 10 * 2 ** attempt));
      }
    }
  }

  /** What another node was saying ends where it is, and is known then: by hint alone, so it is waited for a little only. */
  async #hushed(): Promise<void> {
    const { house, id } = this.#options;
    const of = house.patience_ms > 0 ? this.seen.wordless?.reply : undefined;
    if (of === undefined) return;
    house.bus.say({ kind: "hush", session: id, of });
    const until = performance.now() + BOUNDS.hush_ms;
    while (this.seen.wordless?.reply === of && performance.now() < until) {
      await new Promise((over) => setTimeout(over, HUSH_LOOKS_MS));
      await this.look();
    }
  }

  /** Makes this node the session's one writer, and its memory whole. */
  async #hold(words: () => Promise<void>): Promise<Held> {
    const { house, id } = this.#options;
    const term = await claimed(house, id);
    // From here on nobody else appends: what is read now is all there is.
    await this.look();
    const held = await heldSince(house, id, term);
    this.#held = held;
    if (this.seen.wordless) await words();
    return held;
  }

  /** Makes a step durable, then known, then public. `fenced` also where this node does not hold the session. */
  async append(step: Step, from: Watcher | null): Promise<Appended> {
    const { id, house, audience } = this.#options;
    const held = this.#held;
    if (!held) return "fenced";
    const after = this.#seq;
    const events = logged(step.events, after, held.chain);
    const { outbox, ...rest } = step;
    const told = outbox?.map((notice) => ({ ...notice, sinks: house.sinks }));
    const commit = {
      ...waitIn(events, this.seen.state, house),
      ...{ ...rest, session: id, term: held.term, after, events },
    };
    const appending = house.store.append({ ...commit, ...(told ? { outbox: told } : {}) });
    this.#appending = appending;
    let outcome: Appended;
    try {
      outcome = await appending;
    } catch (error) {
      // Whether it is stored is not known: the log says it, to whoever reads it again.
      this.#drop();
      throw error;
    } finally {
      this.#appending = null;
    }
    if (outcome === "stale" || outcome === "fenced") {
      this.#fenced = true;
      this.#drop();
    }
    if (outcome !== "appended") return outcome;
    held.chain = events.at(-1)?.chain ?? held.chain;
    for (const stored of events) {
      this.#know(seenAfter(this.seen, stored) ?? this.seen);
      audience.event(stored, from);
    }
    if (step.turn) {
      held.decided.value.push({ reply: step.turn.reply, reasons: step.turn.reasons });
      audience.turn(this.seen.turns, step.turn);
    }
    for (const call of step.calls?.calls ?? []) {
      held.calls += 1;
      audience.call(held.calls, step.calls?.message ?? 0, call);
    }
    house.bus.say({ kind: "session", session: id, seq: this.#seq });
    return outcome;
  }

  /** This node is no longer the writer; what it read stays as it is. */
  letGo(): void {
    this.#held = null;
  }

  #drop(): void {
    this.#held = null;
    this.#void = true;
    this.#options.agent.hurry();
  }

  /** Reads on in the log, for what other nodes wrote, unless event `seq` is here already. */
  look(seq = Number.POSITIVE_INFINITY): Promise<void> {
    const read = () => (this.#seq < seq || this.#void ? this.#look() : undefined);
    const looked = this.#reading.then(read).catch((error: unknown) => {
      // Whichever node erased it, everybody here is told.
      if (error instanceof Fault && error.code === "session_erased") this.#options.audience.end(error);
      throw error;
    });
    this.#reading = looked.catch(() => {});
    return looked;
  }

  async #look(): Promise<void> {
    const { id, house, audience } = this.#options;
    for (;;) {
      await this.#appending?.catch(() => {});
      const before = this.seen;
      const anew = this.#void;
      const read = await storedAfter(house.store, id, anew ? 0 : before.state.seq);
      const news =
        audience.staff && read.some(({ event }) => event.kind === "reply" || event.kind === "words");
      const staff = news ? await Promise.all([house.store.turns(id), house.store.calls(id)]) : null;
      const told = audience.staff && (news || read.some(({ event }) => event.kind === "handoff"));
      const notes = told ? await house.store.notes(id) : [];
      // What was appended here meanwhile may be among it, or not.
      if (this.#appending || this.seen !== before || this.#void !== anew) continue;
      if (read.length > 0 && this.#held) {
        this.#fenced = true;
        this.#drop();
        continue;
      }
      this.#follow(read, anew);
      // Known by their ids to who was shown them.
      for (const note of notes) audience.note(note);
      if (staff) tellStaff(audience, { from: before.turns, to: this.seen.turns }, ...staff);
      return;
    }
  }

  #follow(read: readonly Stored[], anew: boolean): void {
    const known = this.#seq;
    let seen: Seen | null = anew ? null : this.seen;
    for (const stored of read) seen = seenAfter(seen, stored);
    if (!seen) throw new Fault("unknown_session", "there is no such session here; open a new one");
    this.#know(seen);
    this.#void = false;
    if (seen.state.seq > known) this.courtesy.read(seen.wordless);
    for (const stored of read) if (stored.seq > known) this.#options.audience.event(stored, null);
  }
}

/** Another node has the session. */
export function taken(): Fault {
  return new Fault("unavailable", "another gateway has this session; send the message again");
}

/** What staff see of turns `from` + 1 up to `to`; calls may come again, and are known by their number. */
function tellStaff(
  audience: Audience,
  { from, to }: { readonly from: number; readonly to: number },
  turns: readonly TurnRecord[],
  calls: readonly { readonly message: number; readonly call: Call }[],
): void {
  const first = turns[Math.max(0, from - 1)]?.message ?? 0;
  const last = turns[to - 1]?.message ?? 0;
  for (const [i, record] of turns.slice(0, to).entries()) if (i >= from) audience.turn(i + 1, record);
  for (const [i, { message, call }] of calls.entries())
    if (message >= first && message <= last) audience.call(i + 1, message, call);
}
