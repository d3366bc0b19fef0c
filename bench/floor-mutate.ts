import {
  cpSync,
  mkdirSync,
  mkdtempSync,
  readdirSync,
  readFileSync,
  rmSync,
  symlinkSync,
  writeFileSync,
} from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import type { Edit, Guard } from "./floor-guards.ts";
import { fuzzed } from "./floor-run.ts";
import type { Broken } from "./floor-session.ts";

/** What became of the sources without one guard: the session that showed it, counted from 1; null when none did. */
export interface Removed {
  readonly guard: string;
  readonly sessions: number | null;
  readonly by: string;
}

/** Plays the same sessions against the sources without each guard in turn, several at a time. */
export async function withoutEach(
  root: string,
  guards: readonly Guard[],
  sessions: number,
  threads: number,
): Promise<Removed[]> {
  const removed: Removed[] = [];
  const left = [...guards.entries()];
  const lane = async () => {
    for (let next = left.shift(); next; next = left.shift()) {
      const [at, guard] = next;
      const one = await without(root, guard, sessions);
      removed[at] = one;
      process.stdout.write(`without "${guard.name}": session ${one.sessions ?? "-"}: ${one.by}\n`);
    }
  };
  await Promise.all(Array.from({ length: threads }, lane));
  return removed;
}

async function without(root: string, { name, edits, planted }: Guard, sessions: number): Promise<Removed> {
  const matters = planted ? BELOW : "";
  const seen = await firstSeen(root, [...(planted ?? []), ...edits], sessions, matters);
  if (!seen) return { guard: name, sessions: null, by: "nothing showed" };
  // What stands behind another guard is missed where that one is broken; and with it nothing gets through all the same.
  const through = planted && (await firstSeen(root, planted, seen.session + AS_MANY_MORE, matters));
  if (through) return { guard: name, sessions: null, by: `with it there, too: ${through.what}` };
  return { guard: name, sessions: seen.session + 1, by: seen.what };
}

const BELOW = "sold below the floor";
const AS_MANY_MORE = 4_000;

async function firstSeen(
  root: string,
  edits: readonly Edit[],
  sessions: number,
  matters: string,
): Promise<Broken | undefined> {
  const folder = mkdtempSync(join(tmpdir(), "parley-floor-"));
  try {
    copied(root, folder);
    for (const edit of edits) made(edit, folder);
    const { first } = await fuzzed(folder, sessions, 1, { once: true, matters });
    return first[0];
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
}

function copied(root: string, folder: string): void {
  cpSync(join(root, "src"), join(folder, "src"), { recursive: true });
  cpSync(join(root, "package.json"), join(folder, "package.json"));
  symlinkSync(join(root, "node_modules"), join(folder, "node_modules"), "dir");
  mkdirSync(join(folder, "bench"));
  for (const name of readdirSync(join(root, "bench")))
    if (name.startsWith("floor-") || name === "statistics.ts")
      cpSync(join(root, "bench", name), join(folder, "bench", name));
}

/** Throws when the text is not there just once: a list of guards that has gone stale proves nothing. */
function made({ file, text, becomes }: Edit, folder: string): void {
  const path = join(folder, file);
  const parts = readFileSync(path, "utf8").split(text);
  if (parts.length !== 2)
    throw new Error(
      `${file} has this ${parts.length - 1} times, not once; mend bench/floor-guards.ts: ${text}`,
    );
  writeFileSync(path, parts.join(becomes));
}
