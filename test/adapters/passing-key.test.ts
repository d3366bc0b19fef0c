import { compactVerify, importJWK } from "jose";
import { expect, test } from "vitest";
import { passingKey } from "../../src/adapters/passing-key.ts";

test("what it signs verifies by its published key, with another library", async () => {
  const signer = passingKey("parley-intent+jws");
  const jws = await signer.sign('{"a":1}');
  const [jwk] = signer.jwks().keys;
  const { payload, protectedHeader } = await compactVerify(jws, await importJWK(jwk ?? {}, "ES256"));
  expect(new TextDecoder().decode(payload)).toBe('{"a":1}');
  expect(protectedHeader).toMatchObject({ alg: "ES256", typ: "parley-intent+jws" });
  expect(await signer.verify(jws)).toBe('{"a":1}');
});

test("neither another key's signature nor a changed payload verifies", async () => {
  const [one, other] = [passingKey("t"), passingKey("t")];
  const jws = await one.sign("a");
  expect(await other.verify(jws)).toBeNull();
  const [head, , signature] = jws.split(".");
  expect(await one.verify(`${head}.${Buffer.from("b").toString("base64url")}.${signature}`)).toBeNull();
  expect(await one.verify("nothing")).toBeNull();
});
