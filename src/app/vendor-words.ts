import { z } from "zod";
import { meantBy } from "./nearest.ts";

type Issue = z.core.$ZodIssue;

/** One thing that does not fit a file's schema, and where it stands. */
export interface Mistake {
  readonly path: readonly PropertyKey[];
  readonly problem: string;
}

/** What does not fit a file's schema, for whoever wrote the file: what stands there, and what to write instead. */
export function mistakesOf(issues: readonly Issue[], file: unknown, schema: z.ZodType): Mistake[] {
  // A misspelt key is told first: what is missing beside it is mostly the key that was meant.
  const misspelt = (issue: Issue) => Number(issue.code === "unrecognized_keys");
  const ranked = issues.toSorted((a, b) => misspelt(b) - misspelt(a));
  return ranked.flatMap((issue): Mistake[] => {
    if (issue.code !== "unrecognized_keys") return [{ path: issue.path, problem: plainly(issue, file) }];
    const there = Object.keys(Object(at(file, issue.path)));
    const free = keysAt(schema, issue.path).filter((key) => !there.includes(key));
    return issue.keys.map((key) => ({ path: [...issue.path, key], problem: strange(key, free) }));
  });
}

function strange(key: string, known: readonly string[]): string {
  const meant = meantBy(key, known);
  if (meant !== undefined) return `there is no such key; did you mean ${meant}?`;
  const others = known.length > 0 ? `; what else may stand here: ${known.join(", ")}` : "";
  return `there is no such key; remove it${others}`;
}

/** The part of a JSON Schema that says which keys there are. */
interface Shape {
  readonly properties?: Readonly<Record<string, Shape>>;
  readonly additionalProperties?: Shape;
  readonly items?: Shape;
}

/** The keys a schema knows at a place in its files. */
function keysAt(schema: z.ZodType, path: readonly PropertyKey[]): string[] {
  const whole = z.toJSONSchema(schema, { io: "input", unrepresentable: "any" }) as Shape;
  const inner = path.reduce<Shape | undefined>(
    (shape, step) =>
      typeof step === "number"
        ? shape?.items
        : (shape?.properties?.[String(step)] ?? shape?.additionalProperties),
    whole,
  );
  return Object.keys(inner?.properties ?? {});
}

function plainly(issue: Issue, file: unknown): string {
  const value = at(file, issue.path);
  if (issue.code === "invalid_type") return typeWords(issue, value);
  // The only choice of shapes in these files is what a term costs.
  if (issue.code === "invalid_union")
    return `${shown(value)}: write money by currency, as in { USD: 520 }, or basis points of the goods, as in 180`;
  if (issue.code === "invalid_value") return `${shown(value)} is none of ${issue.values.join(", ")}`;
  if (issue.code === "invalid_key") return issue.issues.map(({ message }) => message).join("; ");
  if (issue.code === "too_big" && typeof value === "number")
    return `${value} is too much: ${issue.maximum} at most`;
  return issue.message;
}

const WHOLE =
  "write a whole number: amounts in the smallest unit (76950 for $769.50), shares in basis points (1550 for 15.5%)";

function typeWords(issue: Extract<Issue, { code: "invalid_type" }>, value: unknown): string {
  if (value === undefined || value === null) return "is missing";
  switch (issue.expected) {
    case "int":
    case "number":
      return `${shown(value)}: ${WHOLE}`;
    case "record":
      return `${shown(value)}: write it by name, as in { USD: 76900 }`;
    case "object":
      return issue.path.at(-1) === "strategy"
        ? `${shown(value)}: say for whom, as in { machine: ${value}, person: ${value} }`
        : `${shown(value)}: write its fields by name, as in { name: value }`;
    case "array":
      return `${shown(value)}: write a list, each entry after a dash`;
    default:
      return issue.message;
  }
}

function shown(value: unknown): string {
  return JSON.stringify(value).slice(0, 60);
}

function at(value: unknown, path: readonly PropertyKey[]): unknown {
  return path.reduce<unknown>(
    (inner, key) => (typeof inner === "object" && inner !== null ? Reflect.get(inner, key) : undefined),
    value,
  );
}
