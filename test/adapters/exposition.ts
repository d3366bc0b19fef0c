import { spawnSync } from "node:child_process";
import { readFileSync } from "node:fs";
import { resolve } from "node:path";

/** One metric family with its samples: of a histogram the ones of its buckets, sum and count. */
export interface Family {
  readonly name: string;
  readonly help: string;
  readonly type: string;
  readonly samples: Sample[];
}

export interface Sample {
  readonly name: string;
  readonly labels: Readonly<Record<string, string>>;
  readonly value: number;
}

const LABEL = String.raw`[a-zA-Z_]\w*="(?:[^"\\\n]|\\["\\n])*"`;
const SAMPLE = new RegExp(String.raw`^([a-zA-Z_:][\w:]*)(?:\{(${LABEL}(?:,${LABEL})*)?\})? (\S+)$`);
const PARTS = ["_bucket", "_sum", "_count"];

/**
 * Prometheus' text exposition format 0.0.4, read by its description and by nothing that wrote it. Throws for a line of no
 * such format, a sample of no announced family, and a series that stands there twice.
 */
export function familiesOf(text: string): Map<string, Family> {
  const families = new Map<string, Family>();
  const help = new Map<string, string>();
  const series = new Set<string>();
  if (!text.endsWith("\n")) throw new Error("the last line does not end");
  for (const line of text.split("\n").filter(Boolean)) {
    const [, what, name = "", rest = ""] = /^# (HELP|TYPE) (\S+) (.+)$/.exec(line) ?? [];
    if (what === "HELP") help.set(name, rest);
    else if (what === "TYPE")
      families.set(name, { name, help: help.get(name) ?? "", type: rest, samples: [] });
    else {
      const sample = sampleOf(line);
      const base = PARTS.map((part) => sample.name.replace(new RegExp(`${part}$`), ""));
      const family = families.get(sample.name) ?? base.map((one) => families.get(one)).find(Boolean);
      if (!family) throw new Error(`of no family: ${line}`);
      const key = line.slice(0, line.lastIndexOf(" "));
      if (series.has(key)) throw new Error(`twice: ${key}`);
      series.add(key);
      family.samples.push(sample);
    }
  }
  return families;
}

function sampleOf(line: string): Sample {
  const [, name = "", labels = "", value = ""] = SAMPLE.exec(line) ?? [];
  const number = value === "+Inf" ? Number.POSITIVE_INFINITY : value === "Nan" ? Number.NaN : Number(value);
  if (name === "" || (Number.isNaN(number) && value !== "Nan")) throw new Error(`no sample: ${line}`);
  const pairs = labels.matchAll(/([a-zA-Z_]\w*)="((?:[^"\\]|\\.)*)"/g);
  return { name, labels: Object.fromEntries(Array.from(pairs, ([, of, is]) => [of, is])), value: number };
}

/** What a gateway says of itself now. */
export async function scraped(url: string): Promise<Map<string, Family>> {
  return familiesOf(await (await fetch(`${url}/metrics`)).text());
}

/** The sum over all series with these labels: of a histogram, of how many were observed. */
export function sumOf(families: ReadonlyMap<string, Family>, name: string, labels: object = {}): number {
  const family = families.get(name);
  const wanted = family?.type === "histogram" ? `${name}_count` : name;
  return (family?.samples ?? [])
    .filter((one) => one.name === wanted)
    .filter((one) => Object.entries(labels).every(([label, value]) => one.labels[label] === value))
    .reduce((sum, { value }) => sum + value, 0);
}

/** Whether Prometheus' own tool is installed (Debian: `apt install prometheus`). */
export const PROMTOOL = spawnSync("promtool", ["--version"]).status === 0;

export function promtool(args: readonly string[], input = ""): { ok: boolean; said: string } {
  const { status, stdout, stderr } = spawnSync("promtool", args, { input, encoding: "utf8" });
  return { ok: status === 0, said: `${stdout}${stderr}` };
}

/** Where a file of docs/operations is. */
export function operationsPath(name: string): string {
  return resolve(import.meta.dirname, "../../docs/operations", name);
}

export function operationsFile(name: string): string {
  return readFileSync(operationsPath(name), "utf8");
}
