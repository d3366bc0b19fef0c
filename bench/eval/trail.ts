import { readFileSync } from "node:fs";
import { registerHooks } from "node:module";
import { join, relative } from "node:path";
import { fileURLToPath, pathToFileURL } from "node:url";

/** A function that had a say, as a link: `src/understanding/haggle.ts:93`. */
export interface Step {
  readonly name: string;
  readonly at: string;
}

interface Call extends Step {
  readonly given: readonly unknown[];
  readonly calls: Call[];
  result?: unknown;
}

const ROOT = join(import.meta.dirname, "../..");
const FUNCTION = /^(?:export )?function (\w+)/gm;

let open: Call[] | null = null;
let root: Call | null = null;

/**
 * From now on, functions of these folders of `src` can be listened to. MUST be called before any of their modules is
 * loaded. Every module's first line wraps its functions before anything else of it runs, so lines stay where they are
 * and what a list of rules holds is wrapped as well; the lines are those of the source as it is read.
 */
export function listen(folders: readonly string[]): void {
  const watched = folders.map((folder) => pathToFileURL(join(ROOT, "src", folder, "/")).href);
  registerHooks({
    load: (url, context, next) => {
      const loaded = next(url, context);
      if (!url.endsWith(".ts") || !watched.some((folder) => url.startsWith(folder))) return loaded;
      return { ...loaded, source: wrapped(readFileSync(new URL(url), "utf8"), fileURLToPath(url)) };
    },
  });
}

function wrapped(source: string, path: string): string {
  const own = JSON.stringify(import.meta.url);
  const lines = Array.from(source.matchAll(FUNCTION), ({ index, 1: name = "" }) => {
    const at = `${relative(ROOT, path)}:${source.slice(0, index).split("\n").length}`;
    return `${name} = __heard(${JSON.stringify({ name, at })}, ${name});`;
  });
  return `import { heard as __heard } from ${own}; ${lines.join(" ")}${source}`;
}

/** The same function, heard whenever calls are listened to. */
export function heard<Given extends unknown[], Result>(
  step: Step,
  called: (...given: Given) => Result,
): (...given: Given) => Result {
  const listening = (...given: Given): Result => {
    if (!open) return called(...given);
    const call: Call = { ...step, given, calls: [] };
    const outer = open.at(-1);
    if (outer) outer.calls.push(call);
    else root = call;
    open.push(call);
    try {
      const result = called(...given);
      call.result = result;
      return result;
    } finally {
      open?.pop();
    }
  };
  places.set(listening, step.at);
  return listening;
}

const places = new WeakMap<object, string>();

/** Where a function that can be listened to stands. */
export function placeOf(called: (...given: never[]) => unknown): string {
  return places.get(called) ?? called.name;
}

/** Runs `work` and gives every call of a watched function in it, under the outermost of the last one. */
function calls(work: () => unknown): Call | null {
  open = [];
  root = null;
  try {
    work();
    return root;
  } finally {
    open = null;
  }
}

/** What to follow: results that hold it, and whether a function was given it already. */
export interface Sought {
  readonly made: (result: unknown) => boolean;
  readonly given: (one: unknown) => boolean;
}

/**
 * The functions through which something came to be the result of `work`, outermost first. Each gives a result that holds
 * it and was not given it by its caller; the last of them decided.
 */
export function trailOf(work: () => unknown, { made, given }: Sought): readonly Step[] {
  const path: Step[] = [];
  let call = calls(work);
  while (call) {
    path.push({ name: call.name, at: call.at });
    call =
      call.calls.findLast((one) => made(one.result) && !one.given.some((it) => within(it, given))) ?? null;
  }
  return path;
}

/** Looks into lists and records, three deep: further down lie states and catalogues, which hold everything. */
function within(value: unknown, isIt: (value: unknown) => boolean, depth = 3): boolean {
  if (isIt(value)) return true;
  if (depth === 0 || typeof value !== "object" || value === null) return false;
  return Object.values(value).some((one) => within(one, isIt, depth - 1));
}
