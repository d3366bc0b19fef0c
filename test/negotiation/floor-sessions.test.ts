import { readFileSync } from "node:fs";
import { join } from "node:path";
import { describe, expect, it } from "vitest";
import { GUARDS } from "../../bench/floor-guards.ts";
import { playSession } from "../../bench/floor-session.ts";
import { BLOCK, shopOf } from "../../bench/floor-shop.ts";
import { emptyTally } from "../../bench/floor-tally.ts";

const ROOT = join(import.meta.dirname, "../..");
/** A part of what `npm run -s bench -- floor` plays; enough to show a breach that is easy to come by. */
const SHOPS = 4;
const OF_EACH = 60;

describe("sessions of buyers who know what they are after", () => {
  it("sell nothing below a limit, past a budget, twice, unasked or to a forged acceptance", () => {
    const tally = emptyTally();
    const broken = Array.from({ length: SHOPS }, (_, n) => {
      const shop = shopOf(n * BLOCK);
      return Array.from({ length: OF_EACH }, (_, i) => playSession(shop, n * BLOCK + i, tally));
    }).flat();
    expect(broken.filter((one) => one !== null)).toEqual([]);
    expect(tally.bound).toBeGreaterThan(SHOPS * OF_EACH * 0.5);
    expect(tally.sessions_near).toBeGreaterThan(0);
  });

  it.each(GUARDS)("can be played without $name, which stands where the bench looks for it", (guard) => {
    for (const { file, text } of [...guard.edits, ...(guard.planted ?? [])])
      expect(readFileSync(join(ROOT, file), "utf8").split(text)).toHaveLength(2);
  });
});
