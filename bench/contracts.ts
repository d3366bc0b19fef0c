import { estimate } from "../src/arena/bootstrap.ts";
import type { Buyer } from "../src/arena/buyers/buyer.ts";
import { timed } from "../src/arena/buyers/timed.ts";
import { contractsIn, type Deal, dealOf } from "../src/arena/contracts.ts";
import { replayDifferences, type Shop } from "../src/arena/conversation.ts";
import { seeded } from "../src/arena/random.ts";
import { shopping } from "../src/arena/shopping.ts";
import { drawsFor } from "../src/domain/draws.ts";
import { STRATEGIES } from "../src/negotiation/strategies/index.ts";
import { rounded } from "./statistics.ts";

/** How many there are in the set: fewer would be other ones. */
const CONTRACTS = 25;
const SEEDS = [1, 2, 3, 4];
const BARS = { rational: 0.85, noisy: 0.75 };
const EXPONENTS = [
  ["boulware", 5],
  ["linear", 1],
  ["conceder", 0.5],
] as const;

/** Buyers that judge right; those that also turn to the package they like best say so by countering it. */
const RATIONAL = [false, true].flatMap((picks) =>
  EXPONENTS.map(([name, exponent]) => timed(`${name}${picks ? ", picking" : ""}`, "", { exponent, picks })),
);
/** Every gain they weigh is off by up to 30% of what they hoped to gain. */
const NOISY = [false, true].flatMap((picks) =>
  EXPONENTS.map(([name, exponent]) =>
    timed(`noisy ${name}${picks ? ", picking" : ""}`, "", { exponent, picks, blur: 300_000 }),
  ),
);

interface Tally {
  readonly deals: number;
  readonly sessions: number;
  readonly rounds: number;
  readonly byContract: ReadonlyMap<string, readonly number[]>;
}

/**
 * Value across terms: the share of all that both sides could gain together that is kept, over 25 purchase contracts
 * with both sides' private preferences (AgenticPay), through the real core: no deal keeps nothing.
 */
export async function run(): Promise<object> {
  const deals = (await contractsIn(process.env.PARLEY_DATA ?? "../shared/data")).map(dealOf);
  const counts = { sessions: 0, turns: 0, faults: 0, replayed: 0, different: 0, below_limit: 0 };
  const table: Record<string, object> = {};
  const scored = (name: string, strategy: string, buyers: readonly Buyer[]) => {
    const tally = played(deals, strategy, buyers, counts);
    const { mean, low, high } = estimate(tally.byContract, 1);
    const row = {
      ...{ surplus: rounded(mean, 3), low: rounded(low, 3), high: rounded(high, 3) },
      ...{ agreement: rounded(tally.deals / tally.sessions, 3), rounds: rounded(tally.rounds / tally.deals) },
    };
    table[name] = row;
    process.stdout.write(`${name.padEnd(34)} ${JSON.stringify(row)}\n`);
    return row;
  };
  const [main] = STRATEGIES;
  const of = main?.name ?? "";
  const rational = scored(`${of}, rational buyers`, of, RATIONAL);
  const noisy = scored(`${of}, noisy buyers`, of, NOISY);
  for (const buyer of [...RATIONAL, ...NOISY]) scored(`${of}, ${buyer.name}`, of, [buyer]);
  for (const { name } of STRATEGIES.slice(1)) scored(`${name}, rational buyers`, name, RATIONAL);
  const yardsticks = {
    optimum: 1,
    seller_favourite_terms: rounded(mean(deals.map((deal) => deal.terms("seller")))),
    buyer_favourite_terms: rounded(mean(deals.map((deal) => deal.terms("buyer")))),
  };
  const failures = [
    // Said as what has to hold: a figure that is no number fails.
    ...(deals.length === CONTRACTS ? [] : [`${deals.length} contracts were played, not ${CONTRACTS}`]),
    ...(rational.surplus >= BARS.rational ? [] : [`surplus ${rational.surplus} is below ${BARS.rational}`]),
    ...(noisy.surplus >= BARS.noisy ? [] : [`noisy surplus ${noisy.surplus} is below ${BARS.noisy}`]),
    ...(counts.different > 0 ? [`${counts.different} turns were decided otherwise again`] : []),
    ...(counts.below_limit > 0 ? [`${counts.below_limit} deals cost the seller more than they brought`] : []),
  ];
  return {
    bench: "contracts",
    ...{ surplus: rational.surplus, surplus_low: rational.low, surplus_high: rational.high },
    ...{ noisy: noisy.surplus, noisy_low: noisy.low, noisy_high: noisy.high, bars: BARS },
    ...{ contracts: deals.length, seeds: SEEDS, ...counts, table, yardsticks, failures },
  };
}

function played(
  deals: readonly Deal[],
  strategy: string,
  buyers: readonly Buyer[],
  counts: {
    sessions: number;
    turns: number;
    faults: number;
    replayed: number;
    different: number;
    below_limit: number;
  },
): Tally {
  const byContract = new Map<string, number[]>();
  let closed = 0;
  let sessions = 0;
  let rounds = 0;
  for (const deal of deals) {
    const kept: number[] = [];
    for (const seed of SEEDS) {
      const shop: Shop = sold(deal.shop, strategy, `key ${seed} ${deal.id}`);
      for (const buyer of buyers) {
        const random = seeded(deal.id, buyer.name, seed);
        // How low they open is theirs to choose: half to nine tenths of what is listed.
        const want = { ...deal.want, opening: 500_000 + Math.floor(400_000 * random()) };
        const visit = { session: `c${sessions}`, want, buyer, kind: "machine" as const, now: NOW };
        const { talk, deal: offer, fault, rounds: took } = shopping(shop, visit, random);
        sessions++;
        counts.turns += talk.turns.length;
        counts.replayed += talk.turns.length;
        counts.different += replayDifferences(talk);
        if (fault) counts.faults++;
        if (offer) {
          closed++;
          rounds += took;
          if (deal.joint(offer) - deal.gain(offer) < 0) counts.below_limit++;
        }
        kept.push(offer ? deal.joint(offer) / deal.attainable : 0);
      }
    }
    byContract.set(deal.id, kept);
  }
  counts.sessions += sessions;
  return { deals: closed, sessions, rounds, byContract };
}

const NOW = "2026-03-01T09:00:00.000Z";

/** The shop with a strategy, and with a limit above its floor as every real one has. */
function sold(shop: Shop, name: string, secret: string): Shop {
  const limits = { ...shop.limits, strategy: { machine: name, person: name } };
  return { ...shop, limits, draws: drawsFor(limits, secret, 1) };
}

function mean(values: readonly number[]): number {
  return values.reduce((sum, value) => sum + value, 0) / values.length;
}
