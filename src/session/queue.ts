import { BOUNDS } from "../domain/bounds.ts";
import { Fault } from "../domain/fault.ts";

/** What is to be done in one session, one after the other; a bounded number of things may wait. */
export class Queue {
  readonly #urgent: (() => Promise<void>)[] = [];
  readonly #waiting: (() => Promise<void>)[] = [];
  /** What waits or is worked on, by the id of its message; null while there is nothing, as there mostly is. */
  #under_way: Map<string, Promise<unknown>> | null = null;
  #repeats = 0;
  #running = false;

  get running(): boolean {
    return this.#running;
  }

  /** Rejects with `queue_full` at once when as many wait as may. What is urgent comes before all that is not begun. */
  add<T>(work: () => Promise<T>, urgent = false): Promise<T> {
    const waiting = urgent ? this.#urgent : this.#waiting;
    if (waiting.length >= BOUNDS.queued) return Promise.reject(full(BOUNDS.queued));
    return new Promise<T>((resolve, reject) => {
      waiting.push(() => work().then(resolve, reject));
      if (!this.#running) void this.#run();
    });
  }

  /**
   * `work` of a message, which may come again while the first of its id is under way: that takes no place of its own, and
   * waits for what becomes of the first; `known` finds it then.
   */
  async once<T>(id: string, known: () => Promise<T | null>, work: () => Promise<T>): Promise<T> {
    this.#under_way ??= new Map();
    const under_way = this.#under_way;
    const first = under_way.get(id);
    if (!first) {
      const working = work().finally(() => {
        under_way.delete(id);
        if (under_way.size === 0) this.#under_way = null;
      });
      under_way.set(id, working);
      return working;
    }
    if (this.#repeats >= BOUNDS.repeats) throw full(BOUNDS.repeats);
    this.#repeats += 1;
    await first.catch(() => {});
    this.#repeats -= 1;
    return (await known()) ?? work();
  }

  /** Resolves when everything added so far has been worked on. */
  settled(): Promise<void> {
    return this.#running
      ? new Promise((resolve) => this.#waiting.push(async () => resolve()))
      : Promise.resolve();
  }

  async #run(): Promise<void> {
    this.#running = true;
    const take = () => this.#urgent.shift() ?? this.#waiting.shift();
    for (let next = take(); next; next = take()) await next();
    this.#running = false;
  }
}

function full(bound: number): Fault {
  return new Fault("queue_full", `at most ${bound} messages may wait; send this one again later`);
}
