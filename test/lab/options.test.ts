import { describe, expect, test } from "vitest";
import { parsed, partOptions } from "../../src/app/lab-options.ts";

describe("what the lab is asked for", () => {
  test.each([
    ["--watch --against HEAD", /--watch and --against do not go together/],
    ["--watch --repeat 3", /--watch and --repeat/],
    ["--matrix --html a.html", /--matrix and --html/],
    ["--against HEAD --record", /--against and --record/],
    ["--variants short", /--variants goes with --matrix/],
    ["--models openai:a", /--models goes with/],
    ["--html en-bundle", /ending in \.html/],
    ["--junit nowhere/a.xml", /there is no folder nowhere/],
    ["--repeat 0", /a whole number/],
    ["--mode loud", /one of house, tape, hostile, live/],
    ["--nope", /Unknown option '--nope'; lab --help/],
  ])("%s is refused, and says why", (line, why) => {
    expect(() => parsed(line.split(" "))).toThrow(why);
  });

  test.each([
    "--against HEAD --repeat 3 --html a.html --junit a.xml",
    "--matrix --repeat 2",
    "--mode live --models openai:a",
  ])("%s goes together", (line) => {
    expect(() => parsed(line.split(" "))).not.toThrow();
  });

  test("a part of the lab names an option it does not know", () => {
    expect(() => partOptions(["--nope"], { id: { type: "string" } })).toThrow(/Unknown option '--nope'/);
  });
});
