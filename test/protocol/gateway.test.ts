import { Ajv2020 } from "ajv/dist/2020.js";
import addFormats from "ajv-formats";
import { afterAll, beforeAll, expect, test } from "vitest";
import { WebSocket } from "ws";
import { type Client, type ConnectOptions, connect } from "../../src/protocol/client.ts";
import type { Reply } from "../../src/protocol/pending.ts";
import { schemaDocument } from "../../src/protocol/schema.ts";
import { statesOffer, verifyIntent, verifyOffer } from "../../src/protocol/verify.ts";
import { type RunningGateway, startGateway } from "../harness.ts";

let gateway: RunningGateway;
const clients: Client[] = [];
const sockets: Recorded[] = [];
const frames: { side: "client" | "server"; text: string }[] = [];

/** A real socket that keeps all that goes over it, and can be cut. */
class Recorded extends WebSocket {
  constructor(url: string, protocols: string[]) {
    super(url, protocols);
    sockets.push(this);
    this.on("message", (data) => frames.push({ side: "server", text: String(data) }));
  }
  override send(data: string): void {
    frames.push({ side: "client", text: data });
    super.send(data);
  }
}

beforeAll(async () => {
  gateway = await startGateway();
});

afterAll(async () => {
  for (const client of clients) client.close();
  await gateway.stop();
  gateway.remove();
});

function joined(options: Partial<ConnectOptions> = {}): Client {
  const client = connect({ url: gateway.ws, WebSocket: Recorded, ...options });
  clients.push(client);
  return client;
}

const details = {
  ship_to: {
    country: "US",
    region: "NY",
    postal_code: "10001",
    name: "Ana",
    lines: ["1 Main St"],
    city: "New York",
  },
  payer: { name: "Ana" },
};

/** The vendor's reply, where no person has the conversation. */
async function replied(answer: ReturnType<Client["say"]>): Promise<Reply> {
  const told = await answer;
  if (told.kind === "held") throw new Error("a person has the conversation");
  return told;
}

test("a machine buys: the offer's hash holds, the order is signed and says what was accepted", async () => {
  const client = joined({ currency: "USD", shipTo: { country: "US", region: "NY", postal_code: "10001" } });
  const asked = await replied(
    client.act({
      act: "propose",
      lines: [{ item: { sku: "HS-B1" }, quantity: 2 }],
      terms: { delivery: { days_max: 1 } },
    }),
  );
  const [offer] = asked.move.offers;
  if (!offer) throw new Error("no offer came");
  expect(await verifyOffer(offer)).toBe(true);
  const done = await replied(client.act({ act: "accept", offer: offer.id, hash: offer.hash, details }));
  const jws = done.move.intents[0]?.jws ?? "";
  expect(statesOffer(await verifyIntent(jws, `${gateway.url}/.well-known/jwks.json`), offer)).toBe(true);
  await expect(client.act({ act: "accept", offer: offer.id, hash: offer.hash })).rejects.toMatchObject({
    code: "offer_already_accepted",
    retry: false,
  });
});

test("words come in pieces that join to the reply's text", async () => {
  const client = joined({ stream: true, channel: "chat", kind: "person" });
  const pieces: string[] = [];
  client.on("delta", ({ text }) => pieces.push(text));
  const { words } = await replied(client.say("Do you have a mesh chair?"));
  expect(words.text).toContain("Mesh Chair");
  expect(pieces.join("")).toBe(words.text);
});

test("a cut socket is not noticed by who talks: every message is answered, each once", async () => {
  const client = joined();
  await client.opened;
  const replies = await Promise.all(
    Array.from({ length: 8 }, (_, n) => {
      const reply = client.say(`What is your returns policy? (${n})`);
      if (n % 3 === 1) sockets.at(-1)?.terminate();
      return reply;
    }),
  );
  expect(new Set(replies.map(({ seq }) => seq)).size).toBe(8);
  const other = joined({ resume: { ...must(client.credentials), seq: 0 } });
  const said: string[] = [];
  for await (const { seq, event } of other.events) {
    if (event.kind === "message") said.push(event.message.text ?? "");
    if (seq === client.credentials?.seq) break;
  }
  expect(said.length).toBe(8);
  expect(new Set(said).size).toBe(8);
});

test("a second tab of the same session sees what the first one says", async () => {
  const first = joined();
  await first.opened;
  const second = joined({ resume: must(first.credentials) });
  await second.opened;
  await first.say("hello");
  const kinds: string[] = [];
  for await (const { event } of second.events) {
    kinds.push(event.kind);
    if (event.kind === "reply") break;
  }
  expect(kinds).toEqual(["message", "reply"]);
});

test("a gateway that is killed and started again goes on with the session where it was", async () => {
  const client = joined();
  const before = await client.say("hello");
  const { port } = new URL(gateway.url);
  await gateway.kill();
  const reply = client.say("Do you have headphones?");
  gateway = await startGateway({ PARLEY_HOME: gateway.home, PARLEY_PORT: port });
  expect((await reply).seq).toBe(before.seq + 2);
  expect(client.welcome?.resumed).toBe(true);
});

test("a gateway that is stopped sends its clients away, and they are back when another one answers", async () => {
  const client = joined({ kind: "person" });
  await client.say("hello");
  const states: string[] = [];
  client.on("state", (state) => states.push(state));
  const { port } = new URL(gateway.url);
  expect(await gateway.stop()).toBe(0);
  gateway = await startGateway({ PARLEY_HOME: gateway.home, PARLEY_PORT: port });
  expect((await client.say("thank you")).seq).toBe(5);
  expect(states[0]).toBe("waiting");
  expect(client.state).toBe("open");
});

test("a wrong key, an unknown session and a currency that is not sold in end a client with their fault", async () => {
  const session = { session: "ses_none", secret: "x", epoch: "e", seq: 0 };
  await expect(joined({ key: "wrong" }).opened).rejects.toMatchObject({ code: "unauthorized" });
  await expect(joined({ resume: session }).opened).rejects.toMatchObject({ code: "unknown_session" });
  await expect(joined({ currency: "EUR" }).opened).rejects.toMatchObject({ code: "unsupported_currency" });
});

test("every frame of these conversations is what the published schema says", () => {
  const ajv = new Ajv2020({ allErrors: true, allowUnionTypes: true, keywords: ["x-faults"] });
  addFormats.default(ajv);
  ajv.addSchema(schemaDocument(), "parley");
  const checks = {
    client: ajv.compile({ $ref: "parley#/$defs/ClientFrame" }),
    server: ajv.compile({ $ref: "parley#/$defs/ServerFrame" }),
  };
  expect(frames.length).toBeGreaterThan(50);
  for (const { side, text } of frames) {
    const check = checks[side];
    check(JSON.parse(text));
    expect([text.slice(0, 200), check.errors ?? []]).toEqual([text.slice(0, 200), []]);
  }
});

function must<T>(value: T | null): T {
  if (value === null) throw new Error("nothing is there");
  return value;
}
