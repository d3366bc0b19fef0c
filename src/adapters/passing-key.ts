import { generateKeyPairSync, type KeyObject, sign, verify } from "node:crypto";
import type { Signer } from "../ports/signer.ts";

/**
 * Signs with a key that is made at the first signature and gone with the process: for conversations that are played,
 * whose orders nobody executes. ES256 as in RFC 7515, like the real keys.
 */
export function passingKey(typ: string): Signer {
  let pair: { readonly privateKey: KeyObject; readonly publicKey: KeyObject } | null = null;
  const keys = () => {
    pair ??= generateKeyPairSync("ec", { namedCurve: "P-256" });
    return pair;
  };
  const header = encoded(JSON.stringify({ alg: "ES256", kid: KID, typ }));
  return {
    sign: async (payload) => {
      const text = `${header}.${encoded(payload)}`;
      const signature = sign("sha256", Buffer.from(text), {
        key: keys().privateKey,
        dsaEncoding: "ieee-p1363",
      });
      return `${text}.${signature.toString("base64url")}`;
    },
    verify: async (jws) => {
      const [head = "", payload = "", signature = "", ...rest] = jws.split(".");
      if (head !== header || rest.length > 0) return null;
      const key = { key: keys().publicKey, dsaEncoding: "ieee-p1363" } as const;
      const good = verify(
        "sha256",
        Buffer.from(`${head}.${payload}`),
        key,
        Buffer.from(signature, "base64url"),
      );
      return good ? Buffer.from(payload, "base64url").toString("utf8") : null;
    },
    jwks: () =>
      ({
        keys: [{ ...keys().publicKey.export({ format: "jwk" }), kid: KID, alg: "ES256", use: "sig" }],
      }) as ReturnType<Signer["jwks"]>,
  };
}

const KID = "passing";

function encoded(text: string): string {
  return Buffer.from(text).toString("base64url");
}
