/** "Screen Size (in)" -> "screen_size_in", "g:price" -> "price", "화면 크기" -> "화면_크기". */
export function snake(name: string): string {
  return name
    .replace(/^g:/, "")
    .replace(/([a-z0-9])([A-Z])/g, "$1_$2")
    .toLowerCase()
    .replace(/[^\p{L}\p{N}]+/gu, "_")
    .replace(/^_+|_+$/g, "");
}

/** "Home & Garden > Kitchen > 프라이팬" -> "home-garden/kitchen/프라이팬". */
export function categoryPath(path: string): string {
  const steps = path
    .split(/[>/|]/)
    .map((step) => slug(step))
    .filter((step) => step !== "");
  return steps.join("/").slice(0, 200);
}

/** Lower-case words joined by dashes, in any script; "" when there are none. */
export function slug(text: string): string {
  return text
    .toLowerCase()
    .replace(/[^\p{L}\p{N}]+/gu, "-")
    .replace(/^-+|-+$/g, "");
}

/** A row by the `snake` form of its column names; empty values count as absent, the first of two wins. */
export class Columns {
  readonly #values = new Map<string, { heading: string; value: unknown }>();
  readonly #taken = new Set<string>();

  constructor(row: Readonly<Record<string, unknown>>) {
    for (const [heading, value] of Object.entries(row)) {
      if (value === null || value === undefined || value === "") continue;
      const key = snake(heading);
      if (!this.#values.has(key)) this.#values.set(key, { heading, value });
    }
  }

  /** The value of the first of these columns that has one; it and its namesakes then count as used. */
  take(...keys: readonly string[]): unknown {
    for (const key of keys) this.#taken.add(key);
    for (const key of keys) {
      const found = this.#values.get(key);
      if (found !== undefined) return found.value;
    }
    return undefined;
  }

  /** The same as text, trimmed; numbers become their digits, anything else counts as absent. */
  text(...keys: readonly string[]): string | undefined {
    const value = this.take(...keys);
    if (typeof value === "number" || typeof value === "boolean") return String(value);
    const text = typeof value === "string" ? value.trim() : "";
    return text === "" ? undefined : text;
  }

  /** What the source itself calls the first of these columns that has a value; the first name when none has. */
  heading(...keys: readonly string[]): string {
    const present = keys.find((key) => this.#values.has(key)) ?? keys[0] ?? "";
    return this.#values.get(present)?.heading ?? present;
  }

  /** Columns with a value that nobody took. */
  *rest(): Iterable<{ key: string; heading: string; value: unknown }> {
    for (const [key, { heading, value }] of this.#values) {
      if (!this.#taken.has(key)) yield { key, heading, value };
    }
  }
}
