import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { CompactSign, exportJWK, generateKeyPair, UnsecuredJWT } from "jose";
import { afterAll, describe, expect, test } from "vitest";
import { addKey, openKeys } from "../../src/adapters/keys.ts";
import { approved, payloadOf } from "../../src/domain/intents/bind.ts";
import { statesOffer, verifyIntent, verifyOffer } from "../../src/protocol/verify.ts";
import { INTENT as intent, intentFor, OFFER as offer } from "./intent.ts";

const folder = mkdtempSync(join(tmpdir(), "parley-keys-"));
afterAll(() => rmSync(folder, { recursive: true }));

describe("verifying an offer", () => {
  test("the hash the gateway seals an offer with is the hash a client computes", async () => {
    expect(await verifyOffer(offer)).toBe(true);
  });

  test("any change to it is noticed", async () => {
    const cheaper = { ...offer, totals: { ...offer.totals, total: offer.totals.total - 1 } };
    expect(await verifyOffer(cheaper)).toBe(false);
    expect(await verifyOffer({ ...offer, expires_at: "2027-07-01T09:15:00.000Z" })).toBe(false);
  });
});

describe("verifying an order", () => {
  test("what the vendor's key signed is given back, also after the key was retired", async () => {
    const before = await openKeys(folder);
    const jws = await before.sign(payloadOf(intent));
    await addKey(folder);
    const after = await openKeys(folder);
    expect(after.jwks().keys).toHaveLength(2);
    expect(await verifyIntent(jws, after.jwks())).toEqual(intent);
    expect(await verifyIntent(await after.sign(payloadOf(intent)), after.jwks())).toEqual(intent);
  });

  test("a changed payload, a foreign key, another algorithm and no algorithm are refused", async () => {
    const signer = await openKeys(folder);
    const jws = await signer.sign(payloadOf(intent));
    const [head = "", , signature = ""] = jws.split(".");
    const other = Buffer.from(payloadOf({ ...intent, purchase_order: "PO-2" })).toString("base64url");
    const foreign = await generateKeyPair("ES256");
    const kid = signer.jwks().keys[0]?.kid ?? "";
    const sign = (alg: string, key: Parameters<CompactSign["sign"]>[0]) =>
      new CompactSign(new TextEncoder().encode(payloadOf(intent)))
        .setProtectedHeader({ alg, kid, typ: "parley-intent+jws" })
        .sign(key);
    const forged = [
      `${head}.${other}.${signature}`,
      await sign("ES256", foreign.privateKey),
      await sign("HS256", new TextEncoder().encode(JSON.stringify(signer.jwks().keys[0]))),
      new UnsecuredJWT({ ...intent }).encode(),
      "not a signature",
    ];
    for (const each of forged) {
      await expect(verifyIntent(each, signer.jwks())).rejects.toMatchObject({ code: "untrusted" });
    }
  });

  test("another kind of signed statement is no order, though the key is the vendor's", async () => {
    const { privateKey, publicKey } = await generateKeyPair("ES256");
    const keys = { keys: [{ ...(await exportJWK(publicKey)), kid: "k", alg: "ES256" }] };
    const receipt = await new CompactSign(new TextEncoder().encode(payloadOf(intent)))
      .setProtectedHeader({ alg: "ES256", kid: "k", typ: "receipt+jws" })
      .sign(privateKey);
    await expect(verifyIntent(receipt, keys)).rejects.toMatchObject({ code: "untrusted" });
  });

  test("a signed order that says something else than the accepted offer is noticed", () => {
    expect(statesOffer(intent, offer)).toBe(true);
    expect(statesOffer(approved(intent, "2026-07-01T10:00:00.000Z"), offer)).toBe(true);
    const dearer = { ...intent, totals: { ...intent.totals, total: intent.totals.total + 1 } };
    expect(statesOffer(dearer, offer)).toBe(false);
    expect(statesOffer(intentFor({ ...offer, id: "of_2" }), offer)).toBe(false);
  });
});
