import { type Contract, jointOf, mills, type Option, termsOf } from "./contracts.ts";
import { checkScenario, type Scenario, type Side, WHOLE } from "./scenario.ts";

/**
 * Prices, from where the seller gains nothing to where the buyer gains nothing on the terms that both gain most by, those
 * among them: whatever is gained on other terms at other prices, both can have more of there.
 */
const PRICES = 41;

/**
 * A contract as a scenario for a table, the seller as side 0: a price, and every term that it has. What is gained by an
 * outcome is what the contract says, moved so that the worst is worth nothing; no agreement is worth a gain of nothing.
 * Contracts for the same kind of thing are one family.
 */
export function contractScenario(contract: Contract): Scenario {
  const { buyer_preferences, seller_preferences } = contract.contract_config;
  const terms = termsOf(contract);
  const [worth, cost] = [mills(buyer_preferences.v_base), mills(seller_preferences.c_base)];
  const best = terms.map(({ options }) =>
    options.reduce((one, other) => (jointOf(other) > jointOf(one) ? other : one)),
  );
  const low = cost - best.reduce((sum, { seller }) => sum + seller, 0);
  const high = worth + best.reduce((sum, { buyer }) => sum + buyer, 0);
  const prices = Array.from({ length: PRICES }, (_, i): Option => {
    const price = Math.round(high - ((high - low) * i) / (PRICES - 1));
    return { id: `$${(price / 1_000).toFixed(2)}`, buyer: -price, seller: price };
  });
  const issues = [{ name: "price", options: prices }, ...terms];
  const scenario: Scenario = {
    id: contract.id,
    family: contract.id.replace(/^.*\/(?:Task\d+_s\d+_)?|(?:_negotiation|_\d+)$/g, "").replaceAll("_", " "),
    issues: issues.map(({ name, options }) => ({
      name: name.replaceAll("_", " "),
      values: options.map(({ id }) => id.replaceAll("_", " ")),
    })),
    sides: [
      sideOf(
        "seller",
        issues.map(({ options }) => options.map(({ seller }) => seller)),
        -cost,
      ),
      sideOf(
        "buyer",
        issues.map(({ options }) => options.map(({ buyer }) => buyer)),
        worth,
      ),
    ],
  };
  checkScenario(scenario);
  return scenario;
}

/** `base` is what a side gains before anything is agreed on. */
function sideOf(name: string, worths: readonly (readonly number[])[], base: number): Side {
  const moved = worths.map((each) => each.map((one) => one - Math.min(...each)));
  const worst = worths.reduce((sum, each) => sum + Math.min(...each), base);
  const range = moved.reduce((sum, each) => sum + Math.max(...each), 0);
  return {
    name,
    issues: moved.map((evals) => ({ weight: 1, evals })),
    reservation: Math.round((Math.max(0, -worst) / range) * WHOLE),
  };
}
