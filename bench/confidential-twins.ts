import type { Shop } from "../src/arena/conversation.ts";
import { drawsFor } from "../src/domain/draws.ts";
import { limitShare } from "./confidential-attacks.ts";
import { type Seen, seenAt } from "./confidential-play.ts";
import { shopOf, stall, TARGET } from "./confidential-shop.ts";

/**
 * Vendors and their twins, whose floors are the limits of the first and who keep nothing back: all 200 sessions with
 * both, compared reply by reply. Whatever hangs on the floor itself shows here, also what no learner would make use of.
 */
export function twins(seeds: readonly number[]): { readonly sessions: number; readonly different: number } {
  let sessions = 0;
  let different = 0;
  for (const seed of seeds) {
    const one = shopOf(stall(seed));
    const [mine, other] = [repliesIn(seenAt(one, seed)), repliesIn(seenAt(twinOf(one, seed), seed))];
    sessions += mine.length;
    different += mine.filter((reply, i) => reply !== other[i]).length;
  }
  return { sessions, different };
}

function twinOf(shop: Shop, seed: number): Shop {
  const list = shop.products.get(TARGET)?.product.price.USD ?? 0;
  const floor = { USD: Math.round(list * limitShare(stall(seed), TARGET, "USD", {})) };
  const limits = {
    ...shop.limits,
    conceal_bp: 0,
    rules: [{ match: { sku: TARGET }, floor, negotiable: true }, ...shop.limits.rules],
  };
  return { ...shop, limits, draws: drawsFor(limits, "twin", 1) };
}

/** One text a session. */
function repliesIn({ bought, asked, bisected, codes }: Seen): string[] {
  const talks = [...bought, ...asked].map(({ exchanges }) => exchanges.map(({ move }) => move));
  return [...talks, ...bisected.ends, ...codes].map((said) => JSON.stringify(said));
}
