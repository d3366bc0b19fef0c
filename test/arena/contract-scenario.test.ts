import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, describe, expect, test } from "vitest";
import { contractScenario } from "../../src/arena/contract-scenario.ts";
import { type Contract, contractsIn } from "../../src/arena/contracts.ts";
import { WHOLE } from "../../src/arena/scenario.ts";
import { scenariosFrom } from "../../src/arena/sources.ts";
import { spaceOf } from "../../src/arena/view.ts";
import { dataSet } from "../transport/data-set.ts";

/** Worth $10 to the buyer and $8 to the seller; a day costs the buyer 50 cents and saves the seller 20, gift wrap is $1 to 30 cents. */
const CONTRACT: Contract = {
  id: "text/Task1_s1_tea_pot_2",
  variant: "text",
  contract_config: {
    continuous_bounds: { delivery_days: { min: 1, max: 3 } },
    buyer_preferences: {
      v_base: 10,
      continuous_weights: { delivery_days: -0.5 },
      discrete_weights: { gift_wrap: { none: 0, paper: 1 } },
    },
    seller_preferences: {
      c_base: 8,
      continuous_weights: { delivery_days: 0.2 },
      discrete_weights: { gift_wrap: { none: 0, paper: -0.3 } },
    },
  },
};

describe("a purchase contract at a table", () => {
  const scenario = contractScenario(CONTRACT);
  const { views, outcomes } = spaceOf(scenario);

  test("has its price and its terms for issues, what the seller likes best first", () => {
    expect(scenario).toMatchObject({ family: "tea pot", id: CONTRACT.id });
    expect(scenario.issues.map(({ name }) => name)).toEqual(["price", "delivery days", "gift wrap"]);
    expect(scenario.issues.slice(1).map(({ values }) => values)).toEqual([
      ["3", "2", "1"],
      ["none", "paper"],
    ]);
    const [price] = scenario.issues;
    // Tomorrow and in paper both gain most: worth 10 - .5 + 1 to the buyer, 8 - .2 + .3 to the seller.
    expect([price?.values[0], price?.values.at(-1)]).toEqual(["$10.50", "$8.10"]);
  });

  test("is worth to both what the contract says: gains in dollars, all on one scale, and nothing without a deal", () => {
    const range = { seller: 2.4 + 0.4 + 0.3, buyer: 2.4 + 1 + 1 };
    for (let outcome = 0; outcome < outcomes; outcome++) {
      const [price = 0, days = 0, wrap = 0] = views[0].values(outcome);
      const paid = Number(scenario.issues[0]?.values[price]?.slice(1));
      const gain = {
        seller: paid - 8 + 0.2 * (3 - days) - 0.3 * wrap,
        buyer: 10 - paid - 0.5 * (3 - days) + wrap,
      };
      for (const [side, name] of ["seller", "buyer"].entries()) {
        const { utility, reservation } = views[side as 0 | 1];
        const advantage = ((utility[outcome] as number) - reservation) / WHOLE;
        // Prices are shown in cents and reckoned in mills.
        expect(advantage * range[name as "buyer"]).toBeCloseTo(gain[name as "buyer"], 1);
      }
    }
  });
});

describe("the source agenticpay", () => {
  const folder = mkdtempSync(join(tmpdir(), "contracts-"));
  afterAll(() => rmSync(folder, { recursive: true }));

  test("takes each contract once, and names a line that is none", async () => {
    mkdirSync(join(folder, "agenticpay"));
    const file = join(folder, "agenticpay", "contract_configs.jsonl");
    const lines = [CONTRACT, { ...CONTRACT, variant: "multimodal" }].map((each) => JSON.stringify(each));
    writeFileSync(file, `${lines.join("\n")}\n`);
    const { scenarios } = await scenariosFrom("agenticpay", { data: folder, seed: 1 });
    expect(scenarios).toEqual([contractScenario(CONTRACT)]);
    writeFileSync(file, `${lines[0]}\n{"id":"half"}\n`);
    const fault = { code: "bad_source", message: expect.stringContaining("line 2 is no contract: variant") };
    await expect(contractsIn(folder)).rejects.toMatchObject(fault);
    await expect(contractsIn(join(folder, "none"))).rejects.toThrow("cannot be read; set PARLEY_DATA");
  });

  const { path, skipped } = dataSet("agenticpay/contract_configs.jsonl");
  test.skipIf(skipped)("holds 25 contracts of 13 kinds, in each of which both could gain", async () => {
    const { scenarios } = await scenariosFrom("agenticpay", { data: join(path, "../.."), seed: 1 });
    expect(scenarios).toHaveLength(25);
    expect(new Set(scenarios.map(({ family }) => family)).size).toBe(13);
    for (const scenario of scenarios) {
      const { views, outcomes } = spaceOf(scenario);
      expect(outcomes).toBeLessThanOrEqual(5_000);
      const gains = (outcome: number) =>
        views.every(({ utility, reservation }) => (utility[outcome] as number) > reservation);
      expect(Array.from({ length: outcomes }, (_, i) => i).some(gains), scenario.id).toBe(true);
    }
  });
});
