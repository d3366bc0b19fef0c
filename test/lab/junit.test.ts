import { describe, expect, test } from "vitest";
import { junit } from "../../src/lab/junit.ts";
import { played, stale } from "./outcomes.ts";

interface Element {
  readonly name: string;
  readonly attributes: Readonly<Record<string, string>>;
  readonly children: Element[];
  text: string;
}

/** Reads XML strictly: every tag closed in order, every reference known, no bare mark, no character XML lacks. */
function parsed(xml: string): Element {
  expect(xml).toMatch(/^<\?xml version="1.0" encoding="UTF-8"\?>\n/);
  expect(xml.isWellFormed()).toBe(true);
  expect(Array.from(xml).filter((mark) => mark < " " && mark !== "\n")).toEqual([]);
  const plain = (text: string) => {
    expect(text.replace(/&(?:amp|lt|gt|quot|#\d+);/g, "")).not.toMatch(/[&<]/);
    return text
      .replace(/&#(\d+);/g, (_, code: string) => String.fromCodePoint(Number(code)))
      .replaceAll("&lt;", "<")
      .replaceAll("&gt;", ">")
      .replaceAll("&quot;", '"')
      .replaceAll("&amp;", "&");
  };
  const root: Element = { name: "", attributes: {}, children: [], text: "" };
  const open = [root];
  let rest = xml.replace(/^<\?xml[^>]*\?>/, "");
  while (rest !== "") {
    const top = open.at(-1);
    if (!top) throw new Error("closed too often");
    const tag = /^<(\/?)([\w-]+)((?:\s+[\w-]+="[^"<]*")*)\s*(\/?)>/.exec(rest);
    if (!tag) {
      const text = /^[^<]+/.exec(rest)?.[0];
      if (text === undefined) throw new Error(`not XML: ${rest.slice(0, 60)}`);
      top.text += plain(text);
      rest = rest.slice(text.length);
      continue;
    }
    rest = rest.slice(tag[0].length);
    if (tag[1]) {
      expect(open.pop()?.name).toBe(tag[2]);
      continue;
    }
    const pairs = [...(tag[3] ?? "").matchAll(/([\w-]+)="([^"]*)"/g)];
    const attributes = Object.fromEntries(pairs.map(([, key = "", value = ""]) => [key, plain(value)]));
    const element: Element = { name: tag[2] ?? "", attributes, children: [], text: "" };
    top.children.push(element);
    if (!tag[4]) open.push(element);
  }
  expect(open).toHaveLength(1);
  expect(root.children).toHaveLength(1);
  return root.children[0] ?? root;
}

const EVIL = `a "quoted" <tag> & ]]> \u0007 bell \ud800 half 안녕`;
const good = await played("good", "en", [{ say: "Do you have a mouse?", expect: { act: "results" } }]);
const bad = await played("bad", "ko", [{ say: EVIL, expect: { act: "accepted" } }]);
const broken = {
  ...good,
  fixture: "broken",
  verdict: "error" as const,
  problem: `no <vendor> & "such"`,
  turns: [],
};

describe("JUnit XML", () => {
  const root = parsed(junit([good, bad, broken, stale(good)]));

  test("counts what failed and what could not be played, by mode and in all", () => {
    expect(root.name).toBe("testsuites");
    expect(root.attributes).toMatchObject({ tests: "4", failures: "2", errors: "1" });
    expect(root.children.map(({ name, attributes }) => [name, attributes.name, attributes.tests])).toEqual([
      ["testsuite", "house", "3"],
      ["testsuite", "tape", "1"],
    ]);
    expect(root.attributes.time).toMatch(/^\d+\.\d{3}$/);
  });

  test("a case says what was wanted and what came, whatever characters were in it", () => {
    const [passed, failed, error] = root.children[0]?.children ?? [];
    expect(passed?.attributes).toMatchObject({ name: "good", file: "fixtures/dialogues/good.yaml" });
    expect(passed?.children.map(({ name }) => name)).toEqual(["system-out"]);
    const failure = failed?.children[0];
    expect(failure?.name).toBe("failure");
    expect(failure?.attributes.message).toContain('act: wanted "accepted", got');
    expect(failure?.text).toContain('a "quoted" <tag> & ]]> \ufffd bell \ufffd half 안녕');
    expect(error?.children[0]).toMatchObject({ name: "error", text: 'no <vendor> & "such"' });
  });

  test("a stale case fails as stale, and names the prompt", () => {
    const [failure] = root.children[1]?.children[0]?.children ?? [];
    expect(failure?.attributes).toEqual({ type: "stale", message: "turn 1: word@0a1b2c3d4e5f6071 is stale" });
  });
});
