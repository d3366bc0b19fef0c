import { afterEach, describe, expect, test } from "vitest";
import type { Bus, Hint } from "../../src/ports/bus.ts";

/** Two or more nodes' ends of one bus; resolves once each hears the others. */
export type OpenNodes = (nodes: number) => Promise<readonly Bus[]>;

/** The promises of ports/bus.ts, over any adapter that reaches others. */
export function busContract(name: string, open: OpenNodes): void {
  describe(`${name}: hints`, () => {
    let nodes: readonly Bus[] = [];
    afterEach(async () => {
      await Promise.all(nodes.map((bus) => bus.close()));
    });

    test("reach every other node, whole, and never the one that said them", async () => {
      nodes = await open(3);
      const heard = nodes.map((bus) => heardBy(bus));
      const said: Hint[] = [
        { kind: "session", session: "ses_1", seq: 7 },
        { kind: "working", session: "ses_1" },
        { kind: "hush", session: "ses_1", of: 3 },
        { kind: "outbox" },
        { kind: "revoked" },
        { kind: "policy" },
      ];
      for (const hint of said) nodes[0]?.say(hint);
      await expect.poll(() => heard.map((hints) => hints.length)).toEqual([0, said.length, said.length]);
      expect(heard[1]).toEqual(said);
      nodes[1]?.say({ kind: "outbox" });
      await expect.poll(() => heard[0]).toEqual([{ kind: "outbox" }]);
    });

    test("are heard by each listener until it ends, and by the others after", async () => {
      nodes = await open(2);
      const [one, other] = nodes as [Bus, Bus];
      const first: Hint[] = [];
      const listener = (hint: Hint) => void first.push(hint);
      const leave = one.hear(listener);
      const second = heardBy(one);
      other.say({ kind: "outbox" });
      await expect.poll(() => [first.length, second.length]).toEqual([1, 1]);
      leave();
      leave();
      other.say({ kind: "policy" });
      await expect.poll(() => second.length).toBe(2);
      expect(first).toHaveLength(1);
    });

    test("are nobody's any more after the end, and saying one is no fault", async () => {
      nodes = await open(2);
      const [one, other] = nodes as [Bus, Bus];
      const heard = heardBy(other);
      await one.close();
      one.say({ kind: "outbox" });
      await one.close();
      expect(heard).toEqual([]);
    });
  });
}

export function heardBy(bus: Bus): Hint[] {
  const heard: Hint[] = [];
  bus.hear((hint) => heard.push(hint));
  return heard;
}
