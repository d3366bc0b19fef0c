import { createServer, type Server } from "node:http";
import type { AddressInfo } from "node:net";
import { calculateJwkThumbprint, exportJWK, generateKeyPair, type JWK } from "jose";

/** A key pair with its public JWK, whose `kid` is its RFC 7638 thumbprint. */
export interface Keys {
  readonly privateKey: CryptoKey;
  readonly publicKey: CryptoKey;
  readonly jwk: JWK;
  readonly kid: string;
}

export async function keys(alg = "ES256"): Promise<Keys> {
  const { privateKey, publicKey } = await generateKeyPair(alg, { extractable: true });
  const plain = await exportJWK(publicKey);
  const kid = await calculateJwkThumbprint(plain);
  return { privateKey, publicKey, kid, jwk: { ...plain, kid, alg } };
}

/** A server that publishes keys, wherever it is asked, and counts how often. */
export interface Publisher {
  readonly origin: string;
  publish(...jwks: readonly JWK[]): void;
  asked(): number;
  close(): Promise<void>;
}

export async function publisher(...jwks: readonly JWK[]): Promise<Publisher> {
  let published = jwks;
  let asked = 0;
  const server: Server = createServer((_, answer) => {
    asked += 1;
    answer.setHeader("content-type", "application/json");
    answer.end(JSON.stringify({ keys: published }));
  });
  await new Promise<void>((done) => server.listen(0, "127.0.0.1", done));
  return {
    origin: `http://127.0.0.1:${(server.address() as AddressInfo).port}`,
    publish: (...next) => {
      published = next;
    },
    asked: () => asked,
    close: () => new Promise((done) => server.close(() => done())),
  };
}
