import { type ChildProcess, execFileSync, spawn } from "node:child_process";
import { chownSync, existsSync, globSync, mkdirSync, readdirSync, readFileSync } from "node:fs";
import { createServer } from "node:net";
import { join } from "node:path";
import { setTimeout as sleep } from "node:timers/promises";
import { pooled } from "../src/adapters/postgres/database.ts";
import { killingAt } from "./processes.ts";

const READY_MS = 30_000;

/** A cluster of PostgreSQL of the bench's own, with everything as it is by default: fsync is on. */
export interface Cluster {
  readonly url: string;
  start(): Promise<void>;
  /**
   * Those of its processes that serve somebody now get SIGKILL as they enter their `n`th fsync; whether one did in time. The
   * server then ends all others and recovers, which nobody watches: it calls fsync for every file there is.
   */
  killAt(n: number, within_ms: number): Promise<boolean>;
  /** Every process of it gets SIGKILL at once, as when the machine's power goes; resolves when all are gone. */
  kill(): Promise<void>;
}

/** In `folder`, as the system's user `postgres` where this is root's process, which PostgreSQL refuses; or why not. */
export async function cluster(folder: string): Promise<Cluster | { readonly skipped: string }> {
  const bin = binaries();
  if (bin === null) return { skipped: "initdb and postgres were found nowhere" };
  const as: { uid?: number; gid?: number } =
    process.getuid?.() === 0 ? { uid: idOf("-u"), gid: idOf("-g") } : {};
  const home = join(folder, "cluster");
  const data = join(home, "data");
  const log = join(home, "tracer.log");
  mkdirSync(home, { mode: 0o755 });
  if (as.uid !== undefined) {
    chownSync(folder, as.uid, as.gid ?? as.uid);
    chownSync(home, as.uid, as.gid ?? as.uid);
  }
  const made = ["-D", data, "-U", "postgres", "-A", "trust", "-E", "UTF8", "--locale=C"];
  execFileSync(join(bin, "initdb"), made, { ...as, cwd: home, stdio: "ignore" });
  const port = await freePort();
  const url = `postgres://postgres@127.0.0.1:${port}/postgres`;
  let server = null as ChildProcess | null;
  return {
    url,
    start: async () => {
      const own = ["-D", data, "-p", `${port}`, "-k", home, "-h", "127.0.0.1"];
      server = spawn(join(bin, "postgres"), own, { ...as, cwd: home, stdio: "ignore" });
      await ready(url, server);
    },
    killAt: async (n, within_ms) => {
      const serving = childrenOf(server?.pid ?? 0).filter(serves);
      if (serving.length === 0) return false;
      const [command = "", ...args] = killingAt(n, "fsync,fdatasync", log);
      const pids = serving.flatMap((pid) => ["-p", String(pid)]);
      const tracer = spawn(command, [...args, ...pids], { stdio: "ignore" });
      const over = new Promise((done) => tracer.once("exit", done));
      await Promise.race([over, sleep(within_ms, null, { ref: false })]);
      tracer.kill("SIGINT");
      await over;
      // strace(1): a call that never returned, since its process was gone.
      return / = \?$/m.test(of(log));
    },
    kill: async () => {
      const pid = server?.pid;
      if (pid === undefined) return;
      const all = [pid, ...childrenOf(pid)];
      for (const one of all) end(one);
      while (all.some(there)) await sleep(10);
      server = null;
    },
  };
}

/** Debian keeps them out of the path, one folder a version. */
function binaries(): string | null {
  const folders = [...globSync("/usr/lib/postgresql/*/bin"), ...(process.env.PATH ?? "").split(":")];
  return folders.toReversed().find((folder) => existsSync(join(folder, "initdb"))) ?? null;
}

function idOf(which: "-u" | "-g"): number {
  return Number(execFileSync("id", [which, "postgres"], { encoding: "utf8" }));
}

function freePort(): Promise<number> {
  return new Promise((found, failed) => {
    const server = createServer().once("error", failed);
    server.listen(0, "127.0.0.1", () => {
      const address = server.address();
      server.close(() => found(typeof address === "object" && address ? address.port : 0));
    });
  });
}

/** Answers, which it does again only once it has recovered. */
async function ready(url: string, server: ChildProcess): Promise<void> {
  const until = performance.now() + READY_MS;
  for (;;) {
    const pool = pooled(url);
    try {
      await pool.query("SELECT 1");
      return;
    } catch (cause) {
      if (server.exitCode !== null || server.signalCode !== null || performance.now() > until) throw cause;
    } finally {
      await pool.end().catch(() => {});
    }
    await sleep(50);
  }
}

/** Of somebody who connected over TCP. */
function serves(pid: number): boolean {
  return of(`/proc/${pid}/cmdline`).includes("127.0.0.1(");
}

function childrenOf(pid: number): number[] {
  const all = readdirSync("/proc").filter((name) => /^\d+$/.test(name));
  return all.filter((name) => of(`/proc/${name}/status`).includes(`\nPPid:\t${pid}\n`)).map(Number);
}

/** Nothing of a process that has ended by now. */
function of(file: string): string {
  try {
    return readFileSync(file, "utf8");
  } catch {
    return "";
  }
}

function end(pid: number): void {
  try {
    process.kill(pid, "SIGKILL");
  } catch {
    // It ended by itself meanwhile.
  }
}

function there(pid: number): boolean {
  return /^State:\s+[^ZX]/m.test(of(`/proc/${pid}/status`));
}
