import { expect, test } from "vitest";
import type { Agent } from "../../src/arena/agent.ts";
import { type Encounter, play, stageOf } from "../../src/arena/encounter.ts";
import { agent, chatter, scenario } from "./table.ts";

const stage = stageOf(scenario([[5, 4, 3, 2, 1, 0]], [[0, 1, 2, 3, 4, 5]], [0, 0]));
const mute = (name: string) => agent(name, () => () => ({ does: "propose", outcomes: [0] }));
const met = (vendor: Agent, change: Partial<Encounter> = {}) => {
  const encounter = {
    vendor,
    partner: chatter,
    side: 0,
    seed: 1,
    rounds: 4,
    ...change,
  } as const;
  const { plays } = play(stage, encounter).session;
  return plays.flatMap(({ side, play: one }) => (side === 1 && one.does === "propose" ? one.outcomes : []));
};

test("a partner has the same luck whomever it meets, and other luck with another seed", () => {
  expect(met(mute("ann"))).toHaveLength(4);
  expect(met(mute("ann"))).toEqual(met(mute("bob")));
  expect(met(mute("ann"))).not.toEqual(met(mute("ann"), { seed: 3 }));
});
