import { describe, expect, test } from "vitest";
import type { Fact } from "../../src/domain/fact.ts";
import { conflictsOf } from "../../src/knowledge/conflicts.ts";
import { factsOf } from "../../src/knowledge/facts.ts";
import { demoEntries } from "./shelf.ts";

describe("what contradicts a typed fact", () => {
  test.each<[string, Partial<Fact>, Partial<Fact>]>([
    [
      "another figure of the same thing",
      { key: "weight", value: 1.19, unit: "kg" },
      { text: "It weighs about 1.25 kg." },
    ],
    ["in another unit", { key: "weight", value: 1.19, unit: "kg" }, { text: "The weight is 1400 grams." }],
    ["in words", { key: "battery_life", value: 9, unit: "h" }, { text: "The battery lasts six hours." }],
    [
      "in Korean",
      { key: "battery_life", value: 15, unit: "h" },
      { text: "배터리 사용 시간은 10시간이에요.", lang: "ko" },
    ],
    [
      "the opposite of a no, where just that was asked",
      { key: "height_adjustable", value: false },
      { kind: "answer", key: "customer", value: "Is the height adjustable?", text: "Yes, a little." },
    ],
  ])("is %s", (_, typed, text) => {
    expect(conflictsOf([fact(typed)], [said(text)]).conflicts).toEqual([{ fact: "typed", with: "said" }]);
  });

  test.each<[string, Partial<Fact>, Partial<Fact>]>([
    ["the same figure", { key: "weight", value: 1.19, unit: "kg" }, { text: "It weighs 1,190 g." }],
    [
      "a figure of something else",
      { key: "weight", value: 1.19, unit: "kg" },
      { text: "The box holds 1.5 kg of rice." },
    ],
    [
      "one that is far off, as of a part",
      { key: "weight", value: 1.19, unit: "kg" },
      { text: "It weighs 3 kg with the charger." },
    ],
    [
      "what it is said not to be",
      { key: "refresh_rate", value: 120, unit: "Hz" },
      { text: "The refresh rate is not 144 Hz." },
    ],
    [
      "a figure beside the right one",
      { key: "refresh_rate", value: 120, unit: "Hz" },
      { text: "The refresh rate is 120 Hz at most. 144 Hz is a refresh rate of others." },
    ],
    [
      "what another one is",
      { key: "screen_size", value: 16, unit: "in" },
      { text: "Its screen is larger than the 14 inch one." },
    ],
    [
      "a no to another question",
      { key: "height_adjustable", value: true },
      { kind: "answer", key: "customer", value: "Is a cable included?", text: "No." },
    ],
  ])("is never %s", (_, typed, text) => {
    expect(conflictsOf([fact(typed)], [said(text)]).conflicts).toEqual([]);
  });

  test("comes the description first, then the vendor's old answer, customers last", () => {
    const texts = [
      said({ id: "review", kind: "review", key: "review", text: "It weighs 1.4 kg." }),
      said({ id: "vendor", kind: "answer", key: "vendor", value: "Weight?", text: "1.3 kg." }),
      said({ id: "described", text: "It weighs 1.5 kg." }),
    ];
    const { against } = conflictsOf([fact({ key: "weight", value: 1.19, unit: "kg" })], texts);
    expect(against.map(({ id }) => id)).toEqual(["described", "vendor"]);
  });

  test("is in the demo shop what its README names, one description among it, and nothing else", () => {
    const entries = demoEntries();
    const found = entries.flatMap((entry) => {
      if (entry.kind !== "product") return [];
      const own = factsOf({ entry, version: "v", live: true });
      const voices = entries.flatMap((one) =>
        (one.kind === "review" || one.kind === "answer") && one.sku === entry.id
          ? factsOf({ entry: one, version: "v", live: true })
          : [],
      );
      const typed = own.filter(({ text }) => text === undefined);
      const texts = [...own.filter(({ key }) => key === "description"), ...voices];
      return texts.flatMap((text) => conflictsOf(typed, [text]).conflicts.map((one) => one.with));
    });
    expect(found.toSorted()).toEqual(
      [
        ...["ST-PH#description.en~3", "ST-PH#description.ko~3"],
        ...["qa-003", "qa-004", "qa-011", "qa-015", "qa-022", "qa-033", "qa-051", "qa-059"],
        ...["r-001", "r-059", "r-070"],
      ].toSorted(),
    );
  });
});

function fact(changes: Partial<Fact>): Fact {
  return {
    id: "typed",
    kind: "spec",
    about: "A",
    key: "weight",
    value: 1,
    source: { name: "a" },
    ...changes,
  };
}

function said(changes: Partial<Fact>): Fact {
  const description = { id: "said", kind: "spec", key: "description", value: null } as const;
  return { about: "A", source: { name: "a" }, ...description, ...changes };
}
