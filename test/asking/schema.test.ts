import { Ajv } from "ajv";
import { describe, expect, test } from "vitest";
import { schemaOf } from "../../src/asking/schema.ts";
import { QUESTIONS, type QuestionName } from "../../src/domain/questions/index.ts";

/** What strict structured output takes of every provider that has it. */
const TAKEN = [
  "type",
  "properties",
  "required",
  "additionalProperties",
  "items",
  "anyOf",
  "enum",
  "description",
];

function problems(node: Record<string, unknown>, path: string): string[] {
  const found = Object.keys(node)
    .filter((key) => !TAKEN.includes(key))
    .map((key) => `${path}: ${key}`);
  if (node.type === "object") {
    const properties = node.properties as Record<string, Record<string, unknown>>;
    const keys = Object.keys(properties);
    if (node.additionalProperties !== false) found.push(`${path}: open`);
    if (JSON.stringify(node.required) !== JSON.stringify(keys)) found.push(`${path}: not all required`);
    for (const key of keys) found.push(...problems(properties[key] ?? {}, `${path}.${key}`));
  }
  if (node.items) found.push(...problems(node.items as Record<string, unknown>, `${path}[]`));
  for (const choice of (node.anyOf ?? []) as Record<string, unknown>[])
    found.push(...problems(choice, `${path}|`));
  return found;
}

describe.each(Object.keys(QUESTIONS) as QuestionName[])("the schema of the answer to %s", (name) => {
  test("is an object that strict structured output takes", () => {
    const { json } = schemaOf(name);
    expect(json.type).toBe("object");
    expect(json).not.toHaveProperty("anyOf");
    expect(problems({ ...json }, name)).toEqual([]);
  });

  test("has a hash of its own, and is made once", () => {
    expect(schemaOf(name).hash).toMatch(/^[0-9a-f]{16}$/);
    expect(schemaOf(name)).toBe(schemaOf(name));
    const all = (Object.keys(QUESTIONS) as QuestionName[]).map((each) => schemaOf(each).hash);
    expect(new Set(all).size).toBe(all.length);
  });
});

describe("a schema", () => {
  test("takes what the answer's own schema takes, and no other shape", () => {
    const takes = new Ajv({ strict: false }).compile(schemaOf("read").json);
    const item = { sku: "A-1", words: null, shown: null };
    const good = {
      lang: "ko",
      acts: [
        { act: "greet" },
        { act: "ask", item, question: "?" },
        { act: "search", query: "x", price_min: null, price_max: 9.5, brand: null, cheapest: true },
      ],
      unclear: null,
    };
    expect(QUESTIONS.read.safeParse(good).success).toBe(true);
    expect(takes(good)).toBe(true);
    expect(takes({ ...good, acts: [{ act: "accept" }] })).toBe(false);
    expect(takes({ ...good, acts: [{ act: "greet", more: 1 }] })).toBe(false);
    expect(takes({ lang: "ko", acts: [] })).toBe(false);
  });

  test("says the bounds that a provider does not check", () => {
    expect(JSON.stringify(schemaOf("word").json)).toContain("at most 4000 characters");
    expect(JSON.stringify(schemaOf("research").json)).toContain("at most 4 items");
    expect(JSON.stringify(schemaOf("read").json)).toContain("1 or more, 100000 or less");
  });
});
