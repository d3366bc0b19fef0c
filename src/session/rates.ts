import { Fault } from "../domain/fault.ts";

/** A token bucket: so much a minute on average, a tenth of it (ten at least) at once. */
export class Bucket {
  readonly per_minute: number;
  readonly #what: string;
  readonly #now: () => number;
  #tokens: number;
  #before: number;

  /** `what` is what it counts, as in "messages of one connection"; `now` gives milliseconds. */
  constructor(per_minute: number, what: string, now: () => number) {
    this.per_minute = per_minute;
    this.#what = what;
    this.#now = now;
    this.#tokens = this.#burst;
    this.#before = now();
  }

  get #burst(): number {
    return Math.max(10, this.per_minute / 10);
  }

  /** Takes `cost`, a message's unless given. Throws `rate_limited` and says when to come again. */
  spend(cost = 1): void {
    const { per_minute } = this;
    const at = this.#now();
    this.#tokens = Math.min(this.#burst, this.#tokens + ((at - this.#before) * per_minute) / 60_000);
    this.#before = at;
    // What is larger than the bucket takes all of it, or it could never be had.
    const taken = Math.min(cost, this.#burst);
    if (this.#tokens < taken) {
      const wait = Math.ceil(((taken - this.#tokens) * 60_000) / per_minute);
      throw new Fault("rate_limited", `at most ${per_minute} ${this.#what} a minute; wait ${wait} ms`, {
        detail: { retry_after_ms: wait },
      });
    }
    this.#tokens -= taken;
  }
}

/** Buckets by the name of whom they are for. */
export interface Buckets {
  /** Nothing is spent where `per_minute` is undefined. */
  spend(who: string, per_minute: number | undefined, cost?: number): void;
}

/**
 * One bucket for each name. The least recently used are forgotten beyond `MOST`, full again by then unless somebody has
 * that many names: then what holds is the bound of the address they come from.
 */
export function buckets(what: string, now: () => number): Buckets {
  const known = new Map<string, Bucket>();
  return {
    spend: (who, per_minute, cost) => {
      if (per_minute === undefined) return;
      let one = known.get(who);
      // A limit that was changed meanwhile begins anew.
      if (one?.per_minute !== per_minute) one = new Bucket(per_minute, what, now);
      known.delete(who);
      known.set(who, one);
      if (known.size > MOST) known.delete(known.keys().next().value ?? who);
      one.spend(cost);
    },
  };
}

const MOST = 50_000;
