import { type Scenario, type Side, sharesOf } from "./scenario.ts";

/**
 * Published domains come back from year to year under other names, with letters for other reservations or discounts, and
 * now and then as the same numbers under new labels. All of those are one family: one domain, on one side of the split.
 */
export function familyName(id: string): string {
  const name = id
    .slice(id.lastIndexOf("/") + 1)
    .replace(/(?<=[a-z])[A-C]$/, "")
    .replace(/(?:19|20)\d\d$/, "");
  return SAME_DOMAIN[name] ?? name;
}

/** The name a domain first had. */
const SAME_DOMAIN: Readonly<Record<string, string>> = {
  Acquisition: "IS_BT_Acquisition",
  EnglandvsZimbabwe: "EnglandZimbabwe",
  Fifty: "FiftyFifty",
  cameradomain: "Camera",
  // The same bargain with fewer issues.
  EnergySmall: "Energy",
};

/** How far apart two domains' utilities may be, over all outcomes, to be taken for one domain under two names. */
const ALIKE = 0.05;

/**
 * The scenarios with one family for all that are alike, whatever their names say: the one that comes first. Two are alike
 * when they have the same numbers of values and nearly the same utilities, the sides either way round.
 */
export function gathered(scenarios: readonly Scenario[]): Scenario[] {
  const joined = new Map<string, string>();
  const root = (family: string): string => {
    const above = joined.get(family);
    return above === undefined ? family : root(above);
  };
  scenarios.forEach((scenario, i) => {
    for (const earlier of scenarios.slice(0, i)) {
      const [one, other] = [root(earlier.family), root(scenario.family)];
      if (one !== other && alike(earlier, scenario)) joined.set(other, one);
    }
  });
  return scenarios.map((scenario) => ({ ...scenario, family: root(scenario.family) }));
}

function alike(one: Scenario, other: Scenario): boolean {
  const sizes = (scenario: Scenario) => scenario.issues.map((issue) => issue.values.length).join();
  if (sizes(one) !== sizes(other)) return false;
  const [a, b] = one.sides;
  const [c, d] = other.sides;
  const near = (x: Side, y: Side) => farthest(x, y) <= ALIKE;
  return (near(a, c) && near(b, d)) || (near(a, d) && near(b, c));
}

/** The greatest difference of any outcome's utility. */
function farthest(one: Side, other: Side): number {
  const [ones, others] = [sharesOf(one), sharesOf(other)];
  let [least, most] = [0, 0];
  ones.forEach((shares, issue) => {
    const gaps = shares.map((share, value) => share - (others[issue]?.[value] ?? 0));
    least += Math.min(...gaps);
    most += Math.max(...gaps);
  });
  return Math.max(most, -least);
}
