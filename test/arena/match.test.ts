import { expect, test } from "vitest";
import type { Agent, Play, Turn } from "../../src/arena/agent.ts";
import { match, type Setting } from "../../src/arena/match.ts";
import { spaceOf } from "../../src/arena/view.ts";
import { agent, scenario, stairs } from "./table.ts";

const space = spaceOf(scenario([[3, 2, 1, 0]], [[0, 1, 2, 3]]));
const chance = [() => 0, () => 0] as const;
const setting: Setting = { rounds: 3, begins: 0 };

/** Plays what is listed, then leaves; keeps the turns it was given. */
function scripted(name: string, ...plays: Play[]): { agent: Agent; turns: Turn[] } {
  const turns: Turn[] = [];
  const made = agent(name, () => (turn) => {
    turns.push(turn);
    return plays[turns.length - 1] ?? { does: "leave" };
  });
  return { agent: made, turns };
}

const say = (...outcomes: number[]): Play => ({ does: "propose", outcomes });
const take = (outcome: number): Play => ({ does: "accept", outcome });
const alone = (one: Play, other: Play = say(3)) =>
  match(space, [scripted("ann", one).agent, scripted("bob", other).agent], chance, setting);

test("two who concede step by step meet in the middle", () => {
  const { outcome, ended, by, plays } = match(space, [stairs, stairs], chance, setting);
  expect({ outcome, ended, by }).toEqual({ outcome: 2, ended: "accepted", by: 0 });
  expect(plays).toEqual([
    { side: 0, play: say(0) },
    { side: 1, play: say(3) },
    { side: 0, play: say(1) },
    { side: 1, play: say(2) },
    { side: 0, play: take(2) },
  ]);
});

test("each side has its rounds, sees what is on the table, and knows when nobody can answer any more", () => {
  const ann = scripted("ann", say(0), say(1), say(2));
  const bob = scripted("bob", say(3), say(3), say(2));
  const session = match(space, [ann.agent, bob.agent], chance, { ...setting, begins: 1 });
  expect(session).toMatchObject({ outcome: null, ended: "deadline", by: null });
  const seen = ({ turns }: { turns: Turn[] }) =>
    turns.map(({ step, steps, answerable, heard }) => [step, steps, answerable, ...heard]);
  expect(seen(bob)).toEqual([
    [0, 3, true],
    [1, 3, true, 0],
    [2, 3, true, 1],
  ]);
  expect(seen(ann)).toEqual([
    [0, 3, true, 3],
    [1, 3, true, 3],
    [2, 3, false, 2],
  ]);
  expect(ann.turns.map(({ time }) => time)).toEqual([0, 1 / 3, 2 / 3]);
});

test("by a clock that counts the turn itself, time is up in the last turn of either side", () => {
  const ann = scripted("ann", say(0), say(1), say(2));
  const bob = scripted("bob", say(3), say(3), say(2));
  match(space, [ann.agent, bob.agent], chance, { ...setting, clock: "last_turn" });
  for (const { turns } of [ann, bob]) expect(turns.map(({ time }) => time)).toEqual([1 / 3, 2 / 3, 1]);
});

test("whoever leaves ends the session without an agreement", () => {
  expect(alone(say(0), { does: "leave" })).toMatchObject({ outcome: null, ended: "left", by: 1 });
});

test("a transcript keeps what was said, whatever a player does with its array afterwards", () => {
  const used = [0];
  const careless = agent("careless", () => ({ step }) => {
    used[0] = step;
    return { does: "propose", outcomes: used };
  });
  const { plays } = match(space, [careless, careless], chance, setting);
  expect(plays.map(({ play }) => play)).toEqual([say(0), say(0), say(1), say(1), say(2), say(2)]);
});

test.each([
  [
    "accepting what nobody proposed",
    () => alone(take(0)),
    /ann, turn 1 of 3 on y2099\/Table: accepts outcome 0/,
  ],
  ["accepting something else", () => alone(say(0), take(1)), /bob, .*: accepts outcome 1, which is not on/],
  ["proposing nothing", () => alone(say()), /proposes nothing; leave instead/],
  ["proposing two at once", () => alone(say(0, 1)), /proposes 2 outcomes at once/],
  ["an outcome there is not", () => alone(say(4)), /proposes outcome 4, not one of 0 to 3/],
  ["half an outcome", () => alone(say(0.5)), /proposes outcome 0.5/],
  ["a move of another game", () => alone({ does: "wait" } as unknown as Play), /neither accept, propose nor/],
])("%s is refused by name", (_, illegal, why) => {
  expect(illegal).toThrow(
    expect.objectContaining({ code: "protocol_violation", message: expect.stringMatching(why) }),
  );
});
