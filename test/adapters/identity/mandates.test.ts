import { createHash, randomBytes } from "node:crypto";
import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { mandateVerifier } from "../../../src/adapters/identity/mandates.ts";
import type { MandateVerifier } from "../../../src/ports/identity.ts";
import { type Keys, keys } from "./keys.ts";
import { mandate } from "./mandate.ts";

const NOW = Date.parse("2030-05-06T07:08:09.000Z");
const folder = mkdtempSync(join(tmpdir(), "parley-mandates-"));
let bank: Keys;
let buyer: Keys;
let verifier: MandateVerifier;

beforeAll(async () => {
  [bank, buyer] = await Promise.all([keys(), keys()]);
  writeFileSync(join(folder, "jwks.json"), JSON.stringify({ keys: [bank.jwk] }));
  verifier = await mandateVerifier(
    { issuers: ["https://bank.example"], jwks: join(folder, "jwks.json"), payee: { id: "maru-lantern" } },
    { now: () => new Date(NOW).toISOString() },
  );
});
afterAll(() => rmSync(folder, { recursive: true }));

const RANGE = { type: "payment.amount_range", currency: "USD", max: 50_000 };
const REFERENCE = { type: "payment.reference", conditional_transaction_id: "x" };
const made = (more: Partial<Parameters<typeof mandate>[0]> = {}) =>
  mandate({
    issuer: bank,
    holder: buyer,
    now: NOW,
    audience: "maru-lantern",
    constraints: [RANGE, REFERENCE],
    ...more,
  });
const refused = async (more: Parameters<typeof made>[0], why: string) =>
  expect(verifier.verify(await made(more))).rejects.toMatchObject({
    code: "mandate_refused",
    message: expect.stringContaining(why),
  });

describe("a mandate", () => {
  it("says what its holder may spend here, once unless it says more", async () => {
    const { mandate: authority, holder } = await verifier.verify(await made());
    expect(authority).toMatchObject({
      issuer: "https://bank.example",
      currency: "USD",
      max: 50_000,
      uses: 1,
    });
    expect(authority.until).toBe("2030-05-06T08:08:09.000Z");
    expect(holder).toBe(buyer.kid);
  });

  it("is held to the narrowest of what it says", async () => {
    const constraints = [
      ...[
        RANGE,
        { ...RANGE, max: 40_000, min: 1_000 },
        { type: "payment.budget", max: 90_000, currency: "USD" },
      ],
      { type: "payment.agent_recurrence", frequency: "ON_DEMAND", max_occurrences: 3 },
      { type: "payment.execution_date", not_before: "2030-05-06", not_after: "2030-05-06T07:30:00Z" },
    ];
    const { mandate: authority } = await verifier.verify(await made({ constraints }));
    expect(authority).toMatchObject({ max: 40_000, min: 1_000, budget: 90_000, uses: 3 });
    expect(authority).toMatchObject({ from: "2030-05-06T00:00:00.000Z", until: "2030-05-06T07:30:00.000Z" });
  });

  it("is one and the same however it is presented", async () => {
    const presented = await made();
    const [jwt = ""] = presented.split("~");
    const one = await verifier.verify(presented);
    const again = await verifier.verify(await made({ jwt }));
    expect(again.mandate.id).toBe(one.mandate.id);
    expect(again.nonce).not.toBe(one.nonce);
  });

  it("may disclose that this vendor is among the merchants it is for, and only that", async () => {
    const salted = (value: unknown) =>
      Buffer.from(JSON.stringify([randomBytes(8).toString("base64url"), value])).toString("base64url");
    const disclosures = [
      salted({ id: "maru-lantern", name: "Maru" }),
      salted({ id: "other", name: "Other" }),
    ];
    const allowed = disclosures.map((text) => ({
      "...": createHash("sha256").update(text).digest("base64url"),
    }));
    const constraints = [RANGE, { type: "payment.allowed_payees", allowed }];
    const shown = await made({ constraints, disclosures: disclosures.slice(0, 1) });
    expect((await verifier.verify(shown)).mandate.max).toBe(50_000);
    await refused({ constraints, disclosures: disclosures.slice(1) }, "it is for other merchants");
    await refused(
      { constraints, disclosures: [...disclosures, salted("nothing")] },
      "a disclosure belongs to nothing",
    );
  });

  it("that keeps a constraint to itself is refused: what it says of itself cannot be held to", async () => {
    const salted = (value: unknown) => Buffer.from(JSON.stringify(["salt", value])).toString("base64url");
    const budget = salted({ type: "payment.budget", max: 90_000, currency: "USD" });
    const hidden = { "...": createHash("sha256").update(budget).digest("base64url") };
    const shown = await made({ constraints: [RANGE, hidden], disclosures: [budget] });
    expect((await verifier.verify(shown)).mandate.budget).toBe(90_000);
    await refused({ constraints: [RANGE, hidden] }, "not disclosed");
    const end = { type: "payment.execution_date", _sd: [hidden["..."]] };
    await refused({ constraints: [RANGE, end] }, "not disclosed");
  });

  it.each<[string, Parameters<typeof made>[0], string]>([
    ["of another kind", { vct: "mandate.payment.1" }, "vct"],
    ["of an issuer nobody listed", { iss: "https://bank.example.org" }, "iss"],
    ["that has ended", { expires: -6 }, "exp"],
    ["for other merchants", { more: { payee: { id: "other", name: "Other" } } }, "other merchants"],
    ["with a condition nobody here can keep", { constraints: [RANGE, { type: "payment.weather" }] }, "type"],
    [
      "with a rhythm nobody here keeps",
      { constraints: [RANGE, { type: "payment.agent_recurrence", frequency: "DAILY" }] },
      "frequency",
    ],
    ["without a most amount", { constraints: [REFERENCE] }, "no most amount"],
    ["in two currencies", { constraints: [RANGE, { ...RANGE, currency: "EUR" }] }, "two currencies"],
    ["bound to another vendor", { audience: "other" }, "aud"],
    ["bound too long ago", { bound: -500 }, "iat"],
    ["bound to another presentation", { sd_hash: "x" }, "another presentation"],
    ["bound by something else that the holder signed", { typ: "JWT" }, "typ"],
  ])("%s is refused", (_, more, why) => refused(more, why));

  it("signed by another, or bound by another, or without a binding is refused", async () => {
    const strange = await keys();
    await refused({ issuer: { ...strange, kid: bank.kid } }, "signature");
    await refused({ binder: strange }, "signature");
    const [jwt] = (await made()).split("~");
    for (const text of [jwt ?? "", `${jwt}~`, "~~", ""])
      await expect(verifier.verify(text)).rejects.toMatchObject({ code: "mandate_refused" });
  });
});
