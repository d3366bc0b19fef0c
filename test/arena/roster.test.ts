import { expect, test } from "vitest";
import { AGENTS } from "../../src/arena/agents/index.ts";
import { match } from "../../src/arena/match.ts";
import { rational } from "../../src/arena/rational.ts";
import { agentNamed, OWN, RATIONAL } from "../../src/arena/roster.ts";
import { spaceOf } from "../../src/arena/view.ts";
import { agent, opposed, scenario } from "./table.ts";

test("every agent is found by its own name, Parley's and published ones of one name apart", () => {
  const all = [...OWN, ...AGENTS, ...RATIONAL];
  for (const each of all) expect(agentNamed(each.name)).toBe(each);
  expect(agentNamed("parley/boulware").source).toMatch(/^Parley/);
  expect(agentNamed("boulware").source).not.toMatch(/^Parley/);
  const refusal = {
    code: "bad_source",
    message: expect.stringMatching(/no agent "bulware"; there are .*boulware/),
  };
  expect(() => agentNamed("bulware")).toThrow(expect.objectContaining(refusal));
});

const chance = [() => 0, () => 0] as const;
const stubborn = agent("stubborn", (view) => () => ({
  does: "propose",
  outcomes: [view.ranked()[0] as number],
}));
const quitter = agent(
  "quitter",
  (view) =>
    ({ step }) =>
      step === 2 ? { does: "leave" } : { does: "propose", outcomes: [view.ranked()[0] as number] },
);

test.each([
  ["would propose once more", stubborn],
  ["would leave", quitter],
])("a rational buyer that %s takes with its last turn what is better than nothing", (_, buyer) => {
  // What the other side insists on is worth a quarter to the buyer.
  for (const [reservation, outcome] of [
    [200_000, 0],
    [250_000, null],
  ] as const) {
    const space = spaceOf(scenario([[4, 0]], [[1, 4]], [0, reservation]));
    const setting = { rounds: 3, begins: 0 } as const;
    expect(match(space, [stubborn, rational(buyer)], chance, setting).outcome).toBe(outcome);
    expect(match(space, [stubborn, buyer], chance, setting).outcome).toBeNull();
  }
});

test("making a buyer rational keeps what it believes", () => {
  const [view] = spaceOf(scenario([[1, 0]], [[0, 1]])).views;
  expect(
    rational(opposed)
      .start(view, () => 0)
      .believes?.(),
  ).toEqual(Int32Array.of(-1_000_000, -0));
});
