import { createHash } from "node:crypto";
import { createSignature, type RequestDescriptor, webcrypto } from "http-message-sig";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { agentKeys } from "../../../src/adapters/identity/agent-keys.ts";
import { requestVerifier } from "../../../src/adapters/identity/signatures.ts";
import type { RequestVerifier, SignedRequest } from "../../../src/ports/identity.ts";
import { type Keys, keys, type Publisher, publisher } from "./keys.ts";

const NOW = 1_900_000_000;
let ours: Keys;
let agent: Publisher;
let verifier: RequestVerifier;

beforeAll(async () => {
  ours = await keys("EdDSA");
  agent = await publisher(ours.jwk);
  verifier = requestVerifier([agent.origin], agentKeys(), { now: () => new Date(NOW * 1_000).toISOString() });
});
afterAll(() => agent.close());

interface Signing {
  readonly components?: Parameters<typeof createSignature>[1]["components"];
  readonly parameters?: Record<string, string | number | undefined>;
  readonly body?: string;
  readonly fields?: Record<string, string>;
  readonly by?: Keys;
  /** What is done to the request after it was signed. */
  readonly changed?: Partial<SignedRequest>;
}

async function signed(signing: Signing = {}): Promise<SignedRequest> {
  const body = signing.body ?? "";
  const digest = createHash("sha256").update(body).digest("base64");
  const fields = Object.entries({
    "signature-agent": `"${agent.origin}"`,
    ...(body ? { "content-digest": `sha-256=:${digest}:` } : {}),
    ...signing.fields,
  }).map(([name, value]) => ({ name, value }));
  const request: RequestDescriptor = {
    ...{ kind: "request", method: "GET", targetUri: "https://shop.example/v1/ws", fields },
  };
  const by = signing.by ?? ours;
  const made = await createSignature(request, {
    components: signing.components ?? ["@method", "@authority", "@path", "signature-agent"],
    parameters: {
      ...{
        created: NOW - 5,
        expires: NOW + 55,
        keyid: by.kid,
        nonce: "0123456789abcdef",
        tag: "web-bot-auth",
      },
      ...signing.parameters,
    },
    signer: webcrypto.signer(by.privateKey),
  });
  const more = [
    { name: "signature", value: made.signature },
    { name: "signature-input", value: made.signatureInput },
  ];
  const { method, targetUri: url } = request;
  return {
    method,
    url,
    fields: [...fields, ...more],
    body: body ? Buffer.from(body) : null,
    ...signing.changed,
  };
}

const refused = async (signing: Signing) =>
  expect(verifier.verify(await signed(signing))).rejects.toMatchObject({ code: "unauthorized" });

describe("a signed request", () => {
  it("of an agent of the list says which it is, and its nonce with the key's name", async () => {
    const { agent: host, nonce, until } = await verifier.verify(await signed());
    expect(host).toBe(new URL(agent.origin).host);
    expect(nonce).toBe(`${ours.kid} 0123456789abcdef`);
    expect(Date.parse(until)).toBe((NOW + 60) * 1_000);
  });

  it.each<[string, Signing]>([
    ["for another path", { changed: { url: "https://shop.example/v1/sessions" } }],
    ["for another vendor", { changed: { url: "https://other.example/v1/ws" } }],
    ["with another method", { changed: { method: "POST" } }],
    ["that has ended", { parameters: { created: NOW - 100, expires: NOW - 6 } }],
    ["made in the future", { parameters: { created: NOW + 6, expires: NOW + 60 } }],
    ["good for longer than eight minutes", { parameters: { created: NOW - 5, expires: NOW + 476 } }],
    ["without an end", { parameters: { expires: undefined } }],
    ["without a nonce", { parameters: { nonce: undefined } }],
    ["with a nonce that says nothing", { parameters: { nonce: "1" } }],
    ["for another purpose", { parameters: { tag: "web-bot-auth-2" } }],
    ["that does not cover whom it is for", { components: ["@method", "@path", "signature-agent"] }],
    ["that does not cover the agent it names", { components: ["@method", "@authority"] }],
    ["that names an agent nobody listed", { fields: { "signature-agent": '"https://evil.example"' } }],
    ["with a body it does not cover", { body: "{}", components: ["@authority", "signature-agent"] }],
  ])("%s is refused", (_, signing) => refused(signing));

  it("whose body is not the one it was signed with is refused", async () => {
    const components = ["@method", "@authority", "content-digest", "signature-agent"];
    const body = '{"lang":"en"}';
    await expect(verifier.verify(await signed({ components, body }))).resolves.toMatchObject({});
    await refused({ components, body, changed: { body: Buffer.from('{"lang":"ko"}') } });
  });

  it("that covers another digest of its body than the one it is held to is refused", async () => {
    const body = '{"lang":"en"}';
    const sha512 = createHash("sha512").update(body).digest("base64");
    const sha256 = (text: string) => createHash("sha256").update(text).digest("base64");
    const components = ["@method", "@authority", "signature-agent"];
    const request = await signed({
      components: [...components, { name: "content-digest", parameters: { key: "sha-512" } }],
      body,
      fields: { "content-digest": `sha-256=:${sha256(body)}:, sha-512=:${sha512}:` },
    });
    const forged = '{"lang":"ko"}';
    const fields = request.fields.map(({ name, value }) => ({
      name,
      value: name === "content-digest" ? value.replace(sha256(body), sha256(forged)) : value,
    }));
    const changed = { ...request, fields, body: Buffer.from(forged) };
    await expect(verifier.verify(changed)).rejects.toMatchObject({ code: "unauthorized" });
  });

  it("of a key that is not published is refused, and does not have the directory read again and again", async () => {
    const strange = await keys("EdDSA");
    const before = agent.asked();
    for (let i = 0; i < 10; i++) await refused({ by: strange });
    expect(agent.asked() - before).toBeLessThanOrEqual(1);
  });

  it("of a published key that is no Ed25519 key is refused", async () => {
    const curve = await keys("ES256");
    const other = await publisher(curve.jwk);
    const own = requestVerifier([other.origin], agentKeys(), {
      now: () => new Date(NOW * 1_000).toISOString(),
    });
    const request = await signed({
      parameters: { keyid: curve.kid },
      fields: { "signature-agent": `"${other.origin}"` },
    });
    await expect(own.verify(request)).rejects.toMatchObject({ code: "unauthorized" });
    await other.close();
  });

  it("of an agent whose keys cannot be read may come again", async () => {
    await agent.close();
    const own = requestVerifier([agent.origin], agentKeys(), {
      now: () => new Date(NOW * 1_000).toISOString(),
    });
    await expect(own.verify(await signed())).rejects.toMatchObject({ code: "unavailable" });
    // Known keys go on being good meanwhile.
    await expect(verifier.verify(await signed())).resolves.toMatchObject({});
  });
});

describe("RFC 9421, appendix B.2.6", () => {
  const JWK = { kty: "OKP", crv: "Ed25519", x: "JrQLj5P_89iXES9-vFgrIy29clF9CC_oPPsw3c5D0bs" };
  const INPUT =
    'sig-b26=("date" "@method" "@path" "@authority" "content-type" "content-length");created=1618884473;keyid="test-key-ed25519"';
  const SIGNATURE =
    "sig-b26=:wqcAqbmYJ2ji2glfAMaRy4gruYYnx2nEFN2HN6jrnDnQCK1u02Gb04v9EDgwUPiu4A0w6vuQv5lIp5WPpBKRCw==:";
  const fields = {
    ...{ host: "example.com", date: "Tue, 20 Apr 2021 02:07:55 GMT" },
    ...{ "content-type": "application/json", "content-length": "18" },
  };

  it("verifies by the library that is used here, and not with a byte changed", async () => {
    const { verifySignature } = await import("http-message-sig");
    const key = await crypto.subtle.importKey("jwk", JWK, "Ed25519", false, ["verify"]);
    const check = (more: Record<string, string>) =>
      verifySignature(
        {
          ...{ kind: "request", method: "POST", targetUri: "https://example.com/foo?param=Value&Pet=dog" },
          fields: Object.entries({ ...fields, "signature-input": INPUT, signature: SIGNATURE, ...more }).map(
            ([name, value]) => ({ name, value }),
          ),
        },
        {
          resolveVerifier: () => webcrypto.verifier(key),
          policy: {
            algorithms: ["ed25519"],
            requiredComponents: [],
            requiredParameters: ["created"],
            now: 1618884480,
          },
        },
      );
    await expect(check({})).resolves.toMatchObject({ label: "sig-b26" });
    await expect(check({ date: "Tue, 20 Apr 2021 02:07:56 GMT" })).rejects.toThrow();
    await expect(check({ signature: SIGNATURE.replace("wqcA", "wqcB") })).rejects.toThrow();
  });
});
