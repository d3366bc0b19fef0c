import { spawn } from "node:child_process";
import { once } from "node:events";
import { readFileSync } from "node:fs";
import { setTimeout as sleep } from "node:timers/promises";

/** Microseconds of processor time a process has used, user and system, all its threads. Linux only. */
export function cpuOf(pid: number): number {
  const stat = readFileSync(`/proc/${pid}/stat`, "utf8");
  // proc(5): the name, in brackets, may hold blanks; utime and stime are fields 14 and 15, in ticks of 10 ms.
  const fields = stat.slice(stat.lastIndexOf(")") + 2).split(" ");
  return (Number(fields[11]) + Number(fields[12])) * 10_000;
}

/**
 * Counts the fsync and fdatasync calls of processes from outside, all their threads, while `work` runs. Null where strace
 * is not there or may not attach.
 */
export async function countFsyncs<T>(
  pids: number | readonly number[],
  work: () => Promise<T>,
): Promise<{ fsyncs: number; of: T } | null> {
  const args = [
    "-f",
    "-c",
    "-e",
    "trace=fsync,fdatasync",
    ...[pids].flat().flatMap((pid) => ["-p", String(pid)]),
  ];
  const strace = spawn("strace", args, { stdio: ["ignore", "ignore", "pipe"] });
  let written = "";
  let missing = false;
  strace.stderr.on("data", (chunk: Buffer) => {
    written += chunk;
  });
  const gone = new Promise<void>((done) => {
    strace.once("close", () => done());
    strace.once("error", () => {
      missing = true;
      done();
    });
  });
  await Promise.race([once(strace.stderr, "data").catch(() => {}), gone]);
  if (missing || !written.includes("attached")) {
    if (!missing) await gone;
    return null;
  }
  const of = await work();
  strace.kill("SIGINT");
  await gone;
  return { fsyncs: callsIn(written), of };
}

/** Adds up the `calls` column of strace's summary. */
function callsIn(summary: string): number {
  let calls = 0;
  for (const line of summary.split("\n")) {
    const match = /^\s*[\d.]+\s+[\d.]+\s+\d+\s+(\d+)\s.*\bf(?:data)?sync$/.exec(line.trimEnd());
    if (match) calls += Number(match[1]);
  }
  return calls;
}

/**
 * What a process is started under so that one of its threads is held as it enters its `n`th such call; each that comes later
 * at its own `n`th, too. The tracer is a grandchild: the child is the process itself. `log` gets a line for each call.
 * With `--seccomp-bpf` no other call costs anything, but strace 6.1 then sends no signals: `killedAt` does.
 */
export function holdingAt(n: number, calls: string, log: string): readonly string[] {
  const inject = `inject=${calls}:delay_enter=${HELD_MS * 1_000}:when=${n}`;
  return [
    ...["strace", "-D", "-f", "-qq", "--seccomp-bpf", "-e", "signal=none", "-o", log],
    ...["-e", `trace=${calls}`, "-e", inject],
  ];
}

const HELD_MS = 20_000;

/** Sends SIGKILL to a process that `holdingAt` holds, once it does; whether it came so far before `over`. */
export async function killedAt(n: number, log: string, over: AbortSignal): Promise<boolean> {
  while (!over.aborted) {
    const entered = new Map<string, number>();
    for (const [, thread = ""] of read(log).matchAll(/^(\d+) +\w+\(/gm))
      entered.set(thread, (entered.get(thread) ?? 0) + 1);
    for (const [thread, calls] of entered) {
      const status = read(`/proc/${thread}/status`);
      const of = (name: string) => Number(new RegExp(`^${name}:\\s+(\\d+)$`, "m").exec(status)?.[1] ?? 0);
      const [process_id, tracer] = [of("Tgid"), of("TracerPid")];
      if (calls < n || process_id === 0) continue;
      process.kill(process_id, "SIGKILL");
      // Or the dead would not be seen to be dead until the time that they are held is over.
      if (tracer !== 0) process.kill(tracer, "SIGKILL");
      return true;
    }
    await sleep(10);
  }
  return false;
}

/** Nothing where there is none by now. */
function read(file: string): string {
  try {
    return readFileSync(file, "utf8");
  } catch {
    return "";
  }
}

/** What processes that run already are attached to by, with `-p`: each gets SIGKILL as it enters its `n`th such call. */
export function killingAt(n: number, calls: string, log: string): readonly string[] {
  const inject = `inject=${calls}:signal=SIGKILL:when=${n}`;
  return ["strace", "-f", "-qq", "-e", "signal=none", "-o", log, "-e", `trace=${calls}`, "-e", inject];
}
