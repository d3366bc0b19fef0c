import crypto from "node:crypto";
import { syncBuiltinESMExports } from "node:module";
import FakeTimers from "@sinonjs/fake-timers";
import { type Random, uniform } from "./chance.ts";

/** A process in which time passes only from one timer to the next, and chance follows from a seed. */
export interface Virtual {
  /** Milliseconds since the beginning. */
  now(): number;
  /** The next timer, and all that follows from it before the one behind. False when there is none. */
  step(): Promise<boolean>;
  /** The clock goes ahead at once, as of a machine that was asleep: what was to happen meanwhile is late. */
  jump(ms: number): void;
  leave(): void;
}

const BEGINS = Date.parse("2030-05-06T07:08:09.000Z");
const FAKED = [
  ...(["setTimeout", "clearTimeout", "setInterval", "clearInterval"] as const),
  ...(["setImmediate", "clearImmediate", "Date", "performance"] as const),
];

const later = globalThis.setImmediate;
/** Promises and ticks are left as they are: they run in one order, and all of them do before the event loop turns. */
const settled = () => new Promise<void>((turned) => void later(turned));

/**
 * Takes over every clock, timer and source of chance of this thread, for whoever imported them, too; `leave` gives them
 * back. Salts have a stream of their own: a pool of them outlives a run, so that two runs ask for them at other moments.
 */
export function enterVirtual(seed: number): Virtual {
  const clock = FakeTimers.install({ now: BEGINS, toFake: [...FAKED] });
  const before = { random: Math.random, bytes: crypto.randomBytes, fill: crypto.randomFillSync };
  const values = globalThis.crypto.getRandomValues;
  const ids = uniform(seed ^ 0x1d5);
  const salts = uniform(seed ^ 0x5a17);
  Math.random = uniform(seed ^ 0xda7e);
  Object.assign(crypto, {
    randomBytes: (bytes: number) => filled(Buffer.alloc(bytes), ids),
    randomFillSync: (into: Buffer) => filled(into, salts),
  });
  globalThis.crypto.getRandomValues = ((into: Uint8Array) =>
    filled(into, ids)) as typeof globalThis.crypto.getRandomValues;
  syncBuiltinESMExports();
  return {
    now: () => clock.now - BEGINS,
    step: async () => {
      if (clock.countTimers() === 0) return false;
      clock.next();
      await settled();
      return true;
    },
    jump: (ms) => clock.setSystemTime(clock.now + ms),
    leave: () => {
      clock.uninstall();
      Math.random = before.random;
      Object.assign(crypto, { randomBytes: before.bytes, randomFillSync: before.fill });
      globalThis.crypto.getRandomValues = values;
      syncBuiltinESMExports();
    },
  };
}

function filled<Bytes extends Uint8Array>(bytes: Bytes, random: Random): Bytes {
  for (let i = 0; i < bytes.length; i++) bytes[i] = Math.floor(random() * 256);
  return bytes;
}
