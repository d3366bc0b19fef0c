import { join } from "node:path";
import { type Good, type Served, serve } from "./gateway.ts";
import type { Load, loadGenerator } from "./load.ts";
import { cpuOf } from "./processes.ts";
import { rounded } from "./statistics.ts";

export const CONNECTIONS = 50;
/** Of one connection; the load goes far over what one buyer may send by default. */
export const MESSAGES_PER_MINUTE = 10_000_000;

export interface Round {
  readonly load: Load;
  /** Microseconds of processor time of the server, per turn. */
  readonly cpu_us: number;
}

type Generator = ReturnType<typeof loadGenerator>;

/** A gateway under the load: turns of whole conversations, each connection with one message in flight. */
export function bargaining(load: Generator, gateway: Served, goods: readonly Good[]) {
  return (seconds: number, connections = CONNECTIONS, orders = true): Promise<Round> =>
    measured(gateway, () => load.run({ url: gateway.ws, connections, seconds, of: { goods, orders } }));
}

/** The bare echo under the same load: as many bytes both ways as the gateway's turns had. */
export async function mirroring(
  load: Generator,
  { turns, bytes_in, bytes_out }: Load,
  flags: readonly string[] = [],
) {
  const [bytes, answered] = [Math.round(bytes_in / turns), Math.round(bytes_out / turns)];
  const script = join(import.meta.dirname, "echo-server.ts");
  const server = await serve(script, [String(bytes), String(answered)], {}, flags);
  return {
    server,
    round: (seconds: number): Promise<Round> =>
      measured(server, () =>
        load.run({ url: server.ws, connections: CONNECTIONS, seconds, of: { echo: bytes } }),
      ),
  };
}

async function measured(server: Served, work: () => Promise<Load>): Promise<Round> {
  const pid = server.process.pid ?? 0;
  const before = cpuOf(pid);
  const load = await work();
  return { load, cpu_us: rounded((cpuOf(pid) - before) / Math.max(1, load.turns)) };
}

export function perSecond({ turns, seconds }: Load): number {
  return turns / seconds;
}

/** A round as one column of a line. */
export function said(name: string, { load, cpu_us }: Round): string {
  const { p50_ms, p99_ms } = load;
  const rate = Math.round(perSecond(load)).toString().padStart(6);
  return `${name} ${rate}/s  p50 ${p50_ms} ms  p99 ${p99_ms} ms  ${cpu_us} us cpu`;
}
