import { existsSync } from "node:fs";
import { dirname, resolve } from "node:path";
import { type ParseArgsConfig, parseArgs } from "node:util";
import { Fault } from "../domain/fault.ts";
import type { Lang } from "../domain/text.ts";
import type { Mode } from "../lab/fixture.ts";
import { choice } from "./arguments.ts";

/** What the lab was asked for. */
export interface LabOptions {
  readonly patterns: readonly string[];
  readonly mode: Mode | undefined;
  readonly lang: Lang | undefined;
  readonly offline: boolean;
  readonly record: boolean;
  readonly watch: boolean;
  readonly against: string | undefined;
  readonly matrix: boolean;
  readonly models: readonly string[];
  readonly variants: readonly string[];
  readonly repeat: number;
  readonly html: string | undefined;
  readonly junit: string | undefined;
  readonly verbose: boolean;
  /** The folder that holds fixtures/ and prompts/. */
  readonly root: string;
}

const KNOWN = {
  mode: { type: "string" },
  lang: { type: "string" },
  offline: { type: "boolean", default: false },
  record: { type: "boolean", default: false },
  watch: { type: "boolean", default: false },
  against: { type: "string" },
  matrix: { type: "boolean", default: false },
  models: { type: "string" },
  variants: { type: "string" },
  repeat: { type: "string", default: "1" },
  html: { type: "string" },
  junit: { type: "string" },
  verbose: { type: "boolean", default: false },
  root: { type: "string", default: "." },
} as const;

/** Throws `bad_config` that names what it does not know, or what does not go together. */
export function parsed(args: string[]): LabOptions {
  const { values, positionals } = taken(args);
  const repeat = Number(values.repeat);
  if (!Number.isInteger(repeat) || repeat < 1 || repeat > 1_000)
    throw new Fault("bad_config", `--repeat ${values.repeat}: a whole number from 1 to 1000`);
  const mode = values.mode && choice("--mode", ["house", "tape", "hostile", "live"] as const, values.mode);
  if (values.offline && (values.record || mode === "live"))
    throw new Fault(
      "bad_config",
      "--offline asks no model, so it goes with neither --record nor --mode live",
    );
  if (values.record && mode !== undefined && mode !== "live")
    throw new Fault("bad_config", `--record plays with a model; leave --mode ${mode} out`);
  const given = new Set(
    Object.keys(values).filter((name) => ![undefined, false, "1"].includes(values[name as Name])),
  );
  together(given, mode === "live" || values.record);
  ending("--html", values.html, /\.html?$/, ".html");
  ending("--junit", values.junit, /\.xml$/, ".xml");
  return {
    ...values,
    patterns: positionals,
    mode: values.record ? "live" : mode || undefined,
    lang: values.lang === undefined ? undefined : choice("--lang", ["en", "ko"] as const, values.lang),
    against: values.against,
    models: list(values.models),
    variants: list(values.variants),
    html: values.html,
    junit: values.junit,
    repeat,
    root: resolve(values.root),
  };
}

type Name = keyof typeof KNOWN;

/** What one run cannot do at once: nothing that was asked for is passed over in silence. */
const APART: readonly (readonly [Name, readonly Name[]])[] = [
  ["watch", ["against", "matrix", "repeat", "html", "junit", "record"]],
  ["matrix", ["against", "html", "junit", "record", "verbose"]],
  ["against", ["record", "verbose"]],
];

function together(given: ReadonlySet<string>, live: boolean): void {
  for (const [one, others] of APART) {
    const other = given.has(one) && others.find((name) => given.has(name));
    if (other)
      throw new Fault("bad_config", `--${one} and --${other} do not go together; run one after the other`);
  }
  if (given.has("variants") && !given.has("matrix"))
    throw new Fault("bad_config", "--variants goes with --matrix; to play one, copy it over prompts/");
  if (given.has("models") && !given.has("matrix") && !live)
    throw new Fault("bad_config", "--models goes with --matrix, --mode live or --record");
}

function ending(option: string, file: string | undefined, form: RegExp, wanted: string): void {
  if (file === undefined) return;
  if (!form.test(file))
    throw new Fault("bad_config", `${option} ${file}: the name of a file to write, ending in ${wanted}`);
  if (!existsSync(dirname(file)))
    throw new Fault("bad_config", `${option} ${file}: there is no folder ${dirname(file)}`);
}

function taken(args: string[]) {
  return partOptions(args, KNOWN);
}

/** The options and words of a part of the lab. Throws `bad_config` that names what it does not know. */
export function partOptions<O extends NonNullable<ParseArgsConfig["options"]>>(args: string[], options: O) {
  try {
    return parseArgs({ args, options, allowPositionals: true });
  } catch (cause) {
    const message = cause instanceof Error ? cause.message.split(". ")[0] : String(cause);
    throw new Fault("bad_config", `${message}; lab --help lists the options`, { cause });
  }
}

function list(text: string | undefined): readonly string[] {
  return (text ?? "")
    .split(",")
    .map((item) => item.trim())
    .filter((item) => item !== "");
}
