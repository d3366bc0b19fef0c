import {
  createHash,
  createHmac,
  createPublicKey,
  generateKeyPairSync,
  type KeyObject,
  randomBytes,
  sign,
} from "node:crypto";
import { createServer } from "node:http";
import type { AddressInfo } from "node:net";

/** Proofs made by hand, from the RFCs alone: nothing here is shared with what checks them. */
export interface KeyPair {
  readonly alg: "ES256" | "EdDSA";
  readonly secret: KeyObject;
  readonly jwk: Record<string, string>;
  /** RFC 7638 thumbprint. */
  readonly kid: string;
}

export function keyPair(alg: KeyPair["alg"]): KeyPair {
  const { privateKey } =
    alg === "ES256" ? generateKeyPairSync("ec", { namedCurve: "P-256" }) : generateKeyPairSync("ed25519");
  const { crv = "", kty = "", x = "", y } = createPublicKey(privateKey).export({ format: "jwk" });
  const plain = { crv, kty, x, ...(y ? { y } : {}) };
  const kid = sha256(JSON.stringify(plain)).toString("base64url");
  return { alg, secret: privateKey, jwk: plain, kid };
}

const sha256 = (text: string | Buffer) => createHash("sha256").update(text).digest();
const part = (value: object) => Buffer.from(JSON.stringify(value)).toString("base64url");

/** A compact JWS (RFC 7515). */
export function jws(by: KeyPair, head: object, claims: object): string {
  const text = `${part({ alg: by.alg, kid: by.kid, ...head })}.${part(claims)}`;
  const bytes =
    by.alg === "ES256"
      ? sign("sha256", Buffer.from(text), { key: by.secret, dsaEncoding: "ieee-p1363" })
      : sign(null, Buffer.from(text), by.secret);
  return `${text}.${bytes.toString("base64url")}`;
}

export function unsigned(claims: object): string {
  return `${part({ alg: "none" })}.${part(claims)}.`;
}

/** Signed with something public as if it were a shared secret. */
export function shared(secret: string, head: object, claims: object): string {
  const text = `${part({ alg: "HS256", ...head })}.${part(claims)}`;
  return `${text}.${createHmac("sha256", secret).update(text).digest("base64url")}`;
}

export interface Signing {
  readonly by: KeyPair;
  readonly agent: string;
  readonly authority: string;
  readonly path?: string;
  readonly nonce?: string;
  /** Seconds from now. */
  readonly created?: number;
  readonly expires?: number;
  readonly tag?: string;
  readonly keyid?: string;
}

/** The headers of a GET signed as RFC 9421 and the Web Bot Auth profile have it. */
export function signedHeaders(signing: Signing): Record<string, string> {
  const { by, agent, authority, path = "/v1/ws", nonce = randomBytes(16).toString("base64url") } = signing;
  const now = Math.floor(Date.now() / 1_000);
  const [created, expires] = [now + (signing.created ?? 0), now + (signing.expires ?? 60)];
  const covered = `("@method" "@authority" "@path" "signature-agent")`;
  const named = `;keyid="${signing.keyid ?? by.kid}";nonce="${nonce}";tag="${signing.tag ?? "web-bot-auth"}"`;
  const params = `${covered};created=${created};expires=${expires}${named}`;
  const base = [
    `"@method": GET`,
    `"@authority": ${authority}`,
    `"@path": ${path}`,
    `"signature-agent": "${agent}"`,
    `"@signature-params": ${params}`,
  ].join("\n");
  return {
    "signature-agent": `"${agent}"`,
    "signature-input": `sig1=${params}`,
    signature: `sig1=:${sign(null, Buffer.from(base), by.secret).toString("base64")}:`,
  };
}

export interface Mandated {
  readonly bank: KeyPair;
  readonly holder: KeyPair;
  readonly vct?: string;
  readonly audience?: string;
  readonly max?: number;
  readonly payee?: string;
}

/** An AP2 open payment mandate with its key binding (RFC 9901). */
export function mandateText({ bank, holder, vct, audience, max = 20_000, payee }: Mandated): string {
  const now = Math.floor(Date.now() / 1_000);
  const claims = {
    ...{ iss: "https://bank.example", exp: now + 600, vct: vct ?? "mandate.payment.open.1" },
    constraints: [{ type: "payment.amount_range", currency: "USD", max }],
    cnf: { jwk: holder.jwk },
    ...(payee ? { payee: { id: payee, name: payee } } : {}),
  };
  const shown = `${jws(bank, { typ: "dc+sd-jwt" }, claims)}~`;
  const binding = { iat: now, aud: audience ?? "maru-lantern", nonce: randomBytes(12).toString("base64url") };
  const bound = { ...binding, sd_hash: sha256(shown).toString("base64url") };
  return shown + jws(holder, { typ: "kb+jwt" }, bound);
}

/** Publishes keys at every path of a server of its own. */
export async function publish(...keys: readonly KeyPair[]): Promise<{ origin: string; close(): void }> {
  const body = JSON.stringify({ keys: keys.map(({ jwk, kid }) => ({ ...jwk, kid })) });
  const server = createServer((_, answer) => answer.end(body));
  await new Promise<void>((done) => server.listen(0, "127.0.0.1", done));
  const { port } = server.address() as AddressInfo;
  return { origin: `http://127.0.0.1:${port}`, close: () => server.close() };
}
