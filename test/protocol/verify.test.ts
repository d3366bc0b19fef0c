import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { CompactSign, exportJWK, generateKeyPair, UnsecuredJWT } from "jose";
import { afterAll, describe, expect, test } from "vitest";
import { addKey, openKeys } from "../../src/adapters/keys.ts";
import { approved, payloadOf } from "../../src/domain/intents/bind.ts";
import type { Intent } from "../../src/domain/intents/index.ts";
import { type Offer, sealed } from "../../src/domain/offer.ts";
import { statesOffer, verifyIntent, verifyOffer } from "../../src/protocol/verify.ts";

const folder = mkdtempSync(join(tmpdir(), "parley-keys-"));
afterAll(() => rmSync(folder, { recursive: true }));

const offer: Offer = sealed({
  id: "of_1",
  revision: 1,
  supersedes: null,
  currency: "KRW",
  lines: [
    {
      sku: "CH-1",
      title: "가단 의자 — “메쉬”",
      quantity: 2,
      unit_price: 390000,
      list_price: 429000,
      version: "v1",
    },
  ],
  terms: {
    delivery: { id: "standard", fee: 0, list_fee: 3000, days_min: 2, days_max: 5 },
    warranty: { id: "warranty-12", fee: 0, list_fee: 0, months: 12 },
    payment: { id: "prepaid", fee: 0, list_fee: 0, days: 0 },
    returns: { id: "returns-14", fee: 0, list_fee: 0, days: 14 },
    subscription: null,
  },
  discounts: [],
  ship_to: { country: "KR" },
  tax: { treatment: "included", name: "VAT", rate_bp: 1000, amount: 70909 },
  totals: { goods: 780000, discounts: 0, fees: 0, tax: 70909, total: 780000 },
  negotiable: ["price"],
  final: false,
  expires_at: "2026-07-01T09:15:00.000Z",
});

const intent = intentFor(offer);

function intentFor(of: Offer): Intent {
  const { lines, terms, discounts, tax, totals, currency } = of;
  return {
    ...{ kind: "order", id: "int_1", v: 1, session: "ses_1", seq: 7, currency },
    ...{ lines, terms, discounts, tax, totals },
    issued_at: "2026-07-01T09:00:00.000Z",
    expires_at: "2026-07-08T09:00:00.000Z",
    seller: { id: "demo", name: "Demo" },
    buyer: { principal: "anonymous", kind: "machine", tier: "anonymous" },
    offer: { id: of.id, hash: of.hash, revision: of.revision, lineage: [] },
    ship_to: { country: "KR", name: "윤서진", lines: ["세종대로 110"] },
    payer: { name: "윤서진" },
    purchase_order: null,
    scope: "sell_as_stated",
    authority: { by: "policy", policy: "demo-1" },
  };
}

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
