import { readFileSync } from "node:fs";
import { resolve } from "node:path";
import { expect, test } from "vitest";
import { OWN_NAMES } from "../../src/app/widget-parts.ts";
import { type JsonSchema, schemaDocument } from "../../src/protocol/schema.ts";

const read = (path: string) => readFileSync(resolve(import.meta.dirname, "../..", path), "utf8");

/** Names of properties of whatever a schema holds, through its references. */
function names(part: unknown, definitions: JsonSchema, seen = new Set<unknown>()): string[] {
  if (typeof part !== "object" || part === null || seen.has(part)) return [];
  seen.add(part);
  return Object.entries(part).flatMap(([key, value]) => {
    if (key === "$ref") return names(definitions[String(value).slice("#/$defs/".length)], definitions, seen);
    return [...(key === "properties" ? Object.keys(value) : []), ...names(value, definitions, seen)];
  });
}

test("no property that is shortened in the chat element's bundle is one of the wire, of a word or of the host page's side", () => {
  const { $defs, anyOf } = schemaDocument();
  const wire = names(anyOf, $defs as JsonSchema);
  expect(wire).toEqual(expect.arrayContaining(["ship_to", "epoch", "citations"]));
  const words = Object.values(JSON.parse(read("src/web/words/widget.en.json"))).flatMap((word) =>
    typeof word === "object" ? Object.keys(word as object) : [],
  );
  const page = [
    ...read("src/web/widget/events.ts").matchAll(/readonly (\w+)/g),
    ...read("src/web/widget/element.ts").matchAll(/^ {2}(?:readonly |get |set )?(\w+)[(:]/gm),
  ].map(([, name]) => name);
  expect(page).toEqual(expect.arrayContaining(["replayed", "starters", "transcript", "draft"]));
  const taken = new Set([...wire, ...words, ...page]);
  expect(OWN_NAMES.filter((name) => taken.has(name))).toEqual([]);
});
