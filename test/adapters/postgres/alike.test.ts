import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import fc from "fast-check";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { open } from "../../../src/adapters/sqlite/database.ts";
import { sqliteStore } from "../../../src/adapters/sqlite/store.ts";
import type { Held } from "../../contracts/holdings.ts";
import { opening, readings, type Step, shelvesOf, step, type Told } from "../../contracts/stepping.ts";
import { isThere } from "./knowledge.ts";
import { type PostgresShelf, postgresShelf } from "./shelf.ts";

describe.runIf(await isThere())("the embedded store and PostgreSQL", () => {
  const folder = mkdtempSync(join(tmpdir(), "parley-alike-"));
  let here: Pick<Held, "store" | "stock">;
  let there: PostgresShelf;
  beforeAll(async () => {
    there = await postgresShelf();
    const path = join(folder, "parley.db");
    const store = sqliteStore(open(path));
    const beside = open(path);
    here = {
      store,
      stock: async (sku, units) => {
        if (units !== undefined)
          beside.prepare("INSERT INTO stock (sku, on_hand) VALUES (?, ?)").run(sku, units);
        return Number(beside.prepare("SELECT on_hand FROM stock WHERE sku = ?").get(sku)?.on_hand);
      },
    };
  });
  afterAll(async () => {
    await here.store.close();
    await there.close();
    rmSync(folder, { recursive: true });
  });

  test("answer every step alike, and read alike after it", async () => {
    const tally = new Map<string, number>();
    const count = (what: string) => tally.set(what, (tally.get(what) ?? 0) + 1);
    let run = 0;

    await fc.assert(
      fc.asyncProperty(
        fc.array(step, { minLength: 20, maxLength: 40, size: "max" }),
        async (steps: Step[]) => {
          run += 1;
          const told: Told = { run: `r${run}`, now: run * 1_000, sessions: new Map(), forgotten: new Set() };
          for (const sku of shelvesOf(told)) await Promise.all([here.stock(sku, 3), there.stock(sku, 3)]);
          for (const [i, one] of [opening(0, 0), opening(1, 1), opening(2, 1), ...steps].entries()) {
            const [a, b] = await Promise.all([one.act(here.store, told), one.act(there.store, told)]);
            expect(b, one.what).toEqual(a);
            for (const outcome of one.what === "append" ? (a as unknown[]) : [a])
              count(`${one.what} ${kind(outcome)}`);
            one.learn?.(a, told);
            if (i % 4 > 0 && i < steps.length + 2) continue;
            expect(await readings(there.store, told), one.what).toEqual(await readings(here.store, told));
            for (const sku of shelvesOf(told)) expect(await there.stock(sku)).toBe(await here.stock(sku));
          }
        },
      ),
      // Chosen so that all of what is counted below happens.
      { numRuns: 24, endOnFailure: true, seed: 11 },
    );

    // That all of it happened.
    for (const what of ["appended", "fenced", "stale", "status", "short", "spent"])
      expect(tally.get(`append ${what}`) ?? 0, what).toBeGreaterThan(3);
    for (const what of [
      "open true",
      "open false",
      "claim number",
      "claim null",
      "lease items",
      "once true",
      "once false",
    ])
      expect(tally.get(what) ?? 0, what).toBeGreaterThan(0);
    for (const what of ["erase object", "forget nothing", "dead nothing", "revoke nothing"])
      expect(tally.get(what) ?? 0, what).toBeGreaterThan(0);
    console.info(Object.fromEntries(tally));
  }, 240_000);
});

function kind(outcome: unknown): string {
  if (outcome === undefined || outcome === null) return outcome === null ? "null" : "nothing";
  if (typeof outcome === "number") return "number";
  if (Array.isArray(outcome)) return outcome.length > 0 ? "items" : "none";
  if (typeof outcome !== "object") return String(outcome);
  return "short" in outcome ? "short" : "spent" in outcome ? "spent" : "object";
}
