import { expect, test } from "vitest";
import type { Act } from "../../src/domain/act.ts";
import { evidence } from "../../src/knowledge/evidence.ts";
import { needs } from "../../src/knowledge/needs.ts";
import { demoEntries, demoVendor, gathered, shelf, stateOf } from "./shelf.ts";

const state = stateOf({ lang: "ko", currency: "KRW" });
const find = shelf(demoEntries());

function orders(times: number): Act[] {
  return [
    {
      act: "propose",
      lines: Array.from({ length: times }, () => ({ item: { query: "검은 의자" }, quantity: 1 })),
    },
  ];
}

/** How often what was found is looked through for a message that names the same thing so many times. */
function looks(times: number): number {
  const { found } = gathered(orders(1), state, find);
  let count = 0;
  const watched = found.map((one) => ({
    ...one,
    entries: one.entries.map((item) => ({
      ...item,
      get entry() {
        count += 1;
        return item.entry;
      },
    })),
  }));
  needs(orders(times), state, watched);
  evidence(orders(times), state, watched, demoVendor());
  return count;
}

test("what is named a hundred times in one message is looked for among what was found once", () => {
  expect(looks(1)).toBeGreaterThan(0);
  expect(looks(100)).toBe(looks(1));
});

test("what is named again adds up", () => {
  const item = { query: "커피 필터" };
  const acts: Act[] = [{ act: "propose", lines: [1, 2, 3].map((quantity) => ({ item, quantity })) }];
  const { proposal } = evidence(acts, state, gathered(acts, state, find).found, demoVendor());
  expect(proposal?.lines).toEqual([{ sku: "CF-02", quantity: 6 }]);
});
