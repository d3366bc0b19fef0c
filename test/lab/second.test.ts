import { availableParallelism } from "node:os";
import { afterAll, describe, expect, test } from "vitest";
import { parsed } from "../../src/app/lab-options.ts";
import { second } from "../../src/app/lab-second.ts";
import type { Outcome } from "../../src/lab/outcome.ts";
import { allFixtures, labOn, ROOT } from "./bench.ts";

const options = parsed(["--root", ROOT, "--mode", "house"]);
const files = allFixtures().slice(0, 4);

function without({ turns, ...outcome }: Outcome) {
  return { ...outcome, turns: turns.map(({ ms: _, ...turn }) => turn) };
}

describe.runIf(availableParallelism() > 1)("a second thread", () => {
  const helper = second(options);
  afterAll(() => helper?.close());

  test("plays only what nobody took yet, and as one thread alone would", async () => {
    if (!helper) throw new Error("there is no second thread");
    const alone = await labOn(ROOT, "--mode", "house").play(files);
    const taken = new SharedArrayBuffer(4);
    new Int32Array(taken)[0] = 1;
    const played = await helper.play({ files, taken });
    expect(0 in played).toBe(false);
    expect(played.slice(1).map(without)).toEqual(alone.slice(1).map(without));
    expect(await helper.play({ files, taken })).toEqual([]);
  });

  test("and the first leave nothing out between them, and play nothing twice", async () => {
    const taken = new SharedArrayBuffer(4);
    const [ours = [], theirs = []] = await Promise.all([
      labOn(ROOT, "--mode", "house").play(files, { taken }),
      helper?.play({ files, taken }),
    ]);
    expect(files.map((_, at) => Number(at in ours) + Number(at in theirs))).toEqual([1, 1, 1, 1]);
  });

  test("is not begun for a few fixtures, nor to wait for a model", () => {
    expect(second({ ...options, patterns: ["en-gift"] })).toBeNull();
    expect(second({ ...options, mode: "live" })).toBeNull();
    expect(second({ ...options, root: `${ROOT}/test/lab` })).toBeNull();
  });
});
