import { readFile } from "node:fs/promises";
import { join } from "node:path";
import { isMap, isSeq, LineCounter, type Node, parseDocument } from "yaml";
import type { z } from "zod";
import { Fault } from "../domain/fault.ts";
import { Limits } from "../domain/limits.ts";
import { Vendor } from "../domain/vendor.ts";
import { checkLimits } from "../negotiation/limits-check.ts";
import type { Catalogue } from "../ports/catalogue.ts";
import { type IngestResult, ingest } from "./loading.ts";
import { policyDigest } from "./sources.ts";
import { type Gap, gapsIn } from "./vendor-gaps.ts";

export interface LoadedVendor {
  readonly vendor: Vendor;
  readonly limits: Limits;
  /** Of both files' text: another digest is another policy. */
  readonly digest: string;
}

/**
 * The vendor's own two files, `vendor.yaml` (public) and `limits.yaml` (secret), checked one by one and against each
 * other. Throws `bad_policy` naming file, line and what to mend, up to ten at once.
 */
export async function loadVendor(folder: string): Promise<LoadedVendor> {
  const [publicFile, secretFile] = await Promise.all([
    readYaml(folder, "vendor.yaml"),
    readYaml(folder, "limits.yaml"),
  ]);
  const vendor = checked(publicFile, Vendor);
  const limits = checked(secretFile, Limits);
  const problems = gapsIn(vendor, limits).map((gap) =>
    lineOf(gap, gap.file === "vendor.yaml" ? publicFile : secretFile),
  );
  problems.push(...checkLimits(vendor, limits).map((problem) => `${secretFile.path}: ${problem}`));
  if (problems.length > 0) throw refused(problems);
  return { vendor, limits, digest: policyDigest(publicFile.text, secretFile.text) };
}

/**
 * Loads the products, bundles, reviews, answers and policies of a vendor's folder as the one origin "vendor", so that
 * another folder takes the place of this one. `onProblem` is told of every row that was not taken.
 */
export async function loadKnowledge(
  folder: string,
  catalogue: Catalogue,
  onProblem: (line: string) => void = () => {},
): Promise<IngestResult> {
  const out = { write: () => true };
  const options = { origin: "vendor", now: new Date().toISOString(), onProblem };
  return ingest([folder], options, { catalogue, out });
}

interface YamlFile {
  readonly path: string;
  readonly text: string;
  readonly value: unknown;
  /** The line a value stands on, or the nearest thing around it that is there. */
  readonly lineAt: (path: readonly PropertyKey[]) => number;
}

async function readYaml(folder: string, name: string): Promise<YamlFile> {
  const path = join(folder, name);
  const text = await readFile(path, "utf8").catch((cause: unknown) => {
    throw new Fault("bad_policy", `${path} cannot be read; a vendor's folder needs this file`, { cause });
  });
  const lines = new LineCounter();
  const document = parseDocument(text, { lineCounter: lines });
  const [error] = document.errors;
  if (error !== undefined) {
    const problem = error.message.split(" at line")[0] ?? error.message;
    throw refused([`${path}:${lines.linePos(error.pos[0]).line}: ${problem}`]);
  }
  const lineAt = (keys: readonly PropertyKey[]): number => {
    const offset = offsetAt(document.contents, keys);
    return offset === undefined ? 1 : lines.linePos(offset).line;
  };
  return { path, text, value: document.toJS(), lineAt };
}

function offsetAt(root: Node | null, keys: readonly PropertyKey[]): number | undefined {
  let offset = root?.range?.[0];
  let node: unknown = root;
  for (const key of keys) {
    if (isMap(node)) {
      const pair = node.items.find((one) => String(one.key) === String(key));
      if (pair === undefined) break;
      offset = (pair.key as Node).range?.[0] ?? offset;
      node = pair.value;
    } else if (isSeq(node)) {
      node = node.items[Number(key)];
      offset = (node as Node | undefined)?.range?.[0] ?? offset;
    } else break;
  }
  return offset;
}

function checked<T>(file: YamlFile, schema: z.ZodType<T>): T {
  const parsed = schema.safeParse(file.value);
  if (parsed.success) return parsed.data;
  const problems = parsed.error.issues.map((issue) => {
    const where = issue.path.map(String).join(".") || "the file";
    return `${file.path}:${file.lineAt(issue.path)}: ${where}: ${issue.message}`;
  });
  throw refused(problems);
}

function lineOf({ path, problem }: Gap, file: YamlFile): string {
  return `${file.path}:${file.lineAt(path)}: ${path.map(String).join(".")}: ${problem}`;
}

const SHOWN = 10;

function refused(problems: readonly string[]): Fault {
  const more = problems.length > SHOWN ? [`... and ${problems.length - SHOWN} more`] : [];
  return new Fault("bad_policy", [...problems.slice(0, SHOWN), ...more].join("\n"));
}
