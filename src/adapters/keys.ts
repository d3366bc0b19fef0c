import { randomBytes } from "node:crypto";
import {
  chmodSync,
  existsSync,
  linkSync,
  mkdirSync,
  readdirSync,
  readFileSync,
  renameSync,
  rmSync,
  writeFileSync,
} from "node:fs";
import { dirname, join } from "node:path";
import type { JWK } from "jose";
import { z } from "zod";
import { Fault } from "../domain/fault.ts";
import type { Signer } from "../ports/signer.ts";

const ALG = "ES256";
export const INTENT_TYP = "parley-intent+jws";

/**
 * Signing keys in a folder, one JWK a file, newest last by name. The newest signs; all verify, so that an order signed
 * before a rotation still verifies. Private parts stay in files only their owner can read. What is signed and verified is
 * of one kind, `typ`: no receipt passes for an order.
 */
export async function openKeys(folder: string, typ = INTENT_TYP): Promise<Signer> {
  if (files(folder).length === 0) await addFirstKey(folder);
  const keys = files(folder).map((file) => readKey(join(folder, file)));
  const newest = keys.at(-1);
  if (!newest) throw new Fault("bad_config", `${folder} holds no signing key`);
  const jwks = { keys: keys.map(publicPart).reverse() };
  const header = { alg: ALG, kid: newest.kid ?? "", typ };
  const encoder = new TextEncoder();
  let tools: ReturnType<typeof toolsFor> | undefined;
  const ready = () => {
    tools ??= toolsFor(newest, jwks);
    return tools;
  };
  // Nobody signs in the first moment: the library is read when the start is over.
  setTimeout(() => void ready(), PREPARE_MS).unref();
  return {
    sign: async (payload) => {
      const { jose, signing } = await ready();
      return new jose.CompactSign(encoder.encode(payload)).setProtectedHeader(header).sign(signing);
    },
    verify: async (jws) => {
      const { jose, known } = await ready();
      try {
        const { payload, protectedHeader } = await jose.compactVerify(jws, known, { algorithms: [ALG] });
        return protectedHeader.typ === typ ? new TextDecoder().decode(payload) : null;
      } catch {
        return null;
      }
    },
    jwks: () => jwks,
  };
}

const PREPARE_MS = 500;

async function toolsFor(newest: JWK, jwks: { keys: JWK[] }) {
  const jose = await import("jose");
  return { jose, signing: await jose.importJWK(newest, ALG), known: jose.createLocalJWKSet(jwks) };
}

/** Makes a new key, which signs from the next start on. Gives its id. */
export async function addKey(folder: string): Promise<string> {
  const jwk = await newKey();
  mkdirSync(folder, { recursive: true, mode: 0o700 });
  const stamp = new Date().toISOString().replace(/[:.]/g, "-");
  writePrivate(join(folder, `${stamp}-${jwk.kid}.json`), JSON.stringify(jwk));
  return jwk.kid;
}

/** Of several gateways that start on one home at once, one makes it and all sign with it. Its name comes before any date. */
async function addFirstKey(folder: string): Promise<void> {
  mkdirSync(folder, { recursive: true, mode: 0o700 });
  writeFirst(join(folder, "0-first.json"), JSON.stringify(await newKey()));
}

async function newKey(): Promise<JWK & { readonly kid: string }> {
  const { exportJWK, generateKeyPair } = await import("jose");
  const { privateKey } = await generateKeyPair(ALG, { extractable: true });
  const kid = randomBytes(6).toString("base64url");
  return { ...(await exportJWK(privateKey)), kid, alg: ALG, use: "sig" };
}

/** Ids of all keys, oldest first; the last one signs. */
export function listKeys(folder: string): string[] {
  return files(folder).map((file) => readKey(join(folder, file)).kid ?? file);
}

/** Secrets made at first run. */
export interface Tokens {
  /** Opens staff roles and staff endpoints. */
  readonly staff: string;
  /** The vendor's system shows it when it answers orders. */
  readonly receiver: string;
  /** Signs webhooks (Standard Webhooks, `whsec_` and base64). */
  readonly webhook: string;
  /** The one before it, which signs beside it until then. */
  readonly webhook_before?: { readonly secret: string; readonly until: string };
  /** Keys what the gateway derives for clients. */
  readonly derive: string;
}

export function openTokens(file: string): Tokens {
  if (existsSync(file)) return JSON.parse(readFileSync(file, "utf8")) as Tokens;
  const tokens: Tokens = {
    staff: `staff_${randomBytes(24).toString("base64url")}`,
    receiver: `recv_${randomBytes(24).toString("base64url")}`,
    webhook: webhookSecret(),
    derive: randomBytes(32).toString("base64url"),
  };
  writeFirst(file, `${JSON.stringify(tokens, null, 2)}\n`);
  return JSON.parse(readFileSync(file, "utf8")) as Tokens;
}

/** Makes a new webhook secret; the present one signs beside it until `until`, from the next start on. Gives the new one. */
export function rotateWebhookSecret(file: string, until: string): string {
  const tokens = openTokens(file);
  const webhook = webhookSecret();
  const webhook_before = { secret: tokens.webhook, until };
  writePrivate(file, `${JSON.stringify({ ...tokens, webhook, webhook_before }, null, 2)}\n`);
  return webhook;
}

/** All that webhooks are signed with, the newest first. */
export function webhookSecrets({ webhook, webhook_before }: Tokens) {
  return [{ secret: webhook, until: null }, ...(webhook_before ? [webhook_before] : [])];
}

/** 24 bytes: Standard Webhooks asks for 24 to 64. */
function webhookSecret(): string {
  return `whsec_${randomBytes(24).toString("base64")}`;
}

/** What draws the limits above the floors (domain/draws.ts); every version that ever drew is kept, for replays. */
export interface LimitKeys {
  readonly file: string;
  readonly newest: number;
  /** Null when there is none of this version, or it is lost. */
  secret(version: number): string | null;
}

/**
 * Makes the first key when the file is not there and none was ever `used`: the newest version that a stored turn was
 * decided with, 0 for none. Throws `bad_config` when the file does not hold keys, or not all that were used: another key
 * in their stead would draw every limit anew, and decide past turns otherwise.
 */
export function openLimitKeys(file: string, used = 0): LimitKeys {
  if (used === 0 && !existsSync(file)) addFirstLimitKey(file);
  const keys = existsSync(file) ? readLimitKeys(file) : [];
  if (keys.length < used) {
    const missing = keys.length === 0 ? "is missing" : `ends with key ${keys.length}`;
    throw new Fault(
      "bad_config",
      `${file} ${missing}, but limits were drawn with key ${used}; restore it from a backup; if there is none, \`keys rotate-limits\` draws all limits anew, and what was decided with that key cannot be decided again`,
    );
  }
  return { file, newest: keys.length, secret: (version) => keys[version - 1] ?? null };
}

/**
 * Makes a key that draws from the next start on, of a version that was never `used`. Those that the file should hold and
 * does not are lost from then on. Gives its version, and theirs.
 */
export function addLimitKey(file: string, used = 0): { readonly version: number; readonly lost: number[] } {
  const kept = existsSync(file) ? readLimitKeys(file) : [];
  const gap = Array.from({ length: Math.max(0, used - kept.length) }, () => null);
  const keys = [...kept, ...gap, randomBytes(32).toString("base64url")];
  mkdirSync(dirname(file), { recursive: true, mode: 0o700 });
  writePrivate(file, `${JSON.stringify({ keys }, null, 2)}\n`);
  return { version: keys.length, lost: keys.flatMap((key, i) => (key === null ? [i + 1] : [])) };
}

function addFirstLimitKey(file: string): void {
  mkdirSync(dirname(file), { recursive: true, mode: 0o700 });
  writeFirst(file, `${JSON.stringify({ keys: [randomBytes(32).toString("base64url")] }, null, 2)}\n`);
}

/** Null where a key was lost. */
const LimitKeyFile = z.strictObject({
  keys: z
    .array(z.string().length(43).nullable())
    .refine((keys) => typeof keys.at(-1) === "string", "the last one draws"),
});

function readLimitKeys(file: string): readonly (string | null)[] {
  try {
    return LimitKeyFile.parse(JSON.parse(readFileSync(file, "utf8"))).keys;
  } catch (cause) {
    const mend = "restore it from a backup: without it past turns cannot be decided again";
    throw new Fault("bad_config", `${file} does not hold the keys of the limits; ${mend}`, { cause });
  }
}

function files(folder: string): string[] {
  if (!existsSync(folder)) return [];
  return readdirSync(folder)
    .filter((name) => name.endsWith(".json"))
    .sort();
}

function readKey(file: string): JWK {
  try {
    return JSON.parse(readFileSync(file, "utf8")) as JWK;
  } catch (cause) {
    throw new Fault("bad_config", `${file} is no signing key (a JWK as JSON was expected)`, { cause });
  }
}

function publicPart({ kty, crv, x, y, kid, alg, use }: JWK): JWK {
  return { kty, crv, x, y, kid, alg, use } as JWK;
}

function writePrivate(file: string, text: string): void {
  renameSync(written(file, text), file);
}

/** Unless somebody else was first, whose file then stays. */
function writeFirst(file: string, text: string): void {
  const made = written(file, text);
  try {
    linkSync(made, file);
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code !== "EEXIST") throw error;
  } finally {
    rmSync(made);
  }
}

/** A file beside it that only its owner can read. */
function written(file: string, text: string): string {
  const made = `${file}.${process.pid}.tmp`;
  writeFileSync(made, text, { mode: 0o600, flush: true });
  chmodSync(made, 0o600);
  return made;
}
