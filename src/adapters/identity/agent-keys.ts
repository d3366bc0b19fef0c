import { createPublicKey, type KeyObject } from "node:crypto";
import { z } from "zod";
import { Fault } from "../../domain/fault.ts";

/** Where an agent publishes the keys it signs requests with (draft-meunier-http-message-signatures-directory). */
export const DIRECTORY = "/.well-known/http-message-signatures-directory";

const KEPT_MS = 600_000;
/** An unknown key has a directory read again, at most so often: a flood of made-up key ids is no flood for the agent. */
const AGAIN_MS = 60_000;
const TIMEOUT_MS = 5_000;
const MOST_BYTES = 65_536;
const MOST_KEYS = 32;

const Directory = z.object({
  keys: z.array(z.looseObject({ kty: z.string(), crv: z.string().optional(), x: z.string().optional() })),
});

/** The Ed25519 keys that the agents a vendor lists publish, by agent and RFC 7638 thumbprint. */
export interface AgentKeys {
  /** `agent` is an origin, one of those listed. Null when it has no such key. Throws `unavailable`. */
  find(agent: string, keyid: string): Promise<KeyObject | null>;
}

/** `now` gives milliseconds. */
export function agentKeys(now: () => number = () => performance.now()): AgentKeys {
  const known = new Map<
    string,
    { readonly read: number; readonly keys: Promise<ReadonlyMap<string, KeyObject>> }
  >();
  const read = (agent: string) => {
    const keys = fetched(agent);
    known.set(agent, { read: now(), keys });
    // A failure is remembered as long as an unknown key is.
    keys.catch(() => {});
    return keys;
  };
  return {
    find: async (agent, keyid) => {
      const before = known.get(agent);
      const age = before ? now() - before.read : Number.POSITIVE_INFINITY;
      const kept = before && age < KEPT_MS ? await before.keys.catch(() => null) : null;
      const key = kept?.get(keyid);
      if (key) return key;
      if (age < AGAIN_MS) {
        if (kept) return null;
        throw new Fault("unavailable", `the keys of ${agent} cannot be read now; come back in a minute`);
      }
      try {
        return (await read(agent)).get(keyid) ?? null;
      } catch (cause) {
        throw new Fault("unavailable", `the keys of ${agent} cannot be read now; come back in a minute`, {
          cause,
        });
      }
    },
  };
}

async function fetched(agent: string): Promise<ReadonlyMap<string, KeyObject>> {
  const { calculateJwkThumbprint } = await import("jose");
  const answer = await fetch(agent + DIRECTORY, {
    redirect: "error",
    signal: AbortSignal.timeout(TIMEOUT_MS),
  });
  if (!answer.ok) throw new Error(`${agent}${DIRECTORY} answered ${answer.status}`);
  const { keys } = Directory.parse(JSON.parse(await bounded(answer)));
  const found = new Map<string, KeyObject>();
  for (const jwk of keys.slice(0, MOST_KEYS)) {
    if (jwk.kty !== "OKP" || jwk.crv !== "Ed25519") continue;
    const plain = { kty: jwk.kty, crv: jwk.crv, x: jwk.x ?? "" };
    found.set(await calculateJwkThumbprint(plain), createPublicKey({ key: plain, format: "jwk" }));
  }
  return found;
}

async function bounded(answer: Response): Promise<string> {
  const chunks: Uint8Array[] = [];
  let bytes = 0;
  for await (const chunk of answer.body ?? []) {
    bytes += chunk.length;
    if (bytes > MOST_BYTES) throw new Error(`more than ${MOST_BYTES} bytes`);
    chunks.push(chunk);
  }
  return Buffer.concat(chunks).toString("utf8");
}
