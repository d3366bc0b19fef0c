/** The part of JSON Schema (2020-12) that forms are made from. */
export interface Schema {
  readonly type?: string | readonly string[];
  readonly title?: string;
  readonly description?: string;
  readonly properties?: Readonly<Record<string, Schema>>;
  readonly required?: readonly string[];
  readonly items?: Schema;
  readonly enum?: readonly (string | number)[];
  readonly const?: unknown;
  readonly anyOf?: readonly Schema[];
  readonly oneOf?: readonly Schema[];
  readonly minimum?: number;
  readonly maximum?: number;
  readonly minItems?: number;
  readonly maxItems?: number;
  readonly maxLength?: number;
  readonly default?: unknown;
  readonly $ref?: string;
  readonly $defs?: Readonly<Record<string, Schema>>;
}

export type Value = string | number | boolean | null | readonly Value[] | { readonly [key: string]: Value };
export type Path = readonly (string | number)[];

/** A schema with its reference followed and, of several, the first that is not null; whether null is allowed beside it. */
export function plain(schema: Schema, root: Schema): { readonly schema: Schema; readonly nullable: boolean } {
  const { $ref } = schema;
  if ($ref) return plain(root.$defs?.[$ref.replace("#/$defs/", "")] ?? {}, root);
  const options = schema.anyOf ?? schema.oneOf;
  if (!options || choicesOf(schema)) {
    const types = [schema.type ?? []].flat();
    const type = types.find((name) => name !== "null");
    return { schema: type ? { ...schema, type } : schema, nullable: types.includes("null") };
  }
  const given = options.filter(({ type }) => type !== "null");
  const inner = plain(given[0] ?? {}, root);
  return { schema: inner.schema, nullable: inner.nullable || given.length < options.length };
}

export interface Choice {
  readonly value: string | number;
  readonly label: string;
}

/** Of a schema that names every value there may be: these, as they are called; else null. */
export function choicesOf({ enum: values, oneOf }: Schema): readonly Choice[] | null {
  if (values) return values.map((value) => ({ value, label: String(value) }));
  const named = oneOf?.flatMap(({ const: value, title }) =>
    typeof value === "string" || typeof value === "number" ? [{ value, label: title ?? String(value) }] : [],
  );
  return named && named.length > 0 && named.length === oneOf?.length ? named : null;
}

/** What a form shows before anything was typed for it. */
export function blank(schema: Schema, root: Schema): Value {
  const { schema: shape, nullable } = plain(schema, root);
  if (shape.default !== undefined) return shape.default as Value;
  if (nullable) return null;
  switch (shape.type) {
    case "object":
      return Object.fromEntries(
        (shape.required ?? []).map((key) => [key, blank(shape.properties?.[key] ?? {}, root)]),
      );
    case "array":
      return Array.from({ length: shape.minItems ?? 0 }, () => blank(shape.items ?? {}, root));
    case "boolean":
      return false;
    case "integer":
    case "number":
      return shape.minimum ?? 0;
    default:
      return choicesOf(shape)?.[0]?.value ?? "";
  }
}

/** The same value with another at this place; undefined takes away what stands there. */
export function withAt(value: Value, [key, ...rest]: Path, put: Value | undefined): Value {
  if (key === undefined) return put ?? null;
  if (Array.isArray(value)) {
    const items = [...(value as readonly Value[])];
    if (rest.length === 0 && put === undefined) items.splice(Number(key), 1);
    else items[Number(key)] = withAt(items[Number(key)] ?? null, rest, put);
    return items;
  }
  const object = typeof value === "object" && value !== null ? (value as Record<string, Value>) : {};
  if (rest.length === 0 && put === undefined) {
    const { [key]: _, ...others } = object;
    return others;
  }
  return { ...object, [key]: withAt(object[key] ?? null, rest, put) };
}

/**
 * What a refusal says of each field, by its path: the gateway names them as `lines.0.quantity: at least 1; ...`. Under the
 * empty path stands what is about none of them.
 */
export function problems(message: string, paths: (path: string) => boolean): ReadonlyMap<string, string> {
  const found = new Map<string, string>();
  for (const part of message.split("; ")) {
    const [, path = "", text = part] = /^([\w.]+): (.*)$/s.exec(part) ?? [];
    const at = paths(path) ? path : "";
    found.set(at, [found.get(at), at === path ? text : part].filter(Boolean).join("; "));
  }
  return found;
}
