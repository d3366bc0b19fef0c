import { Liquid, LiquidError, type Template } from "liquidjs";
import { BOUNDS } from "../../domain/bounds.ts";
import type { Flaw } from "./problem.ts";

/** One section of a prompt, ready to be filled in. */
export interface Section {
  /** Inputs it names, with the first line each stands on. */
  readonly names: ReadonlyMap<string, number>;
  fill(values: Readonly<Record<string, string>>): string;
}

/**
 * Compiles a section that begins after line `above` of its file. What it can do is little on purpose: put an input in,
 * and leave words out or in by a condition. A filter or a property that takes a text apart would take a fence apart.
 */
export function compile(text: string, above: number): { ok: Section } | { flaw: Flaw } {
  let templates: Template[];
  try {
    templates = liquid.parse(text);
  } catch (error) {
    return { flaw: flawOf(error, above) };
  }
  const names = new Map<string, number>();
  for (const variable of Object.values(liquid.analyzeSync(templates, { partials: false }).variables).flat()) {
    const [name, ...rest] = variable.segments;
    const line = variable.location.row + above;
    if (rest.length > 0 || typeof name !== "string") {
      return { flaw: { line, message: `${variable}: an input is one text without parts; name it alone` } };
    }
    names.set(name, Math.min(line, names.get(name) ?? line));
  }
  return {
    ok: { names, fill: (values) => String(liquid.renderSync(templates, { ...values })).trim() },
  };
}

const TAGS = ["if", "unless", "comment", "raw", "#"];
const FILTERS = ["default"];

const liquid = new Liquid({
  strictVariables: true,
  strictFilters: true,
  ownPropertyOnly: true,
  dynamicPartials: false,
  relativeReference: false,
  // A mapping instead of the file system: nothing can be read through a template.
  templates: {},
  parseLimit: BOUNDS.prompt_chars,
  // Without loops a template is filled in far within these; they hold if that is ever wrong.
  renderLimit: 10_000,
  memoryLimit: 10_000_000,
});
for (const name of Object.keys(liquid.tags)) if (!TAGS.includes(name)) delete liquid.tags[name];
for (const name of Object.keys(liquid.filters)) if (!FILTERS.includes(name)) liquid.unregisterFilter(name);

function flawOf(error: unknown, above: number): Flaw {
  if (!LiquidError.is(error)) return { line: above + 1, message: String(error) };
  const [row = 1] = (error.token as { getPosition?: () => number[] }).getPosition?.() ?? [];
  const said = (error.originalError?.message ?? error.message)
    .replace(/, line:\d+.*$/s, "")
    .replaceAll("\n", " ");
  const hint = /undefined filter/.test(said)
    ? `; the filters are ${FILTERS.join(", ")}`
    : /tag .* not found/.test(said)
      ? `; the tags are ${TAGS.join(", ")}`
      : "";
  return { line: row + above, message: `${said}${hint}` };
}
