import { fork } from "node:child_process";
import { join } from "node:path";
import type { Good } from "./gateway.ts";

/** What the load generator is told: where to, how many peers with one message in flight each, and for how long. */
export interface Plan {
  readonly url: string;
  readonly connections: number;
  readonly seconds: number;
  /** Bytes of a message to the echo server, or what buyers of the gateway bargain for. */
  readonly of: { readonly echo: number } | { readonly goods: readonly Good[]; readonly orders: boolean };
}

/** What came of it. A turn is a request whose whole answer arrived inside the time. */
export interface Load {
  readonly turns: number;
  readonly seconds: number;
  /** Turns that opened a session, and turns that bound an order whose signature came back. */
  readonly opens: number;
  readonly accepts: number;
  /** Everything that was not the answer it should have been, by what it was. */
  readonly faults: Readonly<Record<string, number>>;
  readonly bytes_in: number;
  readonly bytes_out: number;
  readonly p50_ms: number;
  readonly p99_ms: number;
  /** Processor time of the load generator itself, as a share of one core. */
  readonly load_cpu: number;
  /** Some of the sessions bargained in, to look into from the staff's side. */
  readonly sessions: readonly string[];
}

/** The load generator: a process of its own, the same one for every round, so that both servers meet it equally warm. */
export function loadGenerator(): { run(plan: Plan): Promise<Load>; stop(): void } {
  const child = fork(join(import.meta.dirname, "load-process.ts"), [], { execArgv: [] });
  return {
    run: (plan) =>
      new Promise<Load>((resolve, reject) => {
        const ended = (code: number | null) => reject(new Error(`the load generator ended with ${code}`));
        child.once("exit", ended);
        child.once("message", (answer: { load: Load } | { error: string }) => {
          child.off("exit", ended);
          if ("load" in answer) resolve(answer.load);
          else reject(new Error(answer.error));
        });
        child.send(plan);
      }),
    stop: () => void child.kill(),
  };
}
