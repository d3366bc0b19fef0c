import { readdirSync, readFileSync } from "node:fs";
import { join, resolve } from "node:path";
import { describe, expect, test } from "vitest";
import en from "../../src/web/words/console.en.json" with { type: "json" };
import ko from "../../src/web/words/console.ko.json" with { type: "json" };

const FOLDER = resolve(import.meta.dirname, "../../src/web/console");
const source = readdirSync(FOLDER)
  .filter((name) => /\.tsx?$/.test(name))
  .map((name) => readFileSync(join(FOLDER, name), "utf8"))
  .join("\n");

/** What stands between braces in a text, to be replaced. */
const values = (text: string) => [...text.matchAll(/\{(\w+)\}/g)].map((match) => match[1]).sort();

describe("the console's words", () => {
  test("are the same in both languages, with the same values in them", () => {
    expect(Object.keys(ko)).toEqual(Object.keys(en));
    const unlike = (Object.keys(en) as (keyof typeof en)[]).filter(
      (key) => values(en[key]).join() !== values(ko[key]).join(),
    );
    expect(unlike).toEqual([]);
  });

  test("are all used: by name, or by a name that ends in a value", () => {
    const begun = [...source.matchAll(/`([a-z]+(?:-[a-z]+)*\.[a-z-]*)\$\{/g)].map((match) => match[1] ?? "");
    const unused = Object.keys(en).filter(
      (key) => !source.includes(`"${key}"`) && !begun.some((part) => key.startsWith(part)),
    );
    expect(unused).toEqual([]);
  });

  test("are Korean where they should be, and never half translated", () => {
    const foreign = Object.entries(ko).filter(([, text]) => !/[가-힣]/.test(text));
    expect(foreign).toEqual([]);
  });
});
