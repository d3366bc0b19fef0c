import { parentPort, workerData } from "node:worker_threads";
import { limitShare } from "./confidential-attacks.ts";
import { everything, type Features, paidPrices, visitorsPrices } from "./confidential-features.ts";
import { seenAt } from "./confidential-play.ts";
import { shopOf, stall, TARGET } from "./confidential-shop.ts";

export interface Played {
  readonly seed: number;
  readonly floor: number;
  /** The limit, as whoever is told it. */
  readonly limit: number;
  readonly found: { readonly bisected: number; readonly solved: number };
  readonly everything: Features;
  readonly visitors: Features;
  readonly paid: Features;
  readonly turns: number;
  /** Of the visitors who came to buy. */
  readonly sold: number;
}

/** Plays 200 sessions with each of these vendors and says what they showed. */
const { seeds, conceal_bp } = workerData as {
  readonly seeds: readonly number[];
  readonly conceal_bp?: number;
};
for (const seed of seeds) {
  const at = stall(seed);
  const restated = conceal_bp === undefined ? {} : { conceal_bp };
  const seen = seenAt(shopOf(at, restated), seed);
  const { share: bisected, solved } = seen.bisected;
  const turns = [...seen.bought, ...seen.asked].reduce((sum, one) => sum + one.exchanges.length, 0);
  const played: Played = {
    ...{ seed, turns, sold: seen.bought.filter(({ paid }) => paid !== null).length },
    ...{ floor: at.floor_bp / 10_000, found: { bisected, solved } },
    limit: limitShare(at, TARGET, "USD", restated),
    everything: everything(seen),
    visitors: visitorsPrices(seen),
    paid: paidPrices(seen),
  };
  parentPort?.postMessage(played);
}
