import { readdirSync, readFileSync } from "node:fs";
import { resolve } from "node:path";
import { afterAll, beforeAll, expect, it } from "vitest";
import { type RunningGateway, startGateway } from "../harness.ts";
import { buyerAt, offered, taking, tokensOf } from "../session/buying.ts";
import { HttpBuyer, newKey } from "./http-client.ts";

let gateway: RunningGateway;
beforeAll(async () => {
  gateway = await startGateway();
});
afterAll(async () => {
  await gateway.stop();
  gateway.remove();
});

const page = readFileSync(new URL("../../PROTOCOL.md", import.meta.url), "utf8");
const PROBLEM = "application/problem+json";

const EXCEPTIONS = page.split("| request | answered as |\n|---|---|\n")[1]?.split("\n\n")[0] ?? "";

/** What the page says each request is answered as, where that is no JSON; null for nothing. One with an `Accept` is live. */
const told = new Map(
  EXCEPTIONS.split("\n").flatMap((row) => {
    const [, requests = "", type = ""] = row.split("|");
    const names = Array.from(
      requests.matchAll(/`((?:GET|POST|PUT) [^`]+)`( with `Accept)?/g),
      ([, name = "", live]) => (live ? `${name} live` : name),
    );
    return names.map((name) => [name, /`([^`]+)`/.exec(type)?.[1] ?? null] as const);
  }),
);

/** Every request there is, by the code that takes it. */
function routes(): string[] {
  const folder = resolve(import.meta.dirname, "../../src/transport");
  const code = readdirSync(folder).map((file) => readFileSync(resolve(folder, file), "utf8"));
  const taken = code.flatMap((text) => [
    ...Array.from(text.matchAll(/app\.(get|post|put)\(\s*"([^"]+)"/g), ([, method = "", path]) => [
      method,
      path,
    ]),
    ...Array.from(text.matchAll(/^ {2}on\("([\w-]+)"/gm), ([, what]) => [
      "post",
      `/v1/staff/sessions/:id/${what}`,
    ]),
  ]);
  return taken.map(([method, path]) => `${method?.toUpperCase()} ${path?.replace(/:(\w+)/g, "{$1}")}`);
}

/** How each is asked, in this order, and the status that must come. */
async function asked() {
  const { staff, receiver } = tokensOf(gateway);
  const as = (token: string) => ({ authorization: `Bearer ${token}` });
  const buyer = await HttpBuyer.open(gateway.url);
  const { session } = buyer.welcome;
  const peer = await buyerAt(gateway.ws);
  const order = async (quantity: number) => {
    const offer = await offered(peer, "CH-AM-BLK", quantity);
    const { reply } = await peer.say({ id: newKey(), act: taking(offer) });
    return reply?.move.intents[0]?.id ?? "";
  };
  const [small, large, larger] = [await order(1), await order(20), await order(21)];
  peer.close();
  let lease = 0;
  const held =
    (more: object = {}) =>
    () => ({ lease, ...more });
  const at = { id: session };
  const key = () => ({ "idempotency-key": newKey() });
  const own = { ...buyer.headers };
  const desk = as(staff);
  const none = { id: "none", intent: "int_none", name: "none" };
  const counter = { lines: [{ sku: "CH-AM-BLK", quantity: 5, unit_price: 32_900 }] };
  const kept = ({ lease: given }: { lease?: number }) => {
    lease = given ?? lease;
  };
  type Ask = {
    status: number;
    in?: Record<string, string>;
    headers?: Record<string, string>;
    body?: object | (() => object);
    after?: (body: { lease?: number }) => void;
  };
  const requests: [string, Ask][] = [
    ["GET /healthz", { status: 200 }],
    ["GET /readyz", { status: 200 }],
    ["GET /metrics", { status: 200 }],
    ["GET /.well-known/parley.json", { status: 200 }],
    ["GET /.well-known/jwks.json", { status: 200 }],
    ["GET /protocol/schema.json", { status: 200 }],
    ["GET /protocol/asyncapi.json", { status: 200 }],
    ["GET /widget/version.json", { status: 200 }],
    ["GET /v1/shop", { status: 200 }],
    ["GET /v1/ws", { status: 400 }],
    ["POST /v1/sessions", { status: 201, headers: key(), body: {} }],
    [
      "POST /v1/sessions/{id}/messages",
      { status: 200, in: at, headers: { ...own, ...key() }, body: { text: "hi" } },
    ],
    [
      "POST /v1/sessions/{id}/feedback",
      { status: 200, in: at, headers: own, body: { of: 3, helpful: true } },
    ],
    ["GET /v1/sessions/{id}/events", { status: 200, in: at, headers: own }],
    [
      "GET /v1/sessions/{id}/events live",
      { status: 200, in: at, headers: { ...own, accept: "text/event-stream" } },
    ],
    ["POST /v1/tickets", { status: 201 }],
    ["GET /v1/revocations", { status: 200, headers: desk }],
    ["POST /v1/revocations", { status: 200, headers: desk, body: { principal: "key:nobody" } }],
    ["GET /v1/approvals", { status: 200, headers: desk }],
    ["GET /v1/approvals/schema", { status: 200, headers: desk }],
    [
      "POST /v1/approvals",
      { status: 200, headers: desk, body: { decisions: [{ intent: "int_none", verdict: "approve" }] } },
    ],
    [
      "POST /v1/orders/{intent}/status",
      { status: 200, in: { intent: small }, headers: as(receiver), body: { status: "accepted" } },
    ],
    [
      "POST /v1/orders/{intent}/decision",
      { status: 200, in: { intent: large }, headers: desk, body: { verdict: "approve" } },
    ],
    [
      "POST /v1/orders/{intent}/counter",
      { status: 200, in: { intent: larger }, headers: desk, body: counter },
    ],
    ["POST /v1/staff/sign-in", { status: 200, body: { token: staff } }],
    ["GET /v1/staff/me", { status: 200, headers: desk }],
    ["GET /v1/staff/inbox", { status: 200, headers: desk }],
    ["GET /v1/staff/inbox/live", { status: 200, headers: desk }],
    ["GET /v1/staff/oidc", { status: 404 }],
    ["GET /v1/staff/oidc/return", { status: 404 }],
    ["POST /v1/staff/sessions/{id}/draft", { status: 200, in: at, headers: desk, body: {} }],
    [
      "POST /v1/staff/sessions/{id}/whisper",
      { status: 200, in: at, headers: desk, body: { id: "w1", text: "Be brief." } },
    ],
    ["POST /v1/staff/sessions/{id}/take", { status: 200, in: at, headers: desk, after: kept }],
    ["POST /v1/staff/sessions/{id}/renew", { status: 200, in: at, headers: desk, body: held() }],
    [
      "POST /v1/staff/sessions/{id}/say",
      { status: 200, in: at, headers: desk, body: held({ id: "s1", text: "Hello!" }) },
    ],
    ["POST /v1/staff/sessions/{id}/hand-back", { status: 200, in: at, headers: desk, body: held() }],
    ["POST /v1/staff/sessions/{id}/take", { status: 200, in: at, headers: desk, after: kept }],
    ["POST /v1/staff/sessions/{id}/close", { status: 200, in: at, headers: desk, body: held() }],
    ["GET /v1/staff/gaps", { status: 200, headers: desk }],
    [
      "POST /v1/staff/gaps/{id}/answer",
      { status: 404, in: none, headers: desk, body: { text: { en: "Yes." }, about: null } },
    ],
    ["POST /v1/staff/gaps/{id}/publish", { status: 409, in: none, headers: desk }],
    ["POST /v1/staff/gaps/{id}/dismiss", { status: 404, in: none, headers: desk }],
    ["GET /v1/staff/insights", { status: 200, headers: desk }],
    ["GET /v1/staff/insights.csv", { status: 200, headers: desk }],
    ["GET /v1/staff/limits", { status: 200, headers: desk }],
    ["POST /v1/staff/limits/preview", { status: 200, headers: desk, body: { text: "{" } }],
    ["PUT /v1/staff/limits", { status: 422, headers: desk, body: { text: "{}", digest: "another" } }],
    ["GET /v1/staff/lab", { status: 200, headers: desk }],
    ["POST /v1/staff/lab/run", { status: 422, headers: desk, body: { prompt: {} } }],
    [
      "PUT /v1/staff/lab/prompts/{name}",
      { status: 422, in: none, headers: desk, body: { text: "x", digest: "another" } },
    ],
    ["POST /v1/staff/lab/promote", { status: 404, headers: desk, body: { session: "ses_none" } }],
    ["POST /v1/staff/sign-out", { status: 204 }],
    ["POST /v1/sessions/{id}/erase", { status: 200, in: at, headers: own }],
  ];
  return requests;
}

it("every request is answered as the page says, and a refused one with a problem", async () => {
  const requests = await asked();
  const known = new Set(requests.map(([name]) => name.replace(" live", "")));
  expect(routes().filter((name) => !known.has(name))).toEqual([]);
  expect([...told.keys()].filter((name) => !requests.some(([one]) => one === name))).toEqual([]);
  const wrong: unknown[] = [];
  for (const [name, ask] of requests) {
    const [method = "", path = ""] = name.replace(" live", "").split(" ");
    const url = gateway.url + path.replace(/\{(\w+)\}/g, (_, part: string) => ask.in?.[part] ?? part);
    const body = typeof ask.body === "function" ? ask.body() : ask.body;
    const sent = body
      ? { body: JSON.stringify(body), headers: { ...ask.headers, "content-type": "application/json" } }
      : {};
    const leaving = new AbortController();
    const answer = await fetch(url, { method, headers: ask.headers ?? {}, signal: leaving.signal, ...sent });
    const type = answer.headers.get("content-type");
    const expected = ask.status >= 400 ? PROBLEM : told.has(name) ? told.get(name) : "application/json";
    if (answer.status !== ask.status || type !== expected)
      wrong.push([name, answer.status, type, "not", expected]);
    if (ask.after) ask.after((await answer.json()) as { lease?: number });
    else leaving.abort();
  }
  expect(wrong).toEqual([]);
});

it("a body that says it is something else than JSON is refused, and one that says nothing is read", async () => {
  const send = async (type: string | null) => {
    const headers = { "idempotency-key": newKey(), ...(type === null ? {} : { "content-type": type }) };
    // Bytes, for which nothing is said where nobody says it.
    const answer = await fetch(`${gateway.url}/v1/sessions`, {
      method: "POST",
      headers,
      body: Buffer.from("{}"),
    });
    const { code, detail } = (await answer.json()) as { code?: string; detail?: string };
    return [answer.status, code, detail];
  };
  const mend = expect.stringContaining("send it as content-type: application/json");
  for (const type of ["text/plain;charset=UTF-8", "application/x-www-form-urlencoded", "application/jsonp"])
    expect(await send(type)).toEqual([415, "binary_frame", mend]);
  for (const type of [
    null,
    "application/json",
    "application/json; charset=utf-8",
    "application/merge-patch+json",
  ])
    expect((await send(type))[0]).toBe(201);
});
