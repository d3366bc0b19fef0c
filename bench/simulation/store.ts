import { Fault } from "../../src/domain/fault.ts";
import type { Store } from "../../src/ports/store.ts";
import type { Chance } from "./chance.ts";
import type { Trace } from "./trace.ts";

/**
 * Whoever calls a port. Once it has died it gets no answer, only refusals: what still runs of it comes to an end, and
 * nothing of that reaches anybody.
 */
export interface Life {
  readonly node: string;
  alive: boolean;
}

/** Told of every write in the instant in which it is durable. */
export type Witness = (by: Life, write: string, given: readonly unknown[], outcome: unknown) => void;

interface Write {
  readonly by: Life;
  readonly name: string;
  readonly given: readonly unknown[];
  readonly done: (outcome: unknown) => void;
  readonly failed: (why: unknown) => void;
}

const WRITES: ReadonlySet<string> = new Set([
  ...["open", "claim", "append", "keepPolicy", "lease", "delivered", "failed", "revive", "disable", "enable"],
  ...["once", "revoke", "reinstate", "erase", "forget", "renew", "note", "attend"],
]);
const GROUP = 100;
type Perform = (...given: readonly unknown[]) => Promise<unknown>;

/**
 * The real store behind a server that fails: what arrives waits in memory for its group, a group becomes durable at one
 * instant, and its acknowledgements leave behind that. A crash loses what waited, and every acknowledgement that was not
 * delivered; what is durable stays. Acknowledgements are late or lost, writes refused, reads slow.
 */
export class FaultyStore {
  readonly #durable: Store;
  readonly #chance: Chance;
  readonly #trace: Trace;
  readonly #witness: Witness;
  #waiting: Write[] = [];
  readonly #open = new Set<Write>();
  #committing = false;
  #lives = 0;
  #down = false;
  /** No more faults of its own from here on. */
  calm = false;

  constructor(durable: Store, chance: Chance, trace: Trace, witness: Witness) {
    this.#durable = durable;
    this.#chance = chance;
    this.#trace = trace;
    this.#witness = witness;
  }

  /** The store as one node reaches it. */
  at(by: Life): Store {
    const { epoch } = this.#durable;
    const call = (name: string, given: readonly unknown[]) =>
      WRITES.has(name) ? this.#write(by, name, given) : this.#read(by, name, given);
    return new Proxy({ epoch } as Store, {
      get: (own, name) => (name === "epoch" ? own.epoch : (...given: unknown[]) => call(String(name), given)),
    });
  }

  /** The server ends and comes back after `ms`. */
  crash(ms: number): void {
    this.#trace.count("store_crashes");
    this.#trace.note(`store crashes, ${this.#waiting.length} wait, ${this.#open.size} unacknowledged`);
    this.#trace.count("writes_lost", this.#waiting.length);
    this.#lives += 1;
    this.#waiting = [];
    this.#committing = false;
    for (const write of this.#open)
      setTimeout(() => write.failed(unreachable()), this.#chance.between(0, 40));
    this.#open.clear();
    this.#down = true;
    setTimeout(() => {
      this.#down = false;
    }, ms);
  }

  #write(by: Life, name: string, given: readonly unknown[]): Promise<unknown> {
    if (!by.alive) return Promise.reject(unreachable());
    return new Promise((resolve, reject) => {
      const done = (outcome: unknown) => (by.alive ? resolve(outcome) : reject(unreachable()));
      const write = { by, name, given, done, failed: reject };
      setTimeout(() => this.#arrive(write), this.#chance.between(0, 2));
    });
  }

  #arrive(write: Write): void {
    // What a node sent before it died may still arrive, or not.
    const lost = !write.by.alive && this.#chance.happens(0.5);
    if (lost || this.#down || this.#fails(0.004)) {
      this.#trace.count("writes_refused");
      write.failed(unreachable());
      return;
    }
    this.#open.add(write);
    this.#waiting.push(write);
    if (!this.#committing) this.#begin();
  }

  #begin(): void {
    this.#committing = true;
    const life = this.#lives;
    setTimeout(
      () => {
        if (life === this.#lives) void this.#commit(life);
      },
      this.#chance.between(2, this.#fails(0.03) ? 250 : 25),
    );
  }

  async #commit(life: number): Promise<void> {
    const group = this.#waiting.splice(0, GROUP);
    for (const write of group) {
      let outcome: unknown;
      try {
        const perform = this.#durable[write.name as "claim"] as unknown as Perform;
        outcome = await perform(...write.given);
      } catch (error) {
        this.#trace.count("writes_failed");
        this.#open.delete(write);
        write.failed(error);
        continue;
      }
      this.#witness(write.by, write.name, write.given, outcome);
      this.#acknowledge(write, outcome);
    }
    this.#committing = false;
    if (life === this.#lives && this.#waiting.length > 0) this.#begin();
  }

  #acknowledge(write: Write, outcome: unknown): void {
    const late = this.#fails(0.02);
    if (late) this.#trace.count("acks_late");
    setTimeout(
      () => {
        if (!this.#open.delete(write)) return;
        if (!this.#fails(0.006)) return write.done(outcome);
        this.#trace.count("acks_lost");
        write.failed(unreachable());
      },
      late ? this.#chance.between(50, 900) : this.#chance.between(0, 2),
    );
  }

  #read(by: Life, name: string, given: readonly unknown[]): Promise<unknown> {
    const slow = this.#fails(0.01);
    if (slow) this.#trace.count("reads_slow");
    return new Promise((resolve, reject) => {
      const answer = () => {
        if (!by.alive || this.#down || this.#fails(0.002)) return reject(unreachable());
        const read = this.#durable[name as "session"] as unknown as Perform;
        // What was read travels for a while: it may be old when it comes.
        read(...given).then((found) => {
          const come = () => (by.alive ? resolve(found) : reject(unreachable()));
          setTimeout(come, slow ? this.#chance.between(20, 400) : 0);
        }, reject);
      };
      setTimeout(answer, this.#chance.between(0, 1));
    });
  }

  #fails(share: number): boolean {
    return !this.calm && this.#chance.happens(share);
  }
}

function unreachable(): Fault {
  return new Fault("unavailable", "the store cannot be reached; send the same again");
}
