import { readFile } from "node:fs/promises";
import { join } from "node:path";
import { isMap, isSeq, LineCounter, type Node, parseDocument } from "yaml";
import type { z } from "zod";
import type { Bundle, Entry, Product } from "../domain/entry.ts";
import { Fault } from "../domain/fault.ts";
import { Limits } from "../domain/limits.ts";
import { Vendor } from "../domain/vendor.ts";
import type { Finding } from "../negotiation/finding.ts";
import { checkLimits } from "../negotiation/limits-check.ts";
import type { Catalogue } from "../ports/catalogue.ts";
import { type IngestResult, ingest } from "./loading.ts";
import { policyDigest } from "./sources.ts";
import { gapsIn } from "./vendor-gaps.ts";
import { namesIn } from "./vendor-names.ts";
import { mistakesOf } from "./vendor-words.ts";

export interface VendorFiles {
  readonly vendor: Vendor;
  readonly limits: Limits;
  /** Of both files' text: another digest is another policy. */
  readonly digest: string;
  /** What is odd in them but sells as it says, one line each with file, line and how to mend it. */
  readonly warnings: readonly string[];
}

/**
 * The vendor's own two files, `vendor.yaml` (public) and `limits.yaml` (secret), checked one by one, against each other
 * and against the goods in the same folder. Throws `bad_policy` naming file, line and what to mend, up to ten at once.
 */
export async function loadVendor(folder: string): Promise<VendorFiles> {
  return readVendor(folder, await goodsIn(folder));
}

/**
 * The same without a look at any goods: for whoever only needs to know how to read and to sell them. `secret` may be
 * another file than the folder's own limits.
 */
export async function readVendor(
  folder: string,
  goods: Goods = { products: [], bundles: [] },
  secret: string = join(folder, LIMITS),
): Promise<VendorFiles> {
  const [publicFile, secretFile] = await Promise.all([
    readYaml(join(folder, "vendor.yaml")),
    readYaml(secret),
  ]);
  const vendor = checked(publicFile, Vendor);
  const limits = checked(secretFile, Limits);
  const findings = [
    ...gapsIn(vendor, limits),
    ...namesIn(vendor, limits, goods.products),
    ...checkLimits(vendor, limits, goods.products, goods.bundles),
  ];
  const line = (finding: Finding) => lineOf(finding, folder, publicFile, secretFile);
  const problems = findings.filter(({ odd }) => !odd).map(line);
  if (problems.length > 0) throw refused(problems);
  const warnings = findings.map(line);
  return { vendor, limits, digest: policyDigest(publicFile.text, secretFile.text), warnings };
}

const LIMITS = "limits.yaml";

export interface Goods {
  readonly products: readonly Product[];
  readonly bundles: readonly Bundle[];
}

/** The products and bundles of a vendor's folder, less what no limit looks at. Rows with mistakes are left out. */
export async function goodsIn(folder: string): Promise<Goods> {
  const products = new Map<string, Product>();
  const bundles = new Map<string, Bundle>();
  const put = async (entries: readonly Entry[]) => {
    for (const entry of entries) {
      if (entry.kind === "bundle") bundles.set(entry.id, entry);
      if (entry.kind !== "product") continue;
      const { description: _, aliases: __, ...product } = entry;
      products.set(entry.id, { ...product, specs: [] });
    }
  };
  const done = async () => ({ added: 0, changed: 0, unchanged: 0, withdrawn: 0 });
  await loadKnowledge(folder, { begin: async () => ({ put, finish: done, leave: done }) });
  return { products: [...products.values()], bundles: [...bundles.values()] };
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

async function readYaml(path: string): Promise<YamlFile> {
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
  const problems = mistakesOf(parsed.error.issues, file.value, schema).map(({ path, problem }) => {
    const where = path.map(String).join(".") || "the file";
    return `${file.path}:${file.lineAt(path)}: ${where}: ${problem}`;
  });
  throw refused(problems);
}

function lineOf(
  { file, path, line, problem }: Finding,
  folder: string,
  publicFile: YamlFile,
  secretFile: YamlFile,
): string {
  const read = { "vendor.yaml": publicFile, [LIMITS]: secretFile }[file];
  if (!read || !path)
    return `${read?.path ?? join(folder, file)}${line === undefined ? "" : `:${line}`}: ${problem}`;
  return `${read.path}:${read.lineAt(path)}: ${path.map(String).join(".")}: ${problem}`;
}

const SHOWN = 10;

function refused(problems: readonly string[]): Fault {
  const more = problems.length > SHOWN ? [`... and ${problems.length - SHOWN} more`] : [];
  return new Fault("bad_policy", [...problems.slice(0, SHOWN), ...more].join("\n"));
}
