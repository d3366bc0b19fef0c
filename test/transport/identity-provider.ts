import { createServer } from "node:http";
import type { AddressInfo } from "node:net";
import { calculateJwkThumbprint, exportJWK, generateKeyPair, type JWTPayload, SignJWT } from "jose";

/** An OpenID provider on a socket: one client, and whoever `claims` says signs in without being asked. */
export interface Provider {
  readonly issuer: string;
  /** Of whoever signs in next; what is set here wins over what an honest provider would say. */
  claims: JWTPayload;
  /** Whoever signs in next says no, or is not let in there. */
  denies: boolean;
  /** What it was asked at its token endpoint. */
  readonly asked: URLSearchParams[];
  close(): Promise<void>;
}

export async function startProvider(client: {
  readonly id: string;
  readonly secret: string;
}): Promise<Provider> {
  const { privateKey, publicKey } = await generateKeyPair("RS256");
  const jwk = await exportJWK(publicKey);
  const kid = await calculateJwkThumbprint(jwk);
  const codes = new Map<
    string,
    { readonly challenge: string; readonly nonce: string; readonly back: string }
  >();
  const asked: URLSearchParams[] = [];
  const provider: Provider = { issuer: "", claims: {}, denies: false, asked, close: async () => {} };

  const server = createServer(async (request, response) => {
    const url = new URL(request.url ?? "/", provider.issuer);
    const json = (value: object, status = 200) => {
      response.writeHead(status, { "content-type": "application/json", "cache-control": "no-store" });
      response.end(JSON.stringify(value));
    };
    if (url.pathname === "/.well-known/openid-configuration")
      return json({
        ...{ issuer: provider.issuer, jwks_uri: `${provider.issuer}/keys` },
        authorization_endpoint: `${provider.issuer}/authorize`,
        token_endpoint: `${provider.issuer}/token`,
        ...{ response_types_supported: ["code"], subject_types_supported: ["public"] },
        ...{ id_token_signing_alg_values_supported: ["RS256"], code_challenge_methods_supported: ["S256"] },
      });
    if (url.pathname === "/keys") return json({ keys: [{ ...jwk, kid, alg: "RS256", use: "sig" }] });
    if (url.pathname === "/authorize") {
      const of = (name: string) => url.searchParams.get(name) ?? "";
      const code = `code-${codes.size + 1}`;
      codes.set(code, { challenge: of("code_challenge"), nonce: of("nonce"), back: of("redirect_uri") });
      const back = new URL(of("redirect_uri"));
      const answer: Record<string, string> = provider.denies ? { error: "access_denied" } : { code };
      back.search = new URLSearchParams({ ...answer, state: of("state") }).toString();
      response.writeHead(302, { location: back.href });
      return response.end();
    }
    const body: Buffer[] = [];
    for await (const chunk of request) body.push(chunk as Buffer);
    const sent = new URLSearchParams(Buffer.concat(body).toString());
    asked.push(sent);
    const known = codes.get(sent.get("code") ?? "");
    codes.delete(sent.get("code") ?? "");
    const digest = await crypto.subtle.digest(
      "SHA-256",
      new TextEncoder().encode(sent.get("code_verifier") ?? ""),
    );
    const proven = Buffer.from(digest).toString("base64url") === known?.challenge;
    if (!proven || known.back !== sent.get("redirect_uri") || sent.get("client_secret") !== client.secret)
      return json({ error: "invalid_grant" }, 400);
    const id_token = await new SignJWT({ nonce: known.nonce, sub: "u-1", ...provider.claims })
      .setProtectedHeader({ alg: "RS256", kid })
      .setIssuer(provider.issuer)
      .setAudience(client.id)
      .setIssuedAt()
      .setExpirationTime("5m")
      .sign(privateKey);
    return json({ access_token: "opaque", token_type: "Bearer", expires_in: 300, id_token });
  });
  await new Promise<void>((listening) => server.listen(0, "127.0.0.1", listening));
  const issuer = `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
  return Object.assign(provider, {
    issuer,
    close: async () => {
      server.closeAllConnections();
      await new Promise((closed) => server.close(closed));
    },
  });
}
