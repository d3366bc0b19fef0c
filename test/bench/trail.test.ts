import { expect, test } from "vitest";
import { heard, trailOf } from "../../bench/eval/trail.ts";

const named = <Given extends unknown[], Result>(name: string, called: (...given: Given) => Result) =>
  heard({ name, at: `src/${name}.ts:1` }, called);

test("who made something decided it, not who built a part of it, carried it on, or tried in vain", () => {
  const build = named("build", () => "yes");
  const wrap = named("wrap", (word: string) => ({ acts: [word] }));
  const rule = named("rule", (says: boolean) => (says ? wrap(build()) : null));
  const carry = named("carry", (heardBefore: { acts: string[] }) => ({ ...heardBefore }));
  const walk = named("walk", () => {
    const first = rule(false) ?? rule(true);
    return first ? carry(first) : null;
  });
  const isYes = (value: unknown) => JSON.stringify(value) === '{"acts":["yes"]}';
  const trail = trailOf(walk, { made: isYes, given: (value) => isYes(value) || value === "yes" });
  expect(trail.map(({ name }) => name)).toEqual(["walk", "rule"]);
});
