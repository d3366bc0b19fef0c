import type { Random } from "./agent.ts";
import { seeded } from "./random.ts";
import { checkScenario, type Issue, type Scenario, type Side, WHOLE } from "./scenario.ts";

/** What is sold, and in how many steps its price may move. Each is a domain of its own. */
const GOODS = [
  ["espresso machines", 12],
  ["office chairs", 20],
  ["laptops", 16],
  ["city bicycles", 24],
  ["label printers", 10],
  ["cameras", 30],
  ["floor tiles", 18],
  ["work gloves", 40],
  ["hearing aids", 14],
  ["shelving", 25],
  ["air filters", 32],
  ["cargo vans", 22],
] as const;

/** The most domains there are for one seed. */
export const GENERATED = GOODS.length;

/** Terms beside the price, the vendor's favourite first; each good is sold with a few of them. */
const TERMS: readonly Issue[] = [
  { name: "delivery", values: ["collected", "in 10 days", "in 5 days", "next day"] },
  { name: "warranty", values: ["1 year", "2 years", "5 years"] },
  { name: "payment", values: ["in advance", "on delivery", "in 30 days", "in 60 days"] },
  { name: "returns", values: ["none", "14 days", "60 days"] },
  { name: "service", values: ["none", "by phone", "on site"] },
  { name: "pack", values: ["single", "ten", "a pallet"] },
];

/**
 * Vendor-like scenarios, the vendor as side 0: a price that both want for themselves, and a few terms that matter more to
 * one of them, some of which both would settle the same way. The same seed gives the same scenarios.
 */
export function generated(seed: number, count = 8): Scenario[] {
  return GOODS.slice(0, count).map(([goods, steps]) => {
    const random = seeded("generated", seed, goods);
    const price = {
      name: "price",
      values: Array.from(
        { length: steps },
        (_, i) => `${(100 - (40 * i) / (steps - 1)).toFixed(0)} % of list`,
      ),
    };
    const terms = TERMS.filter(() => random() < 0.55).slice(0, 4);
    const issues = [price, ...(terms.length > 1 ? terms : TERMS.slice(0, 2))];
    const vendor = sideOf(
      "vendor",
      issues,
      within(random, 0.4, 0.65),
      random,
      (value, last) => 1 - value / last,
    );
    // To one buyer in three what costs the vendor more is simply a nuisance: there both want the same.
    const agrees = issues.map((_, i) => i > 0 && random() < 0.33);
    const buyer = sideOf("buyer", issues, within(random, 0.2, 0.4), random, (value, last, issue) =>
      agrees[issue] ? 1 - value / last : value / last,
    );
    const made: Scenario = {
      id: `generated/${goods}/${seed}`,
      family: goods,
      issues,
      sides: [vendor, buyer],
    };
    checkScenario(made);
    return made;
  });
}

/** The price takes a share of the weight, the terms divide the rest; between its ends an issue may be worth anything. */
function sideOf(
  name: string,
  issues: readonly Issue[],
  price: number,
  random: Random,
  worth: (value: number, last: number, issue: number) => number,
): Side {
  const parts = issues.slice(1).map(() => within(random, 0.1, 1) ** 2);
  const sum = parts.reduce((all, part) => all + part, 0);
  const bends = issues.map((_, issue) => (issue === 0 ? 1 : within(random, 0.5, 2)));
  return {
    name,
    issues: issues.map(({ values }, issue) => ({
      weight: issue === 0 ? price : ((1 - price) * (parts[issue - 1] as number)) / sum,
      evals: values.map((_, value) => worth(value, values.length - 1, issue) ** (bends[issue] as number)),
    })),
    reservation: Math.round(within(random, 0.1, 0.3) * WHOLE),
  };
}

function within(random: Random, least: number, most: number): number {
  return least + (most - least) * random();
}
