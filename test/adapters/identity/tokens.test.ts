import { createHmac } from "node:crypto";
import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { SignJWT } from "jose";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { tokenVerifier } from "../../../src/adapters/identity/tokens.ts";
import type { TokenVerifier } from "../../../src/ports/identity.ts";
import { type Keys, keys, type Publisher, publisher } from "./keys.ts";

const NOW = Date.parse("2030-05-06T07:08:09.000Z");
const clock = { now: () => new Date(NOW).toISOString() };
const issuer = "https://login.example";
const audience = "maru-lantern";
let ours: Keys;
let strange: Keys;
let provider: Publisher;
let verifier: TokenVerifier;

beforeAll(async () => {
  [ours, strange] = await Promise.all([keys(), keys()]);
  provider = await publisher(ours.jwk);
  verifier = await tokenVerifier({ issuer, audience, jwks: `${provider.origin}/jwks` }, clock);
});
afterAll(() => provider.close());

interface Said {
  readonly by?: Keys;
  readonly kid?: string;
  readonly claims?: object;
  readonly issuer?: string;
  readonly audience?: string;
  readonly expires?: number;
  readonly begins?: number;
}

function token(said: Said = {}): Promise<string> {
  const by = said.by ?? ours;
  const made = new SignJWT({ sub: "kim", ...said.claims })
    .setProtectedHeader({ alg: "ES256", kid: said.kid ?? by.kid })
    .setIssuer(said.issuer ?? issuer)
    .setAudience(said.audience ?? audience)
    .setExpirationTime(NOW / 1_000 + (said.expires ?? 300));
  if (said.begins !== undefined) made.setNotBefore(NOW / 1_000 + said.begins);
  return made.sign(by.privateKey);
}

const part = (value: object) => Buffer.from(JSON.stringify(value)).toString("base64url");
const claims = part({ sub: "kim", iss: issuer, aud: audience, exp: NOW / 1_000 + 300 });

describe("a token", () => {
  it("of the issuer, for this vendor, in its time says who holds it and until when", async () => {
    expect(await verifier.verify(await token())).toEqual({
      subject: "kim",
      until: "2030-05-06T07:13:09.000Z",
    });
  });

  it.each<[string, Said]>([
    ["of another issuer", { issuer: "https://login.example.org" }],
    ["for another vendor", { audience: "someone-else" }],
    ["that has ended", { expires: -6 }],
    ["that has not begun", { begins: 60 }],
    ["of nobody", { claims: { sub: undefined } }],
    ["of a key it does not know by its id", { kid: "wrong" }],
    ["that names the issuer's key and is signed by another", {}],
  ])("%s is refused", async (name, said) => {
    const by = name.includes("by another") ? { ...strange, kid: ours.kid } : ours;
    await expect(verifier.verify(await token({ ...said, by }))).rejects.toMatchObject({
      code: "unauthorized",
    });
  });

  it("without a signature, or signed with the public key as a shared secret, is refused", async () => {
    const none = `${part({ alg: "none" })}.${claims}.`;
    const head = part({ alg: "HS256", kid: ours.kid });
    const shared = [JSON.stringify(ours.jwk), ours.jwk.x ?? ""].map((secret) => {
      const mac = createHmac("sha256", secret).update(`${head}.${claims}`).digest("base64url");
      return `${head}.${claims}.${mac}`;
    });
    for (const one of [none, ...shared])
      await expect(verifier.verify(one)).rejects.toMatchObject({ code: "unauthorized" });
  });

  it("changed by a byte is refused", async () => {
    const [head, , signature] = (await token()).split(".");
    const other = part({ sub: "lee", iss: issuer, aud: audience, exp: NOW / 1_000 + 300 });
    await expect(verifier.verify(`${head}.${other}.${signature}`)).rejects.toMatchObject({
      code: "unauthorized",
    });
  });

  it("never ends in a token without an end", async () => {
    const eternal = await new SignJWT({ sub: "kim" })
      .setProtectedHeader({ alg: "ES256", kid: ours.kid })
      .setIssuer(issuer)
      .setAudience(audience)
      .sign(ours.privateKey);
    await expect(verifier.verify(eternal)).rejects.toMatchObject({ code: "unauthorized" });
  });

  it("of somebody whose name cannot be kept is of nobody who is named like its digest", async () => {
    const { subject: strange } = await verifier.verify(await token({ claims: { sub: "k\u00edm kim" } }));
    expect(strange).toMatch(/^~[\w-]{43}$/);
    const { subject } = await verifier.verify(await token({ claims: { sub: strange.slice(1) } }));
    expect(subject).not.toBe(strange);
    const copied = await verifier.verify(await token({ claims: { sub: strange } }));
    expect(copied.subject).not.toBe(strange);
  });

  it("of one person is of one person, however the name was typed, and a name that hides characters is nobody's", async () => {
    const subjectOf = async (sub: string) =>
      (await verifier.verify(await token({ claims: { sub } }))).subject;
    expect(await subjectOf("김영희".normalize("NFD"))).toBe(await subjectOf("김영희"));
    expect(await subjectOf("김영희")).not.toBe(await subjectOf("김영호"));
    for (const sub of ["kim\u0000", "\u202emik", "ki\u200bm"])
      await expect(subjectOf(sub)).rejects.toMatchObject({ code: "unauthorized" });
  });

  it.each([undefined, "EdDSA", "Ed25519"])(
    "of an Ed25519 key published with alg %s holds under either name of the algorithm, and no other",
    async (alg) => {
      const { kid, privateKey, jwk } = await keys("Ed25519");
      const { alg: _, ...plain } = jwk;
      const folder = mkdtempSync(join(tmpdir(), "parley-jwks-"));
      const file = join(folder, "jwks.json");
      writeFileSync(file, JSON.stringify({ keys: [{ ...plain, ...(alg ? { alg } : {}) }] }));
      const remote = await publisher({ ...plain, ...(alg ? { alg } : {}) });
      for (const jwks of [file, `${remote.origin}/jwks`]) {
        const own = await tokenVerifier({ issuer, audience, jwks }, clock);
        for (const name of ["EdDSA", "Ed25519"]) {
          const signed = await new SignJWT({ sub: "kim" })
            .setProtectedHeader({ alg: name, kid })
            .setIssuer(issuer)
            .setAudience(audience)
            .setExpirationTime(NOW / 1_000 + 300)
            .sign(privateKey);
          expect((await own.verify(signed)).subject).toBe("kim");
        }
        await expect(own.verify(await token({ kid }))).rejects.toMatchObject({ code: "unauthorized" });
      }
      await remote.close();
      rmSync(folder, { recursive: true });
    },
  );

  it("may come again while the issuer's keys cannot be read", async () => {
    const away = await publisher(ours.jwk);
    await away.close();
    const own = await tokenVerifier({ issuer, audience, jwks: `${away.origin}/jwks` }, clock);
    await expect(own.verify(await token())).rejects.toMatchObject({ code: "unavailable" });
  });

  it("of made-up keys does not have the keys read again and again", async () => {
    await verifier.verify(await token());
    const before = provider.asked();
    for (let i = 0; i < 20; i++) await verifier.verify(await token({ kid: `made up ${i}` })).catch(() => {});
    expect(provider.asked() - before).toBeLessThanOrEqual(1);
  });
});
