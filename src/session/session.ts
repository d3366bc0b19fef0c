import { withoutCardsIn } from "../domain/card.ts";
import type { Message } from "../domain/event.ts";
import { Fault } from "../domain/fault.ts";
import type { State } from "../domain/state.ts";
import type { Note } from "../ports/staffing.ts";
import type { Appended } from "../ports/store.ts";
import { type Step, turn } from "../turn.ts";
import { fillerFor, questionsOf, type Working } from "./asking.ts";
import { Audience } from "./audience.ts";
import { Copy, taken, type Work } from "./copy.ts";
import { atWork } from "./courtesy.ts";
import { cutOff } from "./cut.ts";
import type { Held } from "./held.ts";
import type { House } from "./house.ts";
import { bindsAnyway, holder, leftToPerson, type Taking, takenInstead } from "./lease.ts";
import { lookUp } from "./looking-up.ts";
import { about } from "./named.ts";
import { Queue } from "./queue.ts";
import { type Receipt, repeated } from "./repeated.ts";
import type { Seen } from "./seen.ts";
import { type Trail, trailOf } from "./trail.ts";
import { UnderWay } from "./under-way.ts";
import { unsaidWords } from "./unsaid.ts";
import type { Watcher } from "./watcher.ts";
import { whispersFor } from "./whisper-notes.ts";

/** One conversation on one node: its copy of the log, its watchers, and one turn at a time. */
export class Session {
  readonly id: string;
  readonly #house: House;
  readonly #audience = new Audience();
  readonly #copy: Copy;
  readonly #queue = new Queue();
  readonly #agent = new UnderWay(this.#audience);
  #ended: Fault | null = null;
  /** When it was last used, in milliseconds of the process clock. */
  usedAt = performance.now();

  /** `held` is null unless this node has just opened it. */
  constructor(id: string, house: House, seen: Seen, held: Held | null) {
    this.id = id;
    this.#house = house;
    this.#copy = new Copy({ id, house, audience: this.#audience, agent: this.#agent }, seen, held);
  }

  get state(): State {
    return this.#copy.seen.state;
  }

  get seen(): Seen {
    return this.#copy.seen;
  }

  get seq(): number {
    return this.#copy.seq;
  }

  get idle(): boolean {
    return this.#audience.empty && !this.#queue.running;
  }

  /** Keeps what it remembers small if it was not used since `before`; whether there was anything to do. */
  rest(before: number): boolean {
    return !this.#queue.running && this.usedAt < before && this.#copy.rest(before);
  }

  /** Somebody here hears what happens in it. */
  get watched(): boolean {
    return !this.#audience.empty;
  }

  /** Whether other nodes may be writing in it, as far as their claims are known of. */
  get follows(): boolean {
    return this.#copy.follows;
  }

  heardOfClaim(term: number): void {
    this.#copy.heardOfClaim(term);
  }

  watch(watcher: Watcher): void {
    this.#audience.join(watcher);
  }

  unwatch(watcher: Watcher): void {
    this.#audience.leave(watcher);
    this.#agent.left();
  }

  look(seq?: number): Promise<void> {
    return this.#ended ? Promise.reject(this.#ended) : this.#copy.look(seq);
  }

  /** Another node is at work in this session, or takes it for one of the staff while reply `saying` is said here. */
  heardOfOthers(saying?: number): void {
    if (saying === undefined) this.#copy.courtesy.heard();
    else this.#agent.quiet(saying);
  }

  /**
   * Works on a message after all earlier ones. Rejects with the `Fault` that refused it. `left` is aborted when a sender who
   * is no watcher waits no longer; not `helped`, the house does without a model.
   */
  submit(
    said: Message,
    from: Watcher | null,
    { left, helped = true }: { readonly left?: AbortSignal; readonly helped?: boolean } = {},
  ): Promise<Receipt> {
    const began = performance.now();
    // Before anything reads, keeps or sends it on.
    const message = withoutCardsIn(said);
    const trail = trailOf(this.#house, this.id, message, this.state);
    let mine = false;
    // A message that is there already needs no writer, unless it is for this node to see that it gets its words.
    const known = async () => {
      const { ids, wordless } = this.#copy.seen;
      const seq = ids.get(message.id);
      if (seq === undefined || (mine && wordless)) return null;
      const receipt = await repeated(message, seq, this.id, this.#house.store);
      return { ...receipt, duplicate: !mine };
    };
    const work = async (held: Held) => {
      const there = await known();
      if (there) return there;
      if (this.state.closed) throw new Fault("session_closed", "this session has ended; open another");
      const first = this.state.seq + 1;
      if ((await holder(this, this.#house)) && !bindsAnyway(message)) {
        await this.#mustAppend(leftToPerson(message, this.state, this.#house.clock.now()), from);
        return { seq: first, last: first, duplicate: false };
      }
      const working = { from, left, helped, gone: new AbortController(), began };
      await this.#walk(message, working, held, trail, () => {
        mine = true;
      });
      return { seq: first, last: this.state.seq, duplicate: false };
    };
    const wanted = () => (from ? this.#audience.has(from) : !left?.aborted);
    const walked = (held: Held) => about(this.id, message.id, () => trail.walked(() => work(held)));
    const receipt = this.#queue.once(message.id, known, () => this.#inTerm({ work: walked, known, wanted }));
    return trail.ended(receipt);
  }

  /** One turn; `stored` is called once its message is. */
  async #walk(
    message: Message,
    working: Working,
    held: Held,
    trail: Trail,
    stored: () => void,
  ): Promise<void> {
    const { model, policy, signer, clock, store } = this.#house;
    const at = clock.now();
    const filler = fillerFor(model, message, this.state, (said) => this.#audience.filler(message.id, said));
    const end = this.#agent.begin(working);
    const alone = this.state.answering.to === "person";
    held.purse?.turn();
    const agent = working.helped && !alone ? (model?.agent ?? null) : null;
    const whispers = agent ? await whispersFor(store, this.id, this.state) : [];
    const context = {
      ...policy(),
      ...{ session: this.id, state: this.state, decided: held.decided.value, at },
      ...{ streams: this.#audience.streams && !alone, agent, whispers },
    };
    try {
      const ports = trail.ports({
        find: (lookup) => lookUp(this.#house, lookup, { session: this.id, now: at }),
        ask: questionsOf(model, held.purse, this.state, working.began, working.gone.signal),
        sign: (payload) => signer.sign(payload),
        attended: () => store.attended(clock.now()),
        commit: async (step) => {
          const instead = bindsAnyway(message) ? null : takenInstead(step, this.#agent.taking, this.state);
          const outcome = await this.append(instead ?? step, working.from);
          if (outcome === "appended" && step.message) stored();
          if (outcome === "appended" && instead) throw TAKEN;
          return outcome;
        },
        speak: (reply) => this.#agent.speak(reply, filler),
      });
      await turn(message, context, ports);
    } catch (error) {
      if (error === TAKEN) return;
      // A question still under way has nobody left to take its answer.
      this.#agent.hurry();
      await this.#mend(error);
      throw error;
    } finally {
      filler.end();
      end();
    }
  }

  /**
   * Gives the conversation to somebody: what the agent is saying ends where it is, and `work` comes before all that waits.
   * MAY find it taken already, with the turn under way.
   */
  async taken<T>(taking: Taking, work: () => Promise<T>): Promise<T> {
    this.#agent.hush(taking);
    try {
      return await this.#inTerm({ work, patient: false, hushes: true, urgent: true });
    } finally {
      if (this.#agent.taking === taking) this.#agent.taking = null;
    }
  }

  noted(note: Note): void {
    this.#audience.note(note);
  }

  /** A reply that is out gets words whatever went wrong with them, unless the store is what went wrong. */
  async #mend(cause: unknown): Promise<void> {
    if (!this.#copy.seen.wordless || !this.#copy.held) return;
    this.#house.log.error({ cause: String(cause) }, "words could not be made");
    await this.#sayUnsaid().catch(() => {});
  }

  /** Cuts off words on their way, or notes how much of finished words was heard. */
  cancel(of: number | undefined, heard: number): Promise<void> {
    if (this.#agent.interrupt(of, heard)) return Promise.resolve();
    // What was heard is the reply that was last when this came, whatever is answered by the time it is noted.
    const reply = of ?? this.state.replied;
    const work = async () => {
      const step = await cutOff(this.#house, this.id, this.seen, reply, heard);
      if (step) await this.#mustAppend(step);
    };
    // Words that another node is saying are to end, so their end is not waited for.
    return this.#inTerm({ work, patient: false });
  }

  /** From here on no model is waited for: the house finishes the turn under way and answers those that wait. */
  drain(): void {
    this.#agent.drain();
  }

  get wordless(): boolean {
    return this.#copy.wordless;
  }

  /** Sees to it that a reply gets its words when whoever decided it seems to be lost. */
  async finishWords(): Promise<void> {
    if (!this.wordless || this.#queue.running || this.#copy.courtesy.others) return;
    await this.inTurn(async () => {});
  }

  /** Words a reply whose speaker was lost between its two commits: the process ended, or was fenced. */
  async #sayUnsaid(): Promise<void> {
    const { wordless } = this.#copy.seen;
    if (!wordless) return;
    try {
      const taken = this.#agent.taking !== null;
      await this.#mustAppend(await unsaidWords(this.#house, this.id, this.state, wordless, taken));
    } catch (error) {
      // A writer that went on would leave them unsaid for good: whoever claims the session next begins with them.
      this.#copy.letGo();
      throw error;
    }
  }

  /** Resolves when everything sent so far has been worked on. */
  settled(): Promise<void> {
    return this.#queue.settled();
  }

  /** Does something as the session's one writer, in its turn; for order answers and approvals. MAY be done again. */
  inTurn<T>(work: () => Promise<T>): Promise<T> {
    return this.#inTerm({ work });
  }

  #inTerm<T>({ urgent = false, ...how }: Work<T> & { readonly urgent?: boolean }): Promise<T> {
    const wanted = () => !this.#agent.draining && how.wanted?.() !== false;
    const all = { patient: true, hushes: false, ...how, wanted, words: () => this.#sayUnsaid() };
    this.usedAt = performance.now();
    return this.#queue.add(() => {
      if (this.#ended) return Promise.reject(this.#ended);
      const rest = atWork(this.#house.bus, this.id);
      return this.#copy.asWriter(all).finally(rest);
    }, urgent);
  }

  /** Nobody goes on with what is in memory: everybody here is told why, and so is who still waits for an answer. */
  end(fault: Fault): void {
    this.#ended = fault;
    this.#audience.end(fault);
  }

  /** Makes a step durable, then part of the state, then public. */
  async append(step: Step, from: Watcher | null): Promise<Appended> {
    const outcome = await this.#copy.append(step, from);
    if (outcome === "appended" && step.outbox) this.#house.wakeOutbox();
    if (outcome === "appended") this.#house.meter.step(step.events);
    return outcome;
  }

  async #mustAppend(step: Step, from: Watcher | null = null): Promise<void> {
    if ((await this.append(step, from)) !== "appended") throw taken();
  }
}

/** A turn was dropped because somebody took the conversation meanwhile. */
const TAKEN = Symbol("taken");
