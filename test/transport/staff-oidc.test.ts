import type { JWTPayload } from "jose";
import { afterAll, beforeAll, expect, test } from "vitest";
import type { Me } from "../../src/protocol/staff.ts";
import { type OpenGateway, openGateway } from "../harness.ts";
import { get } from "./http-client.ts";
import { type Provider, startProvider } from "./identity-provider.ts";

const CLIENT = { id: "parley-console", secret: "secret of this test" };

let provider: Provider;
let gateway: OpenGateway;
beforeAll(async () => {
  provider = await startProvider(CLIENT);
  gateway = await openGateway({
    PARLEY_STAFF_OIDC_ISSUER: provider.issuer,
    PARLEY_STAFF_OIDC_CLIENT_ID: CLIENT.id,
    PARLEY_STAFF_OIDC_CLIENT_SECRET: CLIENT.secret,
    PARLEY_STAFF_OIDC_ROLE_CLAIM: "shop_roles",
  });
});
afterAll(async () => {
  await gateway.stop();
  gateway.remove();
  await provider.close();
});

const cookieIn = (answer: Response, name: string) =>
  answer.headers
    .getSetCookie()
    .map((one) => one.split(";")[0] ?? "")
    .find((one) => one.startsWith(`${name}=`)) ?? "";

/** Sent away to the provider, and back from there: the address it comes back to, and what the browser kept. */
async function away() {
  const sent = await fetch(`${gateway.url}/v1/staff/oidc`, { redirect: "manual" });
  const at = sent.headers.get("location") ?? "";
  const back = await fetch(at, { redirect: "manual" });
  return {
    at: new URL(at),
    back: back.headers.get("location") ?? "",
    kept: cookieIn(sent, "parley_staff_away"),
  };
}

const come = (back: string, kept: string) => fetch(back, { redirect: "manual", headers: { cookie: kept } });
const codeOf = async (answer: Response) =>
  `${answer.status} ${((await answer.json()) as { code: string }).code}`;
const as = (claims: JWTPayload) => Object.assign(provider, { claims });

test("staff sign in at the provider, with PKCE, state and nonce, and have the role it says", async () => {
  as({ name: "Mina 김", shop_roles: ["staff", "agent"] });
  const { at, back, kept } = await away();
  expect(at.searchParams.get("code_challenge_method")).toBe("S256");
  for (const name of ["state", "nonce", "code_challenge"]) expect(at.searchParams.get(name)).toMatch(/.{20}/);
  const signed = await come(back, kept);
  expect([signed.status, signed.headers.get("location")]).toEqual([303, "/console"]);
  const me = await get<Me>(`${gateway.url}/v1/staff/me`, { cookie: cookieIn(signed, "parley_staff") });
  expect(me.body).toMatchObject({ name: "Mina 김", role: "agent", oidc: true });
});

test("of several roles the strongest counts", async () => {
  as({ name: "Jun", shop_roles: ["viewer", "manager", "agent"] });
  const { back, kept } = await away();
  const me = await get<Me>(`${gateway.url}/v1/staff/me`, {
    cookie: cookieIn(await come(back, kept), "parley_staff"),
  });
  expect(me.body.role).toBe("manager");
});

test("whoever is nobody hears that there is a provider", async () => {
  const { body } = await get<{ about: object }>(`${gateway.url}/v1/staff/me`);
  expect(body.about).toEqual({ ways: "token oidc" });
});

test("somebody without a role is told what is missing, and is not signed in", async () => {
  as({ name: "Someone" });
  const { back, kept } = await away();
  const refused = await come(back, kept);
  expect(refused.headers.getSetCookie().some((one) => one.startsWith("parley_staff="))).toBe(false);
  const { code, detail } = (await refused.json()) as { code: string; detail: string };
  expect(code).toBe("forbidden");
  expect(detail).toContain("shop_roles");
});

test("an answer without what the browser kept, or beside what another one did, signs nobody in", async () => {
  as({ name: "Mina", shop_roles: "agent" });
  const [mine, other] = [await away(), await away()];
  expect(await codeOf(await come(mine.back, ""))).toBe("401 unauthorized");
  expect(await codeOf(await come(mine.back, other.kept))).toBe("401 unauthorized");
});

test("an answer counts once, and only for the nonce it was asked for", async () => {
  as({ name: "Mina", shop_roles: "agent" });
  const once = await away();
  expect((await come(once.back, once.kept)).status).toBe(303);
  expect(await codeOf(await come(once.back, once.kept))).toBe("401 unauthorized");
  as({ name: "Mina", shop_roles: "manager", nonce: "another" });
  const forged = await away();
  expect(await codeOf(await come(forged.back, forged.kept))).toBe("401 unauthorized");
});
