import { spawn } from "node:child_process";
import { once } from "node:events";
import { readFileSync } from "node:fs";

/** Microseconds of processor time a process has used, user and system, all its threads. Linux only. */
export function cpuOf(pid: number): number {
  const stat = readFileSync(`/proc/${pid}/stat`, "utf8");
  // proc(5): the name, in brackets, may hold blanks; utime and stime are fields 14 and 15, in ticks of 10 ms.
  const fields = stat.slice(stat.lastIndexOf(")") + 2).split(" ");
  return (Number(fields[11]) + Number(fields[12])) * 10_000;
}

/** Counts a process's fsync and fdatasync calls from outside, while `work` runs. Null where strace is not there. */
export async function countFsyncs<T>(
  pid: number,
  work: () => Promise<T>,
): Promise<{ fsyncs: number; of: T } | null> {
  const args = ["-f", "-c", "-e", "trace=fsync,fdatasync", "-p", String(pid)];
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
