import { describe, expect, test } from "vitest";
import { canonicalQuantity, nominalRange, plainNumber, shortUnit } from "../../src/knowledge/units.ts";

describe("canonical quantities", () => {
  test.each([
    [27, "in", 685.8, "mm"],
    [1, "Tb", 1000, "gb"],
    [2, "lb", 907.18474, "g"],
    [1.5, "리터", 1500, "ml"],
    [8, "hours", 480, "min"],
    [2, "kW", 2000, "w"],
    [2.4, "GHz", 2.4e9, "hz"],
    [2, "years", 24, "month"],
  ])("%d %s is %d %s", (value, unit, canonical, base) => {
    const quantity = canonicalQuantity(value, unit);
    expect(quantity.unit).toBe(base);
    expect(quantity.value).toBeCloseTo(canonical, 6);
  });

  test("a unit nobody knows compares with itself", () => {
    expect(canonicalQuantity(3, " Blorps ")).toEqual({ value: 3, unit: "blorps" });
    expect(shortUnit("blorps")).toBeNull();
  });
});

test.each([
  [15, 15.6],
  [24, 23.8],
  [27, 27.2],
])("a %d-inch screen may measure %d inches", (named, measured) => {
  const { min, max } = nominalRange(named, "inch");
  const size = canonicalQuantity(measured, "in").value;
  expect(size >= min && size <= max).toBe(true);
});

test("neighbouring sizes are not each other", () => {
  const { min, max } = nominalRange(24, "in");
  for (const other of [23, 25, 27].map((size) => size * 25.4)) expect(other < min || other > max).toBe(true);
});

test.each([
  ["1,000", "1000"],
  ["139,99", "139.99"],
  ["3.0", "3"],
  ["1,299.50", "1299.5"],
  ["100", "100"],
  ["802.11", "802.11"],
])("%s is the number %s", (written, plain) => {
  expect(plainNumber(written)).toBe(plain);
});
