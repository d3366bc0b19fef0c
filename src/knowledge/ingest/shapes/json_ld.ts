import { isObject } from "../formats/jsonl.ts";

/** One object of a JSON-LD document. */
export type Node = Readonly<Record<string, unknown>>;

/** The value or values of a member: JSON-LD writes one without a list. */
export function all(value: unknown): readonly unknown[] {
  if (value === undefined || value === null) return [];
  return Array.isArray(value) ? value : [value];
}

/** The first text or number of a member, as text. */
export function text(value: unknown): string | undefined {
  for (const one of all(value)) {
    if (typeof one === "string" && one.trim() !== "") return one.trim();
    if (typeof one === "number") return String(one);
    if (isObject(one)) {
      const inner = text(one["@value"] ?? one.name);
      if (inner !== undefined) return inner;
    }
  }
  return undefined;
}

/** Whether a node is of a schema.org type, whichever way the type is spelled out. */
export function is(node: Node, type: string): boolean {
  return all(node["@type"]).some((one) => typeof one === "string" && one.replace(/^.*[/:#]/, "") === type);
}

/** Everything that stands on its own in a document: the root, its graph, a list's items, a page's main entity. */
export function* nodesOf(root: unknown, depth = 0): Iterable<Node> {
  for (const node of all(root)) {
    if (!isObject(node) || depth > 6) continue;
    if (is(node, "Product") || is(node, "ProductGroup") || is(node, "FAQPage")) yield node;
    else
      for (const member of ["@graph", "itemListElement", "item", "mainEntity"])
        yield* nodesOf(node[member], depth + 1);
  }
}
