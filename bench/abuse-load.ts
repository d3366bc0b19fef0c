import { execFile, fork } from "node:child_process";
import { resolve } from "node:path";
import { setTimeout as sleep } from "node:timers/promises";
import { promisify } from "node:util";
import { residentOf } from "./abuse-frames.ts";
import type { Ledger } from "./abuse-ledger.ts";
import { Attacker } from "./abuse-wire.ts";
import { percentile, rounded } from "./statistics.ts";

/** What the gateway under load was configured with; a bucket gives a tenth of it at once. */
export const LOAD = { connection: 600, principal: 900, address: 1_200, connections: 20 } as const;
const FLOODERS = 10;
const READERS = 100;
const READING_MS = 8_000;

/** D6: each limit taken to its brim by somebody who waits when told to. */
export async function rates(ws: string, apiKey: string, ledger: Ledger): Promise<void> {
  const seconds = 10;
  const measured = async (sockets: number, limit: number, hello: object, from: string) => {
    const headers = { "x-forwarded-for": from };
    const all = await Promise.all(Array.from({ length: sockets }, () => Attacker.open(ws, hello, headers)));
    await Promise.all(all.map((one) => one.greeted()));
    const ends = performance.now() + seconds * 1_000;
    const taken = await Promise.all(all.map((one) => brim(one, ends)));
    for (const one of all) one.close();
    const sum = taken.reduce((total, n) => total + n, 0);
    const allowed = limit / 10 + (limit / 60) * seconds;
    return { got: `${sum} of ${allowed} in ${seconds} s`, held: Math.abs(sum / allowed - 1) <= 0.1 };
  };
  // Of three addresses, so that none is in the other's way.
  await Promise.all([
    ledger.judge("D6", "one connection's messages", "within 10 % of its limit", () =>
      measured(1, LOAD.connection, {}, "203.0.113.1"),
    ),
    ledger.judge("D6", "one principal's, over four connections", "within 10 % of its limit", () =>
      measured(4, LOAD.principal, { key: apiKey }, "203.0.113.2"),
    ),
    ledger.judge("D6", "one address's, over six connections", "within 10 % of its limit", () =>
      measured(6, LOAD.address, {}, "203.0.113.3"),
    ),
  ]);
  await ledger.judge("D6", "one address's connections", `${LOAD.connections} and then 429`, async () => {
    const headers = { "x-forwarded-for": "203.0.113.4" };
    const all = await Promise.all(
      Array.from({ length: LOAD.connections + 5 }, () => Attacker.dial(ws, headers)),
    );
    const open = all.filter((one) => typeof one !== "number") as Attacker[];
    const statuses = new Set(all.filter((one) => typeof one === "number"));
    for (const one of open) one.close();
    const got = `${open.length} and then ${[...statuses].join()}`;
    return { got, held: got === `${LOAD.connections} and then 429` };
  });
}

/** Sends pings as fast as they are taken, a few at once; gives how many were. */
async function brim(one: Attacker, ends: number): Promise<number> {
  let taken = 0;
  // The hello was a message as well.
  for (let n = 1; performance.now() < ends; ) {
    const from = one.frames.length;
    one.send({ type: "ping" });
    n += 1;
    const answer = await one.until(({ type }) => type === "pong" || type === "fault", from, 5_000);
    if (answer?.type === "pong") taken = n;
    else {
      n -= 1;
      const { retry_after_ms = 50 } = (answer?.detail ?? {}) as { retry_after_ms?: number };
      await sleep(Math.min(retry_after_ms, Math.max(0, ends - performance.now())));
    }
    if (one.socket.readyState !== 1) break;
  }
  return taken;
}

/** A 10x flood beside quiet neighbours, who are measured without it and with it by turns. */
export async function flood(ws: string, ledger: Ledger): Promise<void> {
  // Each from an address of its own, and within its limits: what is refused to them would be no answer.
  const from = (i: number) => ({ "x-forwarded-for": `203.0.113.${10 + i}` });
  const quiet = await Promise.all(Array.from({ length: 8 }, (_, i) => Attacker.open(ws, {}, from(i))));
  await Promise.all(quiet.map((one) => one.greeted()));
  const talk = async (seconds: number) => {
    const took: number[] = [];
    const ends = performance.now() + seconds * 1_000;
    await Promise.all(
      quiet.map(async (one) => {
        while (performance.now() < ends) {
          const began = performance.now();
          await answered(one);
          took.push(performance.now() - began);
          await sleep(150);
        }
      }),
    );
    return took;
  };
  await talk(2);
  const calm: number[] = [];
  const flooded: number[] = [];
  const counts: string[] = [];
  for (let round = 0; round < 4; round++) {
    calm.push(...(await talk(5)));
    const args = [ws, "5", String(FLOODERS), String((LOAD.connection / 60) * 10)];
    const script = resolve(import.meta.dirname, "abuse-flood.ts");
    const [during, { stdout }] = await Promise.all([
      sleep(300).then(() => talk(4)),
      promisify(execFile)(process.execPath, [script, ...args]),
    ]);
    flooded.push(...during);
    counts.push(stdout.trim());
  }
  for (const one of quiet) one.close();
  const [before, during] = [calm, flooded].map((took) => rounded(percentile(took, 99), 2)) as [
    number,
    number,
  ];
  await ledger.judge("D6", "a 10x flood of ten connections", "others' p99 < 2x", async () => ({
    got: `p99 ${before} ms without, ${during} ms with; p50 ${rounded(percentile(calm, 50), 2)} and ${rounded(percentile(flooded, 50), 2)}; ${counts.at(-1)}`,
    held: during < 2 * before,
  }));
  await ledger.judge("D6", "the flooders", "refused and cut off", async () => {
    const { refused = 0, cut = 0 } = JSON.parse(counts.at(-1) ?? "{}") as { refused?: number; cut?: number };
    return { got: `${refused} refused, ${cut} cut off`, held: refused > 0 && cut > 0 };
  });
}

/** The milliseconds of an answer, heard as it comes and not by polling. */
function answered(one: Attacker): Promise<void> {
  return new Promise((done) => {
    const id = Math.random().toString(36).slice(2);
    const heard = (data: unknown) => {
      if (!/"kind":"reply"|"type":"fault"/.test(String(data))) return;
      one.socket.off("message", heard);
      done();
    };
    one.socket.on("message", heard);
    one.send({ type: "say", id, act: { act: "search", query: "desk lamp" } });
  });
}

/** What the process of readers says. */
type Phase =
  | { readonly phase: "reading" | "paused" }
  | { readonly phase: "over"; readonly codes: number[]; readonly back: string[]; readonly events: number };

/** D5: readers that do not read, and neighbours who are measured while they read and while they do not. */
export async function slow(ws: string, pid: number, ledger: Ledger): Promise<void> {
  const script = resolve(import.meta.dirname, "abuse-slow.ts");
  const child = fork(script, [ws, String(READERS), String(READING_MS)]);
  const heard = new Map<string, Phase>();
  child.on("message", (said: Phase) => heard.set(said.phase, said));
  const reached = async (phase: string) => {
    for (const ends = performance.now() + 60_000; !heard.has(phase); await sleep(10))
      if (performance.now() > ends || child.exitCode !== null)
        throw new Error(`the readers never came to ${phase}`);
  };
  await reached("reading");
  const neighbours = await Promise.all(Array.from({ length: 4 }, () => Attacker.open(ws)));
  await Promise.all(neighbours.map((one) => one.greeted()));
  const calm = await talkUntil(neighbours, () => heard.has("paused"));
  const before = residentOf(pid);
  let most = before;
  let left = READERS;
  let over = false;
  const watching = (async () => {
    for (const ends = performance.now() + 50_000; left > 0 && performance.now() < ends; await sleep(100)) {
      most = Math.max(most, residentOf(pid));
      left = Math.max(0, (await connectionsOf(ws)) - 1 - neighbours.length);
    }
    over = true;
  })();
  const beside = await talkUntil(neighbours, () => over);
  await watching;
  child.send("read on");
  await reached("over");
  for (const one of neighbours) one.close();
  const { codes, back, events } = heard.get("over") as Extract<Phase, { phase: "over" }>;
  const closed = codes.filter((code) => code === 4413 || code === 1006).length;
  await ledger.judge(
    "D5",
    `${READERS} readers that do not read`,
    "all closed: 4413, or 1006 where that is never read",
    async () => ({
      got: `${left} open, ${closed} of ${READERS} closed: ${[...new Set(codes)].join()}; ${events} events`,
      held: left === 0 && closed === READERS,
    }),
  );
  const grown = (most - before) / 1_048_576;
  await ledger.judge("D5", "memory they took: 1 MiB each at most", `< ${READERS} MiB`, async () => ({
    got: `${rounded(grown)} MiB`,
    held: grown < READERS,
  }));
  const [reading, paused] = [calm, beside].map((took) => rounded(percentile(took, 99), 2)) as [
    number,
    number,
  ];
  await ledger.judge("D5", "neighbours of them", "others' p99 < 2x of while they read", async () => ({
    got: `p99 ${reading} ms and ${paused} ms, of ${calm.length} and ${beside.length} answers`,
    held: paused < 2 * reading,
  }));
  await ledger.expect("D5", "those that come back for what they missed", "whole", async () =>
    [...new Set(back)].join(),
  );
}

/** The milliseconds of their answers. */
async function talkUntil(quiet: readonly Attacker[], over: () => boolean): Promise<number[]> {
  const took: number[] = [];
  await Promise.all(
    quiet.map(async (one) => {
      while (!over()) {
        const began = performance.now();
        await answered(one);
        took.push(performance.now() - began);
        await sleep(50);
      }
    }),
  );
  return took;
}

/** Connections a gateway says it has. */
async function connectionsOf(ws: string): Promise<number> {
  const { origin } = new URL(ws.replace(/^ws/, "http"));
  const metrics = await (await fetch(`${origin}/metrics`)).text();
  return Number(/^parley_connections (\d+)$/m.exec(metrics)?.[1] ?? -1);
}

/** D7: those who come and go leave nothing behind. */
export async function cycles(ws: string, pid: number, times: number, ledger: Ledger): Promise<void> {
  const round = async (n: number) => {
    for (let i = 0; i < n; i += 50) {
      await Promise.all(
        Array.from({ length: 50 }, async () => {
          const one = await Attacker.dial(ws);
          if (typeof one === "number") throw new Error(`refused with ${one}`);
          one.close();
          await one.closed;
        }),
      );
    }
    await sleep(500);
  };
  await ledger.judge(
    "D7",
    `${times} connections opened and cut`,
    "0 open after, memory within 10 %",
    async () => {
      await round(Math.ceil(times / 2));
      const before = residentOf(pid);
      await round(Math.floor(times / 2));
      const [left, grown] = [await connectionsOf(ws), residentOf(pid) / before - 1];
      return { got: `${left} open, memory ${rounded(grown * 100)} %`, held: left === 0 && grown < 0.1 };
    },
  );
}
