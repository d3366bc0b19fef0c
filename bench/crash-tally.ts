import type { Conversation } from "./crash-buyer.ts";
import { check, type Finding } from "./crash-check.ts";

const CHECKED_AT_ONCE = 16;

/** Everything that buyers of one store were promised, and what its logs show of it. */
export class Tally {
  /** Ends of gateways and servers, by how they came. */
  readonly kills: Record<string, number> = {};
  readonly talks: Conversation[] = [];
  readonly faults: string[] = [];
  readonly #intents = new Map<string, Finding["intents"]>();
  readonly #lost: string[] = [];
  readonly #gaps: string[] = [];
  readonly #twice: string[] = [];
  #resent = 0;

  killed(how: string): void {
    this.kills[how] = (this.kills[how] ?? 0) + 1;
  }

  /** Resumes these sessions at either address, and holds their logs against what was promised. */
  async check(urls: readonly string[], talks: readonly Conversation[]): Promise<void> {
    const waiting = talks.entries();
    const one = async (n: number, talk: Conversation) => {
      try {
        const { lost, gaps, twice, intents, resent } = await check(urls[n % urls.length] ?? "", talk);
        this.#lost.push(...lost);
        this.#gaps.push(...gaps);
        this.#twice.push(...twice);
        this.#intents.set(talk.session, intents);
        this.#resent += resent;
      } catch (error) {
        this.#lost.push(`${talk.session}: ${String(error)}`);
      }
    };
    await Promise.all(
      Array.from({ length: CHECKED_AT_ONCE }, async () => {
        for (const [n, talk] of waiting) await one(n, talk);
      }),
    );
  }

  get intents(): readonly { readonly id: string; readonly offer: string }[] {
    return [...this.#intents.values()].flat();
  }

  /** `orders` is how often each order reached the vendor's system; `broken` what the audit found. */
  summary(orders: ReadonlyMap<string, number>, broken: readonly string[]) {
    const { intents } = this;
    const ids = new Set(intents.map(({ id }) => id));
    const offers = new Set(intents.map(({ offer }) => offer));
    const undelivered = [...ids].filter((id) => !orders.has(id));
    const orphans = [...orders.keys()].filter((id) => !ids.has(id));
    const twice_bound = 2 * intents.length - ids.size - offers.size;
    const acked = this.talks.reduce((sum, talk) => sum + talk.acked.size, 0);
    const turns = this.talks.reduce((sum, talk) => sum + talk.sent.size, 0);
    return {
      kills: this.kills,
      ...{ sessions: this.talks.length, turns, acked, orders: ids.size },
      lost: this.#lost.length + undelivered.length,
      doubled: this.#twice.length + twice_bound,
      orphans: orphans.length + broken.length,
      gaps: this.#gaps.length,
      delivered_again: [...orders.values()].reduce((sum, times) => sum + times - 1, 0),
      resent: this.#resent,
      failures: [
        ...[...this.#lost, ...this.#gaps, ...this.#twice, ...this.faults, ...broken].slice(0, 20),
        ...(twice_bound > 0 ? [`${twice_bound} orders are doubled`] : []),
        ...(undelivered.length > 0 ? [`${undelivered.length} orders never reached the vendor's system`] : []),
        ...(orphans.length > 0 ? [`${orphans.length} orders reached the vendor that no log knows`] : []),
      ],
    };
  }
}
