import { describe, expect, test } from "vitest";
import type { Agent, Clock } from "../../src/arena/agent.ts";
import { knotted } from "../../src/arena/agents/concession.ts";
import { faratinBoulware } from "../../src/arena/agents/faratin-boulware.ts";
import { AGENTS, BUYERS, PUBLISHED } from "../../src/arena/agents/index.ts";
import { generated } from "../../src/arena/generated.ts";
import { match, type Session } from "../../src/arena/match.ts";
import { correlation } from "../../src/arena/measures.ts";
import { seeded } from "../../src/arena/random.ts";
import { WHOLE } from "../../src/arena/scenario.ts";
import { type Space, spaceOf } from "../../src/arena/view.ts";
import { agent } from "./table.ts";

const spaces = generated(1, 6).map(spaceOf);
const [space] = spaces as [Space];

/** Never gives way: asks for its best again and again, and takes nothing. */
const wall = agent("wall", (view) => () => ({ does: "propose", outcomes: [view.ranked()[0] as number] }));
/** Gives way evenly down to nothing, and takes nothing. */
const giver = agent("giver", (view) => ({ step, steps }) => ({
  does: "propose",
  outcomes: [view.ranked()[Math.floor(((view.outcomes - 1) * step) / (steps - 1 || 1))] as number],
}));

function named(name: string): Agent {
  return AGENTS.find((one) => one.name === name) as Agent;
}

/** The agent is side 1 and the partner begins, as most buyers find it. */
function played(
  one: Agent,
  partner: Agent,
  rounds: number,
  seed = 1,
  where = space,
  clock: Clock = "published",
): Session {
  const luck = [seeded(seed, "partner"), seeded(seed, "agent")] as const;
  return match(where, [partner, one], luck, { rounds, begins: 0, clock });
}

function proposed({ plays }: Session, side: 0 | 1): number[] {
  return plays.flatMap((each) =>
    each.side === side && each.play.does === "propose" ? each.play.outcomes : [],
  );
}

function worths(session: Session, where = space): number[] {
  return proposed(session, 1).map((outcome) => where.views[1].utility[outcome] as number);
}

describe("agents", () => {
  test("are listed once each, with a source", () => {
    expect(new Set(AGENTS.map(({ name }) => name)).size).toBe(PUBLISHED.length + BUYERS.length);
    for (const { source } of AGENTS) expect(source.length).toBeGreaterThan(20);
  });

  test.each(AGENTS)(
    "$name keeps the rules, asks and takes no less than its reservation, and plays the same again",
    (one) => {
      for (const where of spaces)
        for (const clock of ["published", "last_turn"] as const)
          for (const rounds of [1, 2, 10, 60])
            for (const partner of [wall, giver, named("random"), named("linear")]) {
              const session = played(one, partner, rounds, rounds, where, clock);
              const { utility, reservation } = where.views[1];
              for (const worth of worths(session, where)) expect(worth).toBeGreaterThanOrEqual(reservation);
              if (session.by === 1 && session.outcome !== null)
                expect(utility[session.outcome]).toBeGreaterThanOrEqual(reservation);
              expect(played(one, partner, rounds, rounds, where, clock)).toEqual(session);
            }
    },
  );
});

describe("published strategies", () => {
  test.each(["boulware", "linear", "conceder", "faratin-boulware"])(
    "%s concedes from its best as time goes by",
    (name) => {
      const asked = worths(played(named(name), wall, 50));
      expect(asked[0]).toBe(WHOLE);
      expect(asked).toEqual([...asked].sort((a, b) => b - a));
      expect(asked.at(-1)).toBeLessThan(0.7 * WHOLE);
    },
  );

  test("the conceder gives way before the linear one, and that before Boulware", () => {
    const half = (name: string) => worths(played(named(name), wall, 50))[25] as number;
    expect(half("conceder")).toBeLessThan(half("linear"));
    expect(half("linear")).toBeLessThan(half("boulware"));
    expect(half("boulware")).toBeLessThan(half("faratin-boulware"));
  });

  test("micro shows at most one proposal more than it has been shown, each the next best", () => {
    for (const partner of [wall, giver, named("random")]) {
      const session = played(named("micro"), partner, 60);
      const [theirs, own] = [new Set<number>(), new Set<number>()];
      for (const { side, play } of session.plays) {
        if (play.does !== "propose") continue;
        for (const outcome of play.outcomes) (side === 0 ? theirs : own).add(outcome);
        expect(own.size).toBeLessThanOrEqual(theirs.size + 1);
      }
      expect([...own]).toEqual([...space.views[1].ranked().subarray(0, own.size)]);
    }
    expect(new Set(proposed(played(named("micro"), wall, 60), 1)).size).toBe(2);
  });

  test("hardheaded gives nearly nothing away for most of the session, and never much", () => {
    const asked = worths(played(named("hardheaded"), wall, 100));
    expect(Math.min(...asked.slice(0, 80))).toBeGreaterThan(0.93 * WHOLE);
    expect(Math.min(...asked)).toBeGreaterThanOrEqual(0.585 * WHOLE);
  });

  test("hardheaded takes what it once asked for, also what it asked for while it was offered nothing worth having", () => {
    const { utility, ranked } = space.views[1];
    const nothing = ranked().at(-1) as number;
    for (const seed of [1, 2, 3, 4, 5]) {
      const heard: number[] = [];
      const recalling = agent("recalling", () => ({ step, heard: [asked] }) => {
        if (asked !== undefined) heard.push(asked);
        const least = heard.toSorted((a, b) => (utility[a] as number) - (utility[b] as number))[0];
        return { does: "propose", outcomes: [step < 30 ? nothing : (least ?? nothing)] };
      });
      const { by, plays } = played(named("hardheaded"), recalling, 60, seed);
      expect([by, plays.length]).toEqual([1, 62]);
    }
  });

  test("hybrid answers concessions: it gives more to one that gives than to one that does not", () => {
    const by = (partner: Agent) => worths(played(named("hybrid"), partner, 30))[12] as number;
    expect(by(giver)).toBeLessThan(by(wall));
  });

  test("nice-tit-for-tat stays where it is while the other side does, until time is nearly up", () => {
    const asked = worths(played(named("nice-tit-for-tat"), wall, 100));
    expect(Math.min(...asked.slice(0, 90))).toBeGreaterThan(0.9 * WHOLE);
    expect(asked.at(-1)).toBeLessThan(Math.min(...asked.slice(0, 90)));
  });

  test("shochan keeps its margin, and makes its decisive proposal last", () => {
    const session = played(named("shochan"), wall, 40);
    const asked = worths(session);
    const least = space.views[1].reservation + 0.1 * WHOLE;
    expect(Math.min(...asked)).toBeGreaterThanOrEqual(least);
    expect(asked.at(-1)).toBe(Math.min(...asked));
    expect(asked.at(-2)).toBeGreaterThan(0.6 * WHOLE);
  });

  test("uoagent ends with the best for itself that gives the other side what that has asked for", () => {
    // A wall has asked for one outcome only, so that nothing less than it is known to be enough.
    const last = proposed(played(named("uoagent"), wall, 100), 1).at(-1) as number;
    const dream = space.views[0].ranked()[0] as number;
    const { utility, reservation } = space.views[1];
    expect(utility[last]).toBeGreaterThanOrEqual(Math.max(reservation, utility[dream] as number));
    expect(utility[last]).toBeLessThan(0.8 * WHOLE);
  });

  test("in ten turns uoagent's last proposal is its decisive one only where the clock says which turn is the last", () => {
    const lastBy = (clock: Clock) =>
      worths(played(named("uoagent"), wall, 10, 1, space, clock)).at(-1) as number;
    expect(lastBy("published")).toBeGreaterThan(0.85 * WHOLE);
    expect(lastBy("last_turn")).toBeLessThan(0.8 * WHOLE);
  });

  test("a line through knots keeps its last height when time is up", () => {
    const knots = [
      [0, 1],
      [0.5, 0.75],
      [1, 0.25],
    ] as const;
    expect([0, 0.25, 0.5, 0.75, 1].map((t) => knotted(t, knots))).toEqual([1, 0.875, 0.75, 0.5, 0.25]);
  });

  test("ponpoko and yxagent never ask for less than their lowest band", () => {
    for (const seed of [1, 2, 3, 4, 5, 6, 7, 8]) {
      expect(Math.min(...worths(played(named("ponpoko"), wall, 50, seed)))).toBeGreaterThanOrEqual(
        0.69 * WHOLE,
      );
      expect(Math.min(...worths(played(named("yxagent"), wall, 50, seed)))).toBeGreaterThanOrEqual(
        0.69 * WHOLE,
      );
    }
  });
});

describe("buyers", () => {
  test("stubborn knows three wishes until its last two turns", () => {
    const asked = proposed(played(named("stubborn"), wall, 30), 1);
    expect(new Set(asked.slice(0, -2)).size).toBeLessThanOrEqual(3);
    const [before, last] = worths(played(named("stubborn"), wall, 30)).slice(-2) as [number, number];
    expect(last).toBeLessThan(before);
  });

  test("low-budget takes and asks for one outcome in twenty", () => {
    const { utility, outcomes } = space.views[1];
    const session = played(named("low-budget"), giver, 30);
    const seen = [...proposed(session, 1), ...(session.outcome === null ? [] : [session.outcome])];
    for (const outcome of seen) {
      const better = utility.filter((each) => each > (utility[outcome] as number)).length;
      expect(better).toBeLessThan(outcomes / 20);
    }
  });

  test("impatient leaves a wall at once, and anybody after six turns", () => {
    expect(played(named("impatient"), wall, 50)).toMatchObject({ ended: "left", by: 1 });
    for (const partner of [wall, giver, named("random")])
      expect(played(named("impatient"), partner, 50).plays.length).toBeLessThanOrEqual(14);
  });

  test("bisecting halves the gap between what it may have and what it was refused", () => {
    const asked = worths(played(named("bisecting"), wall, 8));
    const { reservation } = space.views[1];
    expect(asked[0]).toBe(WHOLE);
    expect((asked[1] as number) / WHOLE).toBeCloseTo((WHOLE + reservation) / 2 / WHOLE, 1);
    expect((asked[2] as number) / WHOLE).toBeCloseTo((0.25 * WHOLE + 0.75 * reservation) / WHOLE, 1);
  });

  test("deceptive misleads a frequency model more than an honest partner with the same targets does", () => {
    const known = (partner: Agent) => {
      const all = spaces.map((where) => {
        const hears = named("hardheaded").start(where.views[0], seeded("model"));
        for (const outcome of proposed(played(partner, wall, 12, 1, where), 1))
          hears({ step: 0, steps: 12, time: 0, answerable: true, heard: [outcome] });
        return correlation(hears.believes?.() ?? [], where.views[1].utility);
      });
      return all.reduce((sum, each) => sum + each, 0) / all.length;
    };
    expect(known(named("deceptive"))).toBeLessThan(known(faratinBoulware) - 0.2);
  });
});
