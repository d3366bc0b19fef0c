import { mkdtempSync, readdirSync, readFileSync, rmSync } from "node:fs";
import { createServer, type Server } from "node:http";
import type { AddressInfo } from "node:net";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { CompactSign } from "jose";
import { Webhook } from "standardwebhooks";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { addKey, openKeys } from "../../src/adapters/keys.ts";
import { payloadOf, signedHeaders, type WebhookSecret } from "../../src/adapters/webhook/payload.ts";
import { Intent } from "../../src/domain/intents/index.ts";
import type { Signer } from "../../src/ports/signer.ts";
import type { ParleyFault } from "../../src/protocol/codes.ts";
import { OrderNotice } from "../../src/protocol/notices.ts";
import { type ReceiverOptions, receiver } from "../../src/protocol/receive.ts";
import { INTENT } from "./intent.ts";

const SECRET = `whsec_${Buffer.from("a secret of the first order.").toString("base64")}`;
const OTHER = `whsec_${Buffer.from("another one that came later.").toString("base64")}`;
const AT = "2026-07-01T09:00:00.000Z";
const NOW = Date.parse(AT);

const folder = mkdtempSync(join(tmpdir(), "parley-receive-"));
let signer: Signer;
let served = 0;
let serve = true;
let server: Server;
let address: string;

beforeAll(async () => {
  signer = await openKeys(folder);
  server = createServer((_, response) => {
    served += 1;
    response.writeHead(serve ? 200 : 500).end(JSON.stringify(signer.jwks()));
  });
  await new Promise<void>((done) => server.listen(0, "127.0.0.1", done));
  address = `http://127.0.0.1:${(server.address() as AddressInfo).port}/jwks.json`;
});
afterAll(() => {
  server.close();
  rmSync(folder, { recursive: true });
});

function receiving(more: Partial<ReceiverOptions> = {}) {
  return receiver({ secret: SECRET, keys: signer.jwks(), now: () => NOW, ...more });
}

async function bound(jws?: string) {
  const signed = jws ?? (await signer.sign(JSON.stringify(INTENT)));
  return sent("order.bound", { intent: INTENT, jws: signed }, INTENT.id);
}
function cancelled() {
  return sent("order.cancelled", { intent: "int_1", at: AT }, "int_1.cancelled");
}
/** What the gateway's own webhook would send. */
function sent(
  topic: string,
  data: object,
  id: string,
  secrets: readonly WebhookSecret[] = [{ secret: SECRET, until: null }],
) {
  const item = { id, sink: "receiver", topic, body: JSON.stringify(data), attempts: 0, due_at: AT };
  const body = payloadOf(item);
  return { body, headers: signedHeaders(id, body, secrets, AT) };
}

async function refusal(work: Promise<unknown>): Promise<string> {
  const error = (await work.then(
    () => expect.unreachable(),
    (caught: unknown) => caught,
  )) as ParleyFault;
  return `${error.code}${error.retry ? ", try again" : ""}: ${error.message}`;
}

describe("the receiver kit", () => {
  test("gives the notice of a webhook that is the gateway's, with the order that was signed", async () => {
    const { headers, body } = await bound();
    const notice = await receiving()(headers, body);
    expect(notice).toEqual({ id: INTENT.id, ...JSON.parse(body) });
    if (notice.type !== "order.bound") throw new Error("unreachable");
    expect(Intent.parse(notice.data.intent)).toEqual(INTENT);
    const { id, ...payload } = notice;
    expect(OrderNotice.parse(payload)).toEqual(payload);
    const other = cancelled();
    expect(await receiving()(other.headers, other.body)).toMatchObject({
      id: "int_1.cancelled",
      type: "order.cancelled",
      data: { intent: "int_1" },
    });
  });

  test("takes headers and bodies as servers give them", async () => {
    const { headers, body } = cancelled();
    for (const given of [headers, new Headers(headers), { ...headers, accept: undefined, via: ["a", "b"] }])
      for (const text of [body, new TextEncoder().encode(body), Buffer.from(body)])
        expect((await receiving()(given, text)).type).toBe("order.cancelled");
  });

  test("refuses what is one byte off, unsigned, signed otherwise or by another", async () => {
    const { headers, body } = await bound();
    const receive = receiving();
    const untrusted = expect.stringMatching(/^untrusted: /);
    for (const at of [0, 30, body.length - 1]) {
      const changed = `${body.slice(0, at)}${body[at] === "x" ? "y" : "x"}${body.slice(at + 1)}`;
      expect(await refusal(receive(headers, changed))).toEqual(untrusted);
    }
    expect(await refusal(receive(headers, `${body} `))).toEqual(untrusted);
    for (const [name, value] of [
      ["webhook-id", "int_other"],
      ["webhook-timestamp", String(NOW / 1_000 + 1)],
      ["webhook-timestamp", "soon"],
      ["webhook-signature", ""],
      ["webhook-signature", "v1,"],
      ["webhook-signature", (headers["webhook-signature"] ?? "").replace("v1,", "v2,")],
      ["webhook-signature", (headers["webhook-signature"] ?? "").replace("v1,", "v1a,")],
    ] as const)
      expect([name, value, await refusal(receive({ ...headers, [name]: value }, body))]).toEqual([
        name,
        value,
        untrusted,
      ]);
    for (const name of Object.keys(headers)) {
      const { [name]: _, ...rest } = headers;
      expect(await refusal(receive(rest, body))).toEqual(untrusted);
    }
    expect(await refusal(receiving({ secret: OTHER })(headers, body))).toEqual(untrusted);
  });

  test("refuses what was sent more than five minutes ago, or from now", async () => {
    const { headers, body } = cancelled();
    for (const [seconds, fresh] of [
      [0, true],
      [300, true],
      [-300, true],
      [301, false],
      [-301, false],
    ] as const) {
      const received = receiving({ now: () => NOW + seconds * 1_000 })(headers, body);
      expect([
        seconds,
        await received.then(
          () => true,
          () => false,
        ),
      ]).toEqual([seconds, fresh]);
    }
  });

  test("goes on over a change of the secret, whoever changes first", async () => {
    const both = [
      { secret: OTHER, until: null },
      { secret: SECRET, until: "2026-07-08T09:00:00.000Z" },
    ];
    const { headers, body } = sent("order.cancelled", { intent: "int_1", at: AT }, "int_1.cancelled", both);
    for (const secret of [SECRET, OTHER, [OTHER, SECRET]])
      expect((await receiving({ secret })(headers, body)).type).toBe("order.cancelled");
    const old = cancelled();
    expect((await receiving({ secret: [OTHER, SECRET] })(old.headers, old.body)).type).toBe(
      "order.cancelled",
    );
  });

  test("says at once when the secret is none", () => {
    for (const secret of ["", "whsec_", "whsec_short", "not base64!, not at all, whatever"])
      expect(() => receiving({ secret })).toThrow(TypeError);
  });
});

describe("an order in a webhook", () => {
  test("is refused when the vendor did not sign it, whoever signed the webhook", async () => {
    const stranger = await openKeys(mkdtempSync(join(folder, "stranger-")));
    const good = await signer.sign(JSON.stringify(INTENT));
    const [head = "", payload = "", signature = ""] = good.split(".");
    const [foreign = ""] = (await stranger.sign(JSON.stringify(INTENT))).split(".");
    const forged = Buffer.from(JSON.stringify({ ...INTENT, currency: "USD" })).toString("base64url");
    const header = (more: object) =>
      Buffer.from(
        JSON.stringify({ ...JSON.parse(String(Buffer.from(head, "base64url"))), ...more }),
      ).toString("base64url");
    for (const jws of [
      await stranger.sign(JSON.stringify(INTENT)),
      `${head}.${forged}.${signature}`,
      `${foreign}.${payload}.${signature}`,
      `${header({ alg: "none" })}.${payload}.`,
      `${header({ alg: "HS256" })}.${payload}.${signature}`,
      `${header({ typ: "JWT" })}.${payload}.${signature}`,
      `${header({ crit: ["exp"] })}.${payload}.${signature}`,
      `${head}.${payload}`,
      `${good}.more`,
      "nonsense",
      "",
    ]) {
      const { headers, body } = await bound(jws);
      expect([jws, await refusal(receiving()(headers, body))]).toEqual([
        jws,
        expect.stringMatching(/^untrusted: /),
      ]);
    }
  });

  test("is refused when the vendor's key signed something else than an order", async () => {
    const [file = ""] = readdirSync(folder).filter((name) => name.endsWith(".json"));
    const key = JSON.parse(readFileSync(join(folder, file), "utf8"));
    const jws = (header: object) =>
      new CompactSign(new TextEncoder().encode(JSON.stringify(INTENT)))
        .setProtectedHeader({ alg: "ES256", kid: key.kid, typ: "parley-intent+jws", ...header })
        .sign(key);
    const good = await bound(await jws({}));
    expect((await receiving()(good.headers, good.body)).type).toBe("order.bound");
    for (const header of [{ typ: "JWT" }, { typ: undefined }, { kid: undefined }, { kid: "another" }]) {
      const { headers, body } = await bound(await jws(header));
      expect([header, await refusal(receiving()(headers, body))]).toEqual([
        header,
        expect.stringMatching(/^untrusted: /),
      ]);
    }
  });

  test("is the text that was signed, whatever stands beside it, and comes under its own id", async () => {
    const jws = await signer.sign(JSON.stringify(INTENT));
    const beside = sent("order.bound", { intent: { ...INTENT, totals: null }, jws }, INTENT.id);
    const notice = await receiving()(beside.headers, beside.body);
    expect(notice.data).toEqual({ intent: INTENT, jws });
    const elsewhere = sent("order.bound", { intent: INTENT, jws }, "int_other");
    expect(await refusal(receiving()(elsewhere.headers, elsewhere.body))).toContain("under another id");
  });

  test("is verified by keys that are fetched once, and again after a rotation", async () => {
    const receive = receiving({ keys: address });
    served = 0;
    const { headers, body } = await bound();
    await Promise.all(Array.from({ length: 5 }, () => receive(headers, body)));
    expect(served).toBe(1);
    const { headers: strange, body: text } = await bound(
      await (await openKeys(mkdtempSync(join(folder, "stranger-")))).sign(JSON.stringify(INTENT)),
    );
    expect(await refusal(receive(strange, text))).toContain("untrusted");
    expect(served).toBe(1);
    await addKey(folder);
    signer = await openKeys(folder);
    const after = await bound();
    expect((await receiving({ keys: address })(after.headers, after.body)).type).toBe("order.bound");
  });

  test("is to be sent again when the keys cannot be had", async () => {
    const receive = receiving({ keys: address });
    const { headers, body } = await bound();
    serve = false;
    expect(await refusal(receive(headers, body))).toMatch(/^unreachable, try again: /);
    serve = true;
    expect((await receive(headers, body)).type).toBe("order.bound");
  });
});

describe("the standardwebhooks package", () => {
  test("verifies what the gateway signs, and signs what the kit verifies", async () => {
    const { headers, body } = sent("order.cancelled", { intent: "int_1", at: AT }, "int_1.cancelled", [
      { secret: SECRET, until: null },
    ]);
    const now = new Date().toISOString();
    const fresh = signedHeaders("int_1.cancelled", body, [{ secret: SECRET, until: null }], now);
    expect(new Webhook(SECRET).verify(body, fresh)).toEqual(JSON.parse(body));
    const theirs = {
      ...headers,
      "webhook-signature": new Webhook(SECRET).sign("int_1.cancelled", new Date(NOW), body),
    };
    expect(theirs).toEqual(headers);
    expect((await receiving()(theirs, body)).id).toBe("int_1.cancelled");
  });
});
