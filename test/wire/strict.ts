const FORMATS = new Set("date-time time date duration email hostname ipv4 ipv6 uuid".split(" "));
const REFUSED = [
  "oneOf",
  "allOf",
  "not",
  "if",
  "then",
  "else",
  "dependentRequired",
  "dependentSchemas",
  "patternProperties",
  "propertyNames",
  "unevaluatedProperties",
  "minProperties",
  "maxProperties",
  "contains",
  "uniqueItems",
  // Taken by some deployments, refused by others (Azure among them): refused here, so that no schema counts on them.
  "minLength",
  "maxLength",
  "default",
];
const DEPTH = 10;
const PROPERTIES = 5_000;

type Node = Readonly<Record<string, unknown>>;

/**
 * What OpenAI's strict structured output refuses about a schema, in its words; null when it takes it. After the page
 * "Structured Outputs: supported schemas".
 */
export function strictProblem(schema: unknown): string | null {
  if (!isNode(schema)) return "schema must be a JSON Schema of 'type: \"object\"'";
  if (schema.anyOf !== undefined || schema.oneOf !== undefined)
    return "schema must have type 'object' and not have 'oneOf'/'anyOf'/'allOf'/'enum'/'not' at the top level.";
  if (schema.type !== "object")
    return `schema must be a JSON Schema of 'type: "object"', got 'type: ${JSON.stringify(schema.type ?? "None")}'.`;
  const count = { properties: 0 };
  return nodeProblem(schema, [], 0, count);
}

function nodeProblem(
  node: unknown,
  path: readonly string[],
  depth: number,
  count: { properties: number },
): string | null {
  const where = `In context=(${path.map((part) => `'${part}'`).join(", ")})`;
  if (!isNode(node)) return `${where}, schema must be an object.`;
  if (depth > DEPTH) return `${where}, more than ${DEPTH} levels of nesting.`;
  const refused = REFUSED.find((word) => node[word] !== undefined);
  if (refused) return `${where}, '${refused}' is not permitted.`;
  if (typeof node.format === "string" && !FORMATS.has(node.format))
    return `${where}, '${node.format}' is not a valid format.`;
  if (isNode(node.properties) || node.type === "object") {
    const problem = objectProblem(node, where, count);
    if (problem) return problem;
  }
  if (Object.keys(node).length === 0) return `${where}, schema must have a 'type' key.`;
  if (node.type === "array" && node.items === undefined) return `${where}, array schema missing items.`;
  for (const [name, child, deeper] of children(node)) {
    const problem = nodeProblem(child, [...path, ...name], depth + deeper, count);
    if (problem) return problem;
  }
  return null;
}

function objectProblem(node: Node, where: string, count: { properties: number }): string | null {
  if (node.additionalProperties !== false)
    return `${where}, 'additionalProperties' is required to be supplied and to be false.`;
  const names = Object.keys(isNode(node.properties) ? node.properties : {});
  const required = Array.isArray(node.required) ? node.required : [];
  const missing = names.find((name) => !required.includes(name));
  if (missing !== undefined)
    return `${where}, 'required' is required to be supplied and to be an array including every key in properties. Missing '${missing}'.`;
  const extra = required.find((name) => !names.includes(String(name)));
  if (extra !== undefined) return `${where}, Extra required key '${extra}' supplied.`;
  count.properties += names.length;
  return count.properties > PROPERTIES ? `${where}, more than ${PROPERTIES} properties.` : null;
}

function children(node: Node): [path: string[], child: unknown, deeper: number][] {
  const named = (key: string, deeper: number) =>
    Object.entries(isNode(node[key]) ? (node[key] as Node) : {}).map(
      ([name, child]): [string[], unknown, number] => [[key, name], child, deeper],
    );
  const any = Array.isArray(node.anyOf) ? node.anyOf : [];
  return [
    ...named("properties", 1),
    ...named("$defs", 0),
    ...named("definitions", 0),
    ...(node.items === undefined ? [] : [[["items"], node.items, 0] as [string[], unknown, number]]),
    ...any.map((child, n): [string[], unknown, number] => [["anyOf", String(n)], child, 0]),
  ];
}

function isNode(value: unknown): value is Node {
  return typeof value === "object" && value !== null && !Array.isArray(value);
}
