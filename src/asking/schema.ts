import { hash } from "node:crypto";
import { z } from "zod";
import { canonical } from "../domain/hash.ts";
import { QUESTIONS, type QuestionName } from "../domain/questions/index.ts";
import type { ModelRequest } from "../ports/model.ts";

/**
 * The JSON Schema of an answer as strict structured output takes it everywhere: every property required, none added,
 * no bounds. What a provider refuses to check is said in a description, and checked here afterwards.
 */
export function schemaOf(name: QuestionName): ModelRequest["schema"] {
  const known = made.get(name);
  if (known) return known;
  const json = strict(z.toJSONSchema(QUESTIONS[name]) as Node);
  const schema = { name, json, hash: hash("sha256", canonical(json), "hex").slice(0, 16) };
  made.set(name, schema);
  return schema;
}

const made = new Map<QuestionName, ModelRequest["schema"]>();

type Node = Readonly<Record<string, unknown>>;

function strict(node: Node): Node {
  const { type, properties, items, anyOf, oneOf, enum: allowed, const: only } = node;
  const kept: Record<string, unknown> = {};
  if (type !== undefined) kept.type = type;
  if (allowed !== undefined) kept.enum = allowed;
  if (only !== undefined) kept.enum = [only];
  const note = noteOf(node);
  if (note) kept.description = note;
  const choices = (anyOf ?? oneOf) as Node[] | undefined;
  if (choices) kept.anyOf = choices.map(strict);
  if (items) kept.items = strict(items as Node);
  if (type === "object") {
    const inner = Object.entries((properties ?? {}) as Record<string, Node>);
    kept.properties = Object.fromEntries(inner.map(([key, value]) => [key, strict(value)]));
    kept.required = inner.map(([key]) => key);
    kept.additionalProperties = false;
  }
  return kept;
}

const NOTES: Readonly<Record<string, (bound: unknown) => string>> = {
  maxLength: (bound) => `at most ${bound} characters`,
  maxItems: (bound) => `at most ${bound} items`,
  minimum: (bound) => `${bound} or more`,
  maximum: (bound) => `${bound} or less`,
};

function noteOf(node: Node): string {
  return Object.entries(NOTES)
    .filter(([key]) => node[key] !== undefined && Math.abs(Number(node[key])) !== Number.MAX_SAFE_INTEGER)
    .map(([key, say]) => say(node[key]))
    .join(", ");
}
