import { spawn } from "node:child_process";
import { mkdirSync, readdirSync, readFileSync, writeFileSync } from "node:fs";
import { join, resolve } from "node:path";
import { GATEWAY as MAIN, temporary } from "./gateway.ts";
import { labRoot } from "./lab-root.ts";
import { type Spread, spread } from "./statistics.ts";

const TIMES = 5;
const FIXTURES = 100;
const BARS = { cold_s: 3.0, one_cold_s: 0.9, watch_ms: 300 };
const ROOT = resolve(import.meta.dirname, "..");

/**
 * What a prompt engineer waits for: every fixture cold, one fixture cold, and from an edit of a prompt that all of them
 * use to its verdict. Each cold run is a new process without a compile cache. Beside them a bare `node` and one trivial
 * test file of vitest, started the same way.
 */
export async function run(): Promise<object> {
  const folder = temporary();
  try {
    const lab = await labRoot(ROOT, join(folder.path, "lab"), FIXTURES);
    const first = firstIn(lab.path);
    const vitest = trivialTest(join(folder.path, "vitest"));
    const seconds = { cold: [], house: [], one: [], node: [], vitest: [] } as Record<string, number[]>;
    for (let i = 0; i < TIMES; i++) {
      seconds.node?.push(await timed(["-e", "0"]));
      seconds.one?.push(await timed([MAIN, "lab", first, "--root", lab.path]));
      seconds.cold?.push(await timed([MAIN, "lab", "--root", lab.path]));
      seconds.house?.push(await timed([MAIN, "lab", "--mode", "house", "--root", lab.path]));
      seconds.vitest?.push(await timed(vitest));
    }
    const watched = await watch(lab.path);
    const of = (name: string) => spread(seconds[name] ?? [], 2);
    const [cold, one, house, watching] = [of("cold"), of("one"), of("house"), spread(watched, 0)];
    line(`${lab.fixtures} fixtures, ${lab.turns} turns, with tapes, cold`, cold, "s", BARS.cold_s);
    line("the same by the house alone, cold", house, "s");
    line("one fixture, cold", one, "s", BARS.one_cold_s);
    line("an edit of a prompt to its verdict", watching, "ms", BARS.watch_ms);
    line("bare node", of("node"), "s");
    line("one trivial vitest file", of("vitest"), "s");
    const { path: _, ...what } = lab;
    return {
      ...{ cold_s: cold.median, one_cold_s: one.median, watch_ms: watching.median, bars: BARS },
      ...{ cold, one_cold: one, cold_house: house, watch: watching, ...what },
      ...{ node_s: of("node"), vitest_s: of("vitest"), runs: TIMES, node: process.version },
    };
  } finally {
    folder.remove();
  }
}

function line(what: string, { median, min, max }: Spread, unit: string, bar?: number): void {
  const held = bar === undefined ? "" : `, bar ${bar} ${unit}: ${median <= bar ? "held" : "MISSED"}`;
  process.stdout.write(`${what}: ${median} ${unit} (${min} to ${max}${held})\n`);
}

/** Seconds from spawning this very Node to its end. Rejects when it fails. */
async function timed(args: readonly string[]): Promise<number> {
  const began = performance.now();
  const child = spawn(process.execPath, args, {
    env: { ...process.env, NODE_DISABLE_COMPILE_CACHE: "1", NO_COLOR: "1" },
    stdio: ["ignore", "pipe", "pipe"],
  });
  let written = "";
  for (const stream of [child.stdout, child.stderr])
    stream.on("data", (chunk: Buffer) => {
      written = `${written}${chunk}`.slice(-4_000);
    });
  const code = await new Promise((done) => child.once("close", done));
  if (code !== 0) throw new Error(`${args.join(" ")} ended with ${code}:\n${written}`);
  return (performance.now() - began) / 1_000;
}

/** Milliseconds from writing the prompt to the last line of the verdict, as somebody at the terminal sees it. */
async function watch(path: string): Promise<number[]> {
  const child = spawn(process.execPath, [MAIN, "lab", "--watch", "--root", path], {
    env: { ...process.env, NO_COLOR: "1" },
    stdio: ["ignore", "pipe", "inherit"],
  });
  let written = "";
  let heard = () => {};
  child.stdout.on("data", (chunk: Buffer) => {
    written += chunk;
    heard();
  });
  const until = async (form: RegExp) => {
    for (let found = form.exec(written); ; found = form.exec(written)) {
      if (found) return found;
      if (child.exitCode !== null) throw new Error(`the watch ended with ${child.exitCode}:\n${written}`);
      await new Promise<void>((more) => {
        heard = more;
      });
    }
  };
  await until(/watch: ready/);
  const file = join(path, "prompts/word.md");
  const text = readFileSync(file, "utf8");
  const took: number[] = [];
  for (let i = 0; i <= TIMES; i++) {
    written = "";
    const began = performance.now();
    writeFileSync(file, text.replace(/^# User\n/m, `# User\n\nEdit ${i}.\n`));
    const [, fixtures = "0"] = await until(/^watch: (\d+) fixtures?, /m);
    const ms = performance.now() - began;
    if (Number(fixtures) < 20) throw new Error(`the edit touched ${fixtures} fixtures, fewer than 20`);
    if (!written.includes(`+Edit ${i}.`)) throw new Error("the verdict does not show the edit");
    // The first edit finds nothing ready; a resident watcher is measured as it is used.
    if (i > 0) took.push(ms);
  }
  child.kill("SIGTERM");
  return took;
}

function firstIn(path: string): string {
  const [name = ""] = readdirSync(join(path, "fixtures/dialogues")).sort();
  return name.replace(/\.yaml$/, "");
}

function trivialTest(folder: string): string[] {
  mkdirSync(folder, { recursive: true });
  writeFileSync(join(folder, "trivial.test.js"), 'test("one and one", () => expect(1 + 1).toBe(2));\n');
  return [join(ROOT, "node_modules/vitest/vitest.mjs"), "run", "--globals", "--root", folder];
}
