import type { Agent, Player } from "../../src/arena/agent.ts";
import { checkScenario, type Scenario } from "../../src/arena/scenario.ts";

/** A scenario from what each value of each issue is worth to either side. */
export function scenario(
  mine: readonly (readonly number[])[],
  theirs: readonly (readonly number[])[],
  reservations: readonly [number, number] = [0, 0],
  id = "y2099/Table",
): Scenario {
  const side = (name: string, worths: readonly (readonly number[])[], reservation: number) => ({
    name,
    issues: worths.map((evals) => ({ weight: 1, evals })),
    reservation,
  });
  const made: Scenario = {
    id,
    family: id.slice(id.indexOf("/") + 1),
    issues: mine.map((values, i) => ({ name: `issue ${i}`, values: values.map((_, v) => `value ${v}`) })),
    sides: [side("mine", mine, reservations[0]), side("theirs", theirs, reservations[1])],
  };
  checkScenario(made);
  return made;
}

export function agent(name: string, start: Agent["start"]): Agent {
  return { name, source: "a test", start };
}

/** Goes down its own ranking one outcome a turn and takes whatever is as good as what it would say next. */
export const stairs = agent("stairs", (view) => {
  const ranked = view.ranked();
  return ({ step, heard }) => {
    const next = ranked[Math.min(step, ranked.length - 1)] as number;
    const [best] = [...heard].sort((a, b) => (view.utility[b] as number) - (view.utility[a] as number));
    return best !== undefined && (view.utility[best] as number) >= (view.utility[next] as number)
      ? { does: "accept", outcome: best }
      : { does: "propose", outcomes: [next] };
  };
});

/** Says anything at all, and takes the fifth thing it hears. */
export const chatter = agent("chatter", (view, random) => ({ step, heard }) => {
  const [first] = heard;
  return step === 4 && first !== undefined
    ? { does: "accept", outcome: first }
    : { does: "propose", outcomes: [Math.floor(random() * view.outcomes)] };
});

/** Believes the other side to want the opposite of what it wants itself. */
export const opposed = agent("opposed", (view, random) => {
  const play: Player = chatter.start(view, random);
  return Object.assign(play, { believes: () => view.utility.map((each) => -each) });
});
