import { readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { rounded } from "./statistics.ts";

/** A CPU profile as V8 writes it; times in microseconds, `startTime` of the machine's monotonic clock. */
interface Profile {
  readonly nodes: readonly {
    readonly id: number;
    readonly callFrame: { readonly functionName: string; readonly url: string };
    readonly children?: readonly number[];
  }[];
  readonly startTime: number;
  readonly samples: readonly number[];
  readonly timeDeltas: readonly number[];
}

/** Microseconds of the monotonic clock that profiles are written by, the same in all processes of a machine. */
export function profileClock(): number {
  return Number(process.hrtime.bigint() / 1_000n);
}

/** Has each thread of a node process write a profile into `folder` when it ends. */
export function profiled(folder: string): readonly string[] {
  return ["--cpu-prof", "--cpu-prof-interval=500", `--cpu-prof-dir=${folder}`];
}

/**
 * Where the time of all threads between two instants went, as shares of 1 by station, largest first: each sample counts
 * for the innermost file of ours, or of a library, that it stands in. What a station has another do for it, SQLite's work
 * within a statement and a system call among it, is its own. Threads at rest count nothing.
 */
export function stationShares(folder: string, from: number, to: number): Record<string, number> {
  const times = new Map<string, number>();
  for (const file of readdirSync(folder).filter((name) => name.endsWith(".cpuprofile"))) {
    const profile = JSON.parse(readFileSync(join(folder, file), "utf8")) as Profile;
    const stations = stationsOf(profile);
    let at = profile.startTime;
    for (const [i, node] of profile.samples.entries()) {
      at += profile.timeDeltas[i] ?? 0;
      const station = stations.get(node);
      if (station === undefined || at < from || at >= to) continue;
      times.set(station, (times.get(station) ?? 0) + (profile.timeDeltas[i + 1] ?? 0));
    }
  }
  const whole = [...times.values()].reduce((sum, time) => sum + time, 0);
  const shares = [...times].map(([station, time]) => [station, rounded(time / whole, 3)] as const);
  return Object.fromEntries(shares.filter(([, share]) => share >= 0.001).sort(([, a], [, b]) => b - a));
}

/** The station of each node that is work. */
function stationsOf({ nodes }: Profile): Map<number, string> {
  const byId = new Map(nodes.map((node) => [node.id, node]));
  const stations = new Map<number, string>();
  const visit = (id: number, outer: string) => {
    const node = byId.get(id);
    if (!node) return;
    const station = stationAt(node.callFrame, outer);
    if (station !== null) stations.set(id, station);
    for (const child of node.children ?? []) visit(child, station ?? outer);
  };
  const [root] = nodes;
  if (root) visit(root.id, "node");
  return stations;
}

function stationAt(
  { functionName, url }: Profile["nodes"][number]["callFrame"],
  outer: string,
): string | null {
  if (functionName === "(idle)") return null;
  if (functionName === "(garbage collector)") return "garbage collection";
  if (functionName === "(program)") return "node";
  const library = /\/node_modules\/((?:@[^/]+\/)?[^/]+)\//.exec(url)?.[1];
  if (library !== undefined) return library;
  const [, room = "", inner = ""] = /\/src\/([^/.]+)(?:\.ts)?(?:\/([^/.]+))?/.exec(url) ?? [];
  if (room === "") return outer;
  return room === "adapters" ? `adapters/${inner}` : room;
}
