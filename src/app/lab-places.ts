import { existsSync, readdirSync } from "node:fs";
import { readFile, stat } from "node:fs/promises";
import { basename, dirname, join, relative } from "node:path";
import { type FixtureFile, FOLDER, fixturePaths, type Loaded, readFixture } from "../lab/fixture.ts";
import type { Config } from "./config.ts";
import { LEARNED_FIXTURES } from "./learned-files.ts";

/** Where a gateway's lab finds what it plays. Plain data, for a thread. */
export interface LabPlace {
  /** The folder above the prompts, which may hold fixtures/. */
  readonly root: string;
  readonly prompts: string;
  readonly home: string;
  /** The vendor's folder, and what fixtures call it. */
  readonly vendor: string;
  readonly name: string;
}

export function labPlace({ prompts, home, vendor }: Pick<Config, "prompts" | "home" | "vendor">): LabPlace {
  return { root: dirname(prompts), prompts, home, vendor, name: basename(vendor) };
}

export interface Fixtures {
  readonly learned: readonly FixtureFile[];
  readonly others: readonly FixtureFile[];
  readonly problems: readonly string[];
}

/** Fixtures made from gaps, in the home, and those beside the prompts, where there are any; others have their turn meanwhile. */
export async function fixturesAt({ root, home }: LabPlace): Promise<Fixtures> {
  const own = await readAll(
    existsSync(join(home, LEARNED_FIXTURES)) ? filesIn(join(home, LEARNED_FIXTURES)) : [],
    home,
  );
  const beside = await readAll(existsSync(join(root, FOLDER)) ? fixturePaths(root) : [], root);
  return {
    learned: own.fixtures,
    others: beside.fixtures,
    problems: [...own.problems, ...beside.problems],
  };
}

function filesIn(folder: string): string[] {
  const names = readdirSync(folder).filter((name) => name.endsWith(".yaml"));
  return names.sort().map((name) => join(folder, name));
}

async function readAll(paths: readonly string[], above: string): Promise<Loaded> {
  const fixtures: FixtureFile[] = [];
  const problems: string[] = [];
  for (const path of paths) {
    const file = relative(above, path);
    const { mtimeMs } = await stat(path);
    let read = known.get(path);
    if (read?.mtimeMs !== mtimeMs) {
      read = { mtimeMs, ...readFixture(await readFile(path, "utf8"), file) };
      known.set(path, read);
    }
    if (read.fixture) fixtures.push({ fixture: read.fixture, file });
    problems.push(...read.problems);
  }
  return { fixtures, problems };
}

/** Files as they were last read. */
const known = new Map<string, ReturnType<typeof readFixture> & { readonly mtimeMs: number }>();
