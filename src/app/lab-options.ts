import { resolve } from "node:path";
import { parseArgs } from "node:util";
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

function taken(args: string[]) {
  try {
    return parseArgs({ args, options: KNOWN, allowPositionals: true });
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
