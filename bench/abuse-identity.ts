import { setTimeout as sleep } from "node:timers/promises";
import type { Ledger } from "./abuse-ledger.ts";
import { jws, type KeyPair, mandateText, shared, signedHeaders, unsigned } from "./abuse-proofs.ts";
import { Attacker, http, offer, taken } from "./abuse-wire.ts";

/** A vendor with everything turned on, on two nodes over one store. */
export interface Shop {
  readonly ws: string;
  readonly other: string;
  readonly url: string;
  readonly agent: string;
  readonly keys: Readonly<Record<"login" | "bot" | "bank" | "holder" | "strange", KeyPair>>;
  readonly staff: string;
  readonly apiKey: string;
  restart(): Promise<void>;
}

const at = (seconds: number) => Math.floor(Date.now() / 1_000) + seconds;
const claims = (more: object = {}) => ({
  sub: "kim",
  iss: "https://login.example",
  aud: "shop",
  exp: at(60),
  ...more,
});
const authority = (ws: string) => new URL(ws).host;

/** Whether the upgrade went through, or with which status it did not. */
async function upgrade(ws: string, headers: Record<string, string>, protocols?: string[]): Promise<string> {
  const one = await Attacker.dial(ws, headers, protocols);
  if (typeof one === "number") return String(one);
  one.close();
  return "101";
}

/** C6: signed requests. */
export async function signatures(shop: Shop, ledger: Ledger): Promise<void> {
  const { ws, other, agent, keys } = shop;
  const good = { by: keys.bot, agent, authority: authority(ws) };
  const tried = (what: string, expected: string, more: object) =>
    ledger.expect("C6", what, expected, () => upgrade(ws, signedHeaders({ ...good, ...more })));
  await tried("a signed request of a listed agent", "101", {});
  await tried("signed for another path", "401", { path: "/v1/sessions" });
  await tried("signed for another authority", "401", { authority: "other.example" });
  await tried("a signature that has ended", "401", { created: -120, expires: -30 });
  await tried("a signature made in the future", "401", { created: 60, expires: 120 });
  await tried("a signature good for nine minutes", "401", { expires: 540 });
  await tried("a signature with another tag", "401", { tag: "other" });
  await tried("another key under the agent's key id", "401", { by: keys.strange, keyid: keys.bot.kid });
  await tried("a key the agent does not publish", "401", { by: keys.strange });
  await tried("an agent nobody listed", "401", { agent: "https://evil.example" });
  const once = signedHeaders(good);
  await ledger.expect("C6", "a nonce, the first time", 101, () => upgrade(ws, once));
  await ledger.expect("C6", "the same nonce again", 401, () => upgrade(ws, once));
  const elsewhere = signedHeaders({ ...good, authority: authority(other) });
  await ledger.expect("C6", "a nonce, the first time, on the other node", 101, () =>
    upgrade(other, elsewhere),
  );
  await ledger.expect("C6", "the same nonce again there", 401, () => upgrade(other, elsewhere));
  const nonce = "a-nonce-for-two-nodes";
  const here = signedHeaders({ ...good, nonce });
  const there = signedHeaders({ ...good, authority: authority(other), nonce });
  await ledger.expect("C6", "a nonce used here", 101, () => upgrade(ws, here));
  await ledger.expect("C6", "the same nonce on the other node", 401, () => upgrade(other, there));
  const kept = signedHeaders({ ...good, expires: 300 });
  await ledger.expect("C6", "a nonce before a restart", 101, () => upgrade(ws, kept));
  await shop.restart();
  const again = signedHeaders({ ...good, authority: authority(shop.ws), nonce, expires: 300 });
  await ledger.expect("C6", "a nonce of before, after the restart", 401, () => upgrade(shop.ws, again));
}

/** C7: tokens and mandates that are made up. */
export async function tokens({ ws, keys }: Shop, ledger: Ledger): Promise<void> {
  const { login, strange, bank, holder } = keys;
  const bearer = (token: string) => upgrade(ws, { authorization: `Bearer ${ledger.secret(token)}` });
  const tried = (what: string, expected: number, token: string) =>
    ledger.expect("C7", what, expected, () => bearer(token));
  await tried("a good token", 101, jws(login, {}, claims()));
  await tried("alg none", 401, unsigned(claims()));
  await tried(
    "HS256 with the public key",
    401,
    shared(JSON.stringify(login.jwk), { kid: login.kid }, claims()),
  );
  await tried("HS256 with the key's x", 401, shared(login.jwk.x ?? "", { kid: login.kid }, claims()));
  await tried("another key under the issuer's kid", 401, jws(strange, { kid: login.kid }, claims()));
  await tried("a kid nobody published", 401, jws(login, { kid: "wrong" }, claims()));
  await tried("a key brought along (jwk)", 401, jws(strange, { jwk: strange.jwk }, claims()));
  await tried("another issuer", 401, jws(login, {}, claims({ iss: "https://evil.example" })));
  await tried("another audience", 401, jws(login, {}, claims({ aud: "other" })));
  await tried("a token that has ended", 401, jws(login, {}, claims({ exp: at(-60) })));
  await tried("a token that has not begun", 401, jws(login, {}, claims({ nbf: at(60) })));
  await tried("a token without an end", 401, jws(login, {}, claims({ exp: undefined })));
  const greeted = async (mandate: string) => {
    const one = await Attacker.open(ws, { mandate: ledger.secret(mandate) });
    const answer = await one.greeted();
    one.close();
    return answer;
  };
  const made = { bank, holder };
  const shown = (what: string, expected: string, mandate: string) =>
    ledger.expect("C7", what, expected, () => greeted(mandate));
  await shown("a good mandate", "welcome", mandateText(made));
  await shown(
    "a mandate of a wrong vct",
    "mandate_refused",
    mandateText({ ...made, vct: "mandate.payment.1" }),
  );
  await shown("a mandate for another merchant", "mandate_refused", mandateText({ ...made, payee: "other" }));
  await shown(
    "a mandate bound to another vendor",
    "mandate_refused",
    mandateText({ ...made, audience: "other" }),
  );
  await shown(
    "a mandate nobody signed",
    "mandate_refused",
    mandateText({ ...made, bank: { ...strange, kid: bank.kid } }),
  );
  const [jwt] = mandateText(made).split("~");
  await shown("a mandate without its holder", "mandate_refused", `${jwt}~`);
  const twice = mandateText(made);
  await shown("a mandate presented", "welcome", twice);
  await shown("the same presentation again", "mandate_refused", twice);
}

/** C5 by mandate, and rights by tier. */
export async function authority5({ ws, keys }: Shop, ledger: Ledger): Promise<void> {
  const mandated = (max: number) => mandateText({ bank: keys.bank, holder: keys.holder, max });
  const one = await Attacker.open(ws, { mandate: mandated(15_000) });
  await ledger.expect("C5", "an order beyond the mandate", "mandate_exceeded", async () =>
    taken(one, await offer(one, "HS-B1", 2)),
  );
  await ledger.expect("C5", "an order within it", "accepted", async () =>
    taken(one, await offer(one, "HS-B1")),
  );
  await ledger.expect("C5", "a second order under a mandate for one", "mandate_exceeded", async () =>
    taken(one, await offer(one, "LP-RC-BLK")),
  );
  one.close();
  const nobody = await Attacker.open(ws);
  await ledger.expect("C5", "an order by a tier that may only bargain", "identity_required", async () =>
    taken(nobody, await offer(nobody, "HS-B1")),
  );
  nobody.close();
}

/** D3: before a socket exists. */
export async function doors({ ws, url, apiKey }: Shop, ledger: Ledger): Promise<void> {
  const tried = (what: string, expected: number, headers: Record<string, string>, protocols?: string[]) =>
    ledger.expect("D3", what, expected, () => upgrade(ws, headers, protocols));
  const own = new URL(url).origin;
  await tried("the gateway's own origin", 101, { origin: own });
  await tried("a foreign origin", 403, { origin: "https://evil.example" });
  await tried("the origin null", 403, { origin: "null" });
  await tried("an origin that begins like the own one", 403, { origin: `${own}.evil.example` });
  await tried("a rebound name as origin and host", 403, {
    origin: "http://evil.example",
    host: "evil.example",
  });
  await tried("cookies without an origin", 403, { cookie: "session=1" });
  await tried("a wrong API key", 401, { authorization: `Bearer ${apiKey}x` });
  await tried("no subprotocol of ours", 400, {}, ["graphql-ws"]);
  const ticket = async (headers: Record<string, string> = {}) => {
    const { json } = await http(`${url}/v1/tickets`, {}, headers);
    return ledger.secret(String(json.ticket));
  };
  const shown = (text: string) => ["parley.v1", `parley.ticket.${text}`];
  const good = await ticket();
  await tried("a ticket", 101, {}, shown(good));
  await tried("the same ticket again", 401, {}, shown(good));
  await tried("a ticket changed by a letter", 401, {}, shown(`${(await ticket()).slice(0, -2)}AA`));
  await tried("a ticket made for a page, from elsewhere", 401, {}, shown(await ticket({ origin: own })));
  await ledger.expect("D3", "a ticket for a foreign page", 403, async () => {
    const answer = await http(`${url}/v1/tickets`, {}, { origin: "https://evil.example" });
    return answer.status;
  });
  const old = await ticket();
  await sleep(60_500);
  await tried("a ticket after its minute", 401, {}, shown(old));
}

/** D4: who stops being welcome while it is here. */
export async function endings(shop: Shop, ledger: Ledger): Promise<void> {
  const { ws, other, url, keys, apiKey, staff } = shop;
  await ledger.judge("D4", "a connection whose token ends", "4412 within 10 s", async () => {
    const token = ledger.secret(jws(keys.login, {}, claims({ exp: at(3) })));
    const one = await Attacker.open(ws, { key: token });
    const code = await Promise.race([one.closed, sleep(10_000, 0)]);
    return { got: String(code), held: code === 4412 };
  });
  await ledger.judge("D4", "a principal turned away, on both nodes", "4403 on both within 5 s", async () => {
    const both = await Promise.all([ws, other].map((node) => Attacker.open(node, { key: apiKey })));
    await Promise.all(both.map((one) => one.greeted()));
    const began = performance.now();
    await http(`${url}/v1/revocations`, { principal: "key:acme" }, { authorization: `Bearer ${staff}` });
    const codes = await Promise.all(both.map((one) => Promise.race([one.closed, sleep(9_000, 0)])));
    const ms = Math.round(performance.now() - began);
    return {
      got: `${codes.join(" and ")} in ${ms} ms`,
      held: codes.every((code) => code === 4403) && ms <= 5_000,
    };
  });
  for (const node of [ws, other])
    await ledger.expect("D4", "who is turned away comes again", 403, () =>
      upgrade(node, { authorization: `Bearer ${apiKey}` }),
    );
}
