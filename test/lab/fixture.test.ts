import { readFileSync } from "node:fs";
import { join } from "node:path";
import { Ajv2020 } from "ajv/dist/2020.js";
import addFormats from "ajv-formats";
import { describe, expect, test } from "vitest";
import { parse } from "yaml";
import { fixturePaths, fixtureTexts, readFixture, readFixtures } from "../../src/lab/fixture.ts";
import { fixtureSchema } from "../../src/lab/fixture-schema.ts";
import { select } from "../../src/lab/select.ts";
import { allFixtures, ROOT } from "./bench.ts";

describe("a fixture's file", () => {
  test("is refused by file and line, for what stands there", () => {
    const text =
      "id: a\nabout: b\nlang: en\ncurrency: USD\nturns:\n  - say: hello\n    expect: { act: hover }\n  - expect: {}\n";
    const { fixture, problems } = readFixture(text, "a.yaml");
    expect(fixture).toBeNull();
    expect(problems.map((line) => line.slice(0, 9))).toEqual(["a.yaml:7:", "a.yaml:8:"]);
    expect(problems[1]).toContain("either say or act");
  });

  test("that is no YAML is refused by its line too", () => {
    expect(readFixture("id: a\nabout: [\n", "a.yaml").problems[0]).toMatch(/^a\.yaml:[23]: /);
  });

  test("with a regular expression that is none is refused", () => {
    const text =
      "id: a\nabout: b\nlang: en\ncurrency: USD\nturns:\n  - say: hello\n    expect: { text: { matches: ['('] } }\n";
    expect(readFixture(text, "a.yaml").problems[0]).toMatch(/^a\.yaml:7: .*not a regular expression/);
  });
});

describe("the JSON Schema for editors", () => {
  const file = join(ROOT, "fixtures/dialogue.schema.json");

  test("is what the fixtures are read with", () => {
    expect(JSON.parse(readFileSync(file, "utf8"))).toEqual(fixtureSchema());
  });

  test("takes every fixture there is, and not one with a word that is none", () => {
    const ajv = new Ajv2020({ strict: false });
    addFormats.default(ajv);
    const valid = ajv.compile(fixtureSchema());
    for (const path of fixturePaths(ROOT)) {
      expect(valid(parse(readFileSync(path, "utf8"))), `${path}: ${ajv.errorsText(valid.errors)}`).toBe(true);
    }
    const bad = {
      id: "a",
      about: "b",
      lang: "en",
      currency: "USD",
      turns: [{ say: "hi", expect: { acts: 1 } }],
    };
    expect(valid(bad)).toBe(false);
  });
});

describe("which fixtures are meant", () => {
  const files = fixtureTexts(ROOT);
  const ids = (...patterns: string[]) => select(files, patterns).chosen.map(({ id }) => id);

  test("every file is known by its id before it is parsed", () => {
    expect(files.map(({ id }) => id)).toEqual(allFixtures().map(({ fixture }) => fixture.id));
  });

  test("only what is meant is parsed, and an id may still not be another file's", () => {
    const [one, broken, twin] = [
      {
        file: "a.yaml",
        id: "en-one",
        text: "id: en-one\nabout: b\nlang: en\ncurrency: USD\nturns: [{ say: hi }]\n",
      },
      { file: "b.yaml", id: "en-two", text: "id: en-two\nlang: [" },
      { file: "c.yaml", id: "en-one", text: "id: en-one\nlang: [" },
    ];
    expect(readFixtures([one, broken], [one])).toMatchObject({
      fixtures: [{ file: "a.yaml" }],
      problems: [],
    });
    expect(readFixtures([one, broken]).problems.join()).toContain("b.yaml");
    const problems = ["a.yaml:1: the id en-one is also that of c.yaml"];
    expect(readFixtures([twin, one], [one])).toEqual({ fixtures: [], problems });
  });

  test("an id means itself alone, even where others begin so", () => {
    expect(ids("en-machine")).toEqual(["en-machine"]);
  });

  test("a glob and a part of an id", () => {
    expect(ids("ko-*").every((id) => id.startsWith("ko-"))).toBe(true);
    expect(ids("gift")).toEqual(expect.arrayContaining(["en-gift", "ko-gift-and-code"]));
  });

  test("what means none is said", () => {
    expect(select(files, ["en-gift", "nothing-like-it"]).unknown).toEqual(["nothing-like-it"]);
  });
});
