import { describe, expect, test } from "vitest";
import { readSpec } from "../../../src/knowledge/ingest/measure.ts";

describe("an attribute as written", () => {
  test.each([
    ["Screen Size", "14 in", { key: "screen_size", value: 14, unit: "in" }],
    ["Screen", '15.6"', { key: "screen", value: 15.6, unit: "in" }],
    ["Weight", "1.2 kg", { key: "weight", value: 1.2, unit: "kg" }],
    ["Weight", "1,5 kg", { key: "weight", value: 1.5, unit: "kg" }],
    ["Weight (g)", "1100", { key: "weight", value: 1_100, unit: "g" }],
    ["Memory", "16GB", { key: "memory", value: 16, unit: "GB" }],
    ["Ports", "4", { key: "ports", value: 4 }],
    ["Washable", "No", { key: "washable", value: false }],
    ["무게", "350그램", { key: "weight", value: 350, unit: "g", label: { ko: "무게" } }],
    ["화면 크기", "14 인치", { key: "screen_size", value: 14, unit: "in", label: { ko: "화면 크기" } }],
    ["향", "라벤더", { key: "향", value: "라벤더", label: { ko: "향" } }],
  ])("%s: %j", (heading, value, spec) => {
    expect(readSpec(heading, value)).toEqual(spec);
  });

  test.each([
    ["Network", "5G"],
    ["Model", "0042"],
    ["Series", "12345678901"],
    ["Resolution", "1920 x 1080"],
    ["Size", "M"],
    ["Range", "2-5 days"],
  ])("%s: %j stays text", (heading, value) => {
    expect(readSpec(heading, value)).toMatchObject({ value });
  });

  test("without a value is left out", () => {
    for (const value of [undefined, null, "", " ", {}, [], Number.NaN])
      expect(readSpec("Weight", value)).toBeNull();
  });
});
