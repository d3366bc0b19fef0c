import { type ChildProcess, spawn } from "node:child_process";
import { cpSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join, resolve } from "node:path";

const ROOT = resolve(import.meta.dirname, "..");
export const GATEWAY = join(ROOT, "src/app/main.ts");

/** A server in a process of its own, ready to be connected to. */
export interface Served {
  readonly ws: string;
  readonly process: ChildProcess;
  /** The end of what it wrote, both streams. */
  output(): string;
  /** SIGTERM, and waits. */
  stop(): Promise<void>;
  /** SIGKILL, and waits. */
  kill(): Promise<void>;
}

/**
 * Starts a script with this very Node and waits until it prints its `ws://` address. Rejects when it ends before. `under` is a
 * command that runs it in its own place, so that whoever ends the child ends the server.
 */
export async function serve(
  script: string,
  args: readonly string[],
  env: Readonly<Record<string, string>> = {},
  flags: readonly string[] = [],
  under: readonly string[] = [],
): Promise<Served> {
  const [command = process.execPath, ...rest] = [...under, process.execPath, ...flags, script, ...args];
  const child = spawn(command, rest, {
    env: { ...process.env, ...env },
    stdio: ["ignore", "pipe", "pipe"],
  });
  const exited = new Promise<void>((done) => child.once("exit", () => done()));
  let written = "";
  const ws = await new Promise<string>((found, failed) => {
    const read = (chunk: Buffer) => {
      written = `${written}${chunk}`.slice(-20_000);
      const match = /(ws:\/\/[\w.:/[\]-]+)\s/.exec(written);
      if (match?.[1]) found(match[1]);
    };
    child.stdout?.on("data", read);
    child.stderr?.on("data", read);
    child.once("exit", (code) => failed(new Error(`${script} ended with ${code}:\n${written}`)));
  });
  const end = (signal: NodeJS.Signals) => async () => {
    child.kill(signal);
    await exited;
  };
  return { ws, process: child, output: () => written, stop: end("SIGTERM"), kill: end("SIGKILL") };
}

/** The gateway on a free port. Whatever is not set here keeps its default, `synchronous=FULL` among it. */
export function startGateway(
  env: Readonly<Record<string, string>>,
  flags: readonly string[] = [],
  under: readonly string[] = [],
): Promise<Served> {
  return serve(GATEWAY, ["start"], { PARLEY_PORT: "0", PARLEY_LOG_LEVEL: "warn", ...env }, flags, under);
}

export function staffToken(home: string): string {
  const tokens = JSON.parse(readFileSync(join(home, "tokens.json"), "utf8")) as { staff: string };
  return tokens.staff;
}

/** What a bench buyer may ask for; the list price in cents. */
export interface Good {
  readonly sku: string;
  readonly price: number;
}

/** A folder that is removed at the end of a measurement. */
export function temporary(): { readonly path: string; remove(): void } {
  const path = mkdtempSync(join(tmpdir(), "parley-bench-"));
  return { path, remove: () => rmSync(path, { recursive: true, force: true, maxRetries: 3 }) };
}

/**
 * The demo vendor in `folder` with so many of everything on hand, and nothing else changed: a million where a bench must
 * not end because the shelves are empty. Gives what is sold in dollars under the approval threshold and open to bargaining.
 */
export function stockedVendor(folder: string, stock = 1_000_000): readonly Good[] {
  const demo = join(ROOT, "fixtures/vendors/demo");
  cpSync(demo, folder, { recursive: true });
  const file = join(folder, "products.jsonl");
  const products = readFileSync(file, "utf8")
    .split("\n")
    .filter((line) => line.trim() !== "")
    .map((line) => JSON.parse(line) as { id: string; price: Record<string, number> });
  writeFileSync(file, products.map((each) => `${JSON.stringify({ ...each, stock })}\n`).join(""));
  const fixed = new Set(
    [...readFileSync(join(demo, "limits.yaml"), "utf8").matchAll(/sku: ([\w-]+) .*negotiable: false/g)].map(
      ([, sku]) => sku,
    ),
  );
  return products.flatMap(({ id, price }) =>
    price.USD !== undefined && price.USD < 400_000 && !fixed.has(id) ? [{ sku: id, price: price.USD }] : [],
  );
}
