import { execFile } from "node:child_process";
import { cpSync, mkdtempSync, readdirSync, readFileSync, rmSync, statSync } from "node:fs";
import { tmpdir } from "node:os";
import { join, resolve } from "node:path";
import { promisify } from "node:util";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { verifyErasure, verifyIntent } from "../../src/protocol/verify.ts";
import { Peer, type RunningGateway, startGateway } from "../harness.ts";
import { bought, deliveredTo, newId, offered, taking, tokensOf, wish } from "../session/buying.ts";

const MAIN = resolve(import.meta.dirname, "../../src/app/main.ts");
const KEY = "a key of somebody named in the settings";

/** Twenty things that only ever stand for a person, each found nowhere else. */
const CANARIES = {
  name: "Zebulon Quarkberry",
  payer: "Quarkberry & Daughters",
  street: "7719 Wobblethorpe Crescent",
  floor: "Flat 3 above the Umbrella Clinic",
  city: "Nethersnort",
  phone: "+1 415 555 0186",
  email: "zebulon.quarkberry@wobble.example",
  tax: "ZQ-88-4417",
  purchase: "PO-ZEB-90210",
  allergy: "my sister Ottoline is allergic to wool",
  story: "we met at the harbour in Grimsnes",
  korean: "제 이름은 독고영재이고 무지개빌라 303호에 살아요",
  handoff: "tell Perpetua that Zebulon called",
  question: "does it fit through the door of Ottoline's attic",
  leaving: "Wilhelmina is calling me to supper",
  client: "client-id-of-zebulon-1",
  code: "QUARKBERRY-FAMILY",
  note: "left with the neighbour, Mrs Snodgrass",
  search: "a chair for Cousin Thaddeus Plimsoll",
  twice: "Zebulon once more, from another device",
} as const;
const CARD = "4111111111111111";

const DETAILS = {
  ship_to: {
    ...{ country: "US", postal_code: "45501", name: CANARIES.name, city: CANARIES.city },
    ...{ lines: [CANARIES.street, CANARIES.floor], phone: CANARIES.phone },
  },
  payer: { name: CANARIES.payer, email: CANARIES.email, tax_id: CANARIES.tax },
  purchase_order: CANARIES.purchase,
};

/** Every byte of every file below a folder. */
function bytesOf(folder: string): Buffer {
  const files = readdirSync(folder, { recursive: true, withFileTypes: true });
  const paths = files.filter((file) => file.isFile()).map((file) => join(file.parentPath, file.name));
  return Buffer.concat(paths.map((path) => readFileSync(path)));
}

/** Which canaries stand in these bytes, as they are or inside something that is base64, as a signature is. */
function canariesIn(bytes: Buffer): string[] {
  return Object.entries(CANARIES).flatMap(([name, canary]) => {
    const forms = [canary, ...[0, 1, 2].map((shift) => inBase64(canary, shift))];
    return forms.some((form) => bytes.includes(form)) ? [name] : [];
  });
}

/** The part of a text's base64 that hangs on the text alone, when so many bytes stand before it. */
function inBase64(text: string, shift: number): string {
  const bytes = Buffer.from(text).subarray((3 - shift) % 3);
  return bytes.subarray(0, bytes.length - (bytes.length % 3)).toString("base64url");
}

describe("a person with everything to hide", () => {
  let gateway: RunningGateway;
  let folder: string;
  const sessions: { id: string; secret: string }[] = [];
  let order: { id: string; total: number };
  const env = () => ({ ...process.env, PARLEY_HOME: gateway.home });

  const parley = async (...args: string[]) => {
    const ran = promisify(execFile)(process.execPath, [MAIN, ...args], { env: env(), maxBuffer: 1 << 26 });
    const { stdout, stderr, code } = await ran.then(
      (done) => ({ ...done, code: 0 }),
      (error: { stdout: string; stderr: string; code: number }) => error,
    );
    return { stdout, stderr, code };
  };
  const request = (path: string, token: string, body: object = {}) =>
    fetch(`${gateway.url}${path}`, {
      method: "POST",
      headers: { authorization: `Bearer ${token}`, "content-type": "application/json" },
      body: JSON.stringify(body),
    });
  const entered = async (hello: object) => {
    const peer = await Peer.open(gateway.ws, hello);
    const { session, secret } = await peer.next("welcome");
    sessions.push({ id: session, secret: secret ?? "" });
    return peer;
  };

  beforeAll(async () => {
    folder = mkdtempSync(join(tmpdir(), "parley-erasure-"));
    gateway = await startGateway({ PARLEY_LOG_LEVEL: "trace", PARLEY_API_KEYS: `zebulon=${KEY}` });
    const peer = await entered({ channel: "chat", kind: "person", key: KEY });
    for (const text of [CANARIES.allergy, CANARIES.story, CANARIES.search, `pay with ${CARD}`])
      await peer.say({ id: newId(), text });
    await peer.say({ id: CANARIES.client, text: CANARIES.korean, lang: "ko" });
    await peer.say({ id: newId(), act: { act: "ask", item: { sku: "HS-B1" }, question: CANARIES.question } });
    await peer.say({ id: newId(), act: { ...wish("HS-B1"), codes: [CANARIES.code] } });
    const second = await offered(peer, "HS-B1", 2);
    const { reply } = await peer.say({ id: newId(), act: taking(second, DETAILS) });
    const [intent] = reply?.move.intents ?? [];
    if (!intent) throw new Error("nothing was bought");
    order = { id: intent.id, total: intent.total };
    while (deliveredTo(gateway.home, intent.id).length === 0)
      await new Promise((wait) => setTimeout(wait, 20));
    const answer = { status: "accepted", note: CANARIES.note };
    const { receiver } = tokensOf(gateway);
    expect((await request(`/v1/orders/${intent.id}/status`, receiver, answer)).status).toBe(200);
    await peer.say({ id: newId(), act: { act: "handoff", reason: CANARIES.handoff } });
    // An order that nobody answers, in a session of its own, and one that waits for a person.
    const other = await entered({ key: KEY });
    await other.say({ id: newId(), text: CANARIES.twice });
    for (const [sku, quantity] of [["HS-B1", 1] as const, ["DS-P120", 40] as const]) {
      const wanted = await offered(other, sku, quantity);
      await other.say({ id: newId(), act: taking(wanted, DETAILS) });
    }
    await other.say({ id: newId(), act: { act: "leave", reason: CANARIES.leaving } });
    // What is refused says no more of anybody than what is taken.
    other.send({ type: "say", id: newId(), txet: CANARIES.story });
    await other.next("fault");
    other.socket.send(`{"type": "say", "text": "${CANARIES.allergy}`);
    await other.next("fault");
    for (const [path, key] of [
      ["/v1/sessions", `Bearer ${CANARIES.client}`],
      [`/v1/sessions/${sessions[0]?.id}/messages`, `Bearer ${sessions[0]?.secret}x`],
      [`/v1/sessions/${CANARIES.client}/messages`, `Bearer ${sessions[0]?.secret}`],
    ] as const) {
      const headers = { authorization: key, "idempotency-key": `${newId()}-${CANARIES.client}` };
      const body = `{"text": "${CANARIES.korean}`;
      const refused = await fetch(`${gateway.url}${path}`, { method: "POST", headers, body });
      expect(refused.status).toBeGreaterThanOrEqual(400);
    }
    other.close();
    // Somebody else, of whom nothing may go.
    const neighbour = await Peer.open(gateway.ws, {});
    await neighbour.next("welcome");
    await bought(neighbour, "HS-B1");
    neighbour.close();
    peer.close();
  });

  afterAll(async () => {
    await gateway?.stop();
    gateway?.remove();
    rmSync(folder, { recursive: true, force: true });
  });

  it("is in the files of the home before, each canary, and in no log line and no metric", async () => {
    expect(canariesIn(bytesOf(gateway.home))).toEqual(Object.keys(CANARIES));
    expect(canariesIn(Buffer.from(gateway.output()))).toEqual([]);
    const metrics = await (await fetch(`${gateway.url}/metrics`)).text();
    expect(canariesIn(Buffer.from(metrics))).toEqual([]);
    for (const place of [bytesOf(gateway.home), Buffer.from(gateway.output() + metrics)])
      expect(place.includes(CARD)).toBe(false);
    for (const { id, secret } of sessions) {
      expect(gateway.output()).not.toContain(secret);
      expect(metrics).not.toContain(id);
    }
  });

  it("is exported whole, each line by its schema", async () => {
    const { stdout, code } = await parley("privacy", "export", "key:zebulon");
    expect(code).toBe(0);
    expect(canariesIn(Buffer.from(stdout))).toEqual(Object.keys(CANARIES));
    const lines = stdout
      .trim()
      .split("\n")
      .map((line) => JSON.parse(line) as { kind: string; of?: string });
    const schemas = new Set(lines.filter(({ kind }) => kind === "schema").map(({ of }) => of));
    expect(lines.filter(({ kind }) => kind !== "schema").every(({ kind }) => schemas.has(kind))).toBe(true);
    expect(stdout).not.toContain(sessions[0]?.secret);
  });

  it("is gone from every file as soon as it has asked, while the gateway runs, and everybody in the session is told", async () => {
    await parley("audit", "checkpoint");
    expect((await parley("backup", join(folder, "backup"))).code).toBe(0);
    const [first] = sessions;
    const { epoch } = JSON.parse(
      await (
        await fetch(`${gateway.url}/v1/sessions/${first?.id}/events`, {
          headers: { authorization: `Bearer ${first?.secret}` },
        })
      ).text(),
    ) as { epoch: string };
    const resume = { session: first?.id, secret: first?.secret, epoch, seq: 1 };
    const peer = await Peer.open(gateway.ws, { resume });
    await peer.next("welcome");
    const response = await request(`/v1/sessions/${first?.id}/erase`, first?.secret ?? "");
    expect(response.status).toBe(200);
    const { receipt } = (await response.json()) as { receipt: { orders: { id: string; status: string }[] } };
    expect(receipt.orders).toMatchObject([{ id: order.id, status: "accepted", total: order.total }]);
    expect((await peer.next("fault")).code).toBe("session_erased");
    expect(await peer.closed).toEqual({ code: 4410, reason: "session_erased" });
    expect((await request(`/v1/sessions/${first?.id}/erase`, first?.secret ?? "")).status).toBe(410);
    const back = await Peer.open(gateway.ws, { resume });
    expect((await back.next("fault")).code).toBe("session_erased");
    const delivered = deliveredTo(gateway.home, order.id);
    expect(delivered).toEqual([
      { id: order.id, topic: "order.bound", data: { intent: order.id, erased: true } },
    ]);
    const { stdout, code } = await parley("privacy", "erase", "key:zebulon");
    expect(code).toBe(0);
    expect(stdout.trim().split("\n")).toHaveLength(2);
    expect(canariesIn(bytesOf(gateway.home))).toEqual([]);
    expect(bytesOf(gateway.home).includes(first?.secret ?? "")).toBe(false);
    expect((await parley("privacy", "erase", "key:zebulon")).stdout).toBe(stdout);
    expect(canariesIn(Buffer.from(gateway.output()))).toEqual([]);
  });

  it("leaves what others said and bought, and money records that add up", async () => {
    const home = bytesOf(gateway.home).toString("latin1");
    expect(home).toContain("1 Main Street");
    const { stdout } = await parley("privacy", "export", sessions[0]?.id ?? "");
    const lines = stdout
      .trim()
      .split("\n")
      .map((line) => JSON.parse(line));
    const orders = lines.filter(({ kind }) => kind === "order").map(({ value }) => value);
    expect(orders).toMatchObject([{ id: order.id, total: order.total, status: "accepted", jws: null }]);
    const receipt = lines.find(({ kind }) => kind === "erasure").value;
    const keys = `${gateway.url}/.well-known/jwks.json`;
    expect(await verifyErasure(receipt.jws, keys)).toEqual(receipt.receipt);
    await expect(verifyIntent(receipt.jws, keys)).rejects.toMatchObject({ code: "untrusted" });
    const verified = await parley("audit", "verify");
    expect(verified.stdout).toContain("3 sessions (2 erased)");
    expect(verified).toMatchObject({ code: 0, stderr: "" });
    const delivered = readFileSync(join(gateway.home, "orders.jsonl"), "utf8").trim().split("\n");
    for (const line of delivered) JSON.parse(line);
    const of = (id: string) => delivered.filter((line) => line.includes(`"${id}"`));
    expect(of(order.id)[0]).toContain('"erased":true');
    await expect
      .poll(() => readFileSync(join(gateway.home, "orders.jsonl"), "utf8"))
      .toContain("session.erased");
  });

  it("is erased again from a backup of before, by the ledger; without it, the command says what is back", async () => {
    await gateway.stop();
    expect(canariesIn(bytesOf(gateway.home))).toEqual([]);
    expect(statSync(join(gateway.home, "audit", "checkpoints.jsonl")).size).toBeGreaterThan(0);
    const home = gateway.home;
    const ledger = join(home, "audit", "erasures.jsonl");
    const restored = async (name: string, ...args: string[]) => {
      gateway = { ...gateway, home: join(folder, name) };
      return parley("restore", join(folder, "backup"), ...args);
    };
    const forgetful = await restored("forgetful");
    expect(forgetful.stdout).toContain("what was erased after this backup is back");
    expect(canariesIn(bytesOf(gateway.home))).not.toEqual([]);
    expect((await parley("audit", "verify")).code).toBe(0);
    expect((await parley("privacy", "reapply", ledger)).stdout).toContain("2 conversations erased again");
    expect(canariesIn(bytesOf(gateway.home))).toEqual([]);
    const mindful = await restored("mindful", "--erasures", ledger);
    expect(mindful.stdout).toContain("2 were erased since and are erased again");
    expect(canariesIn(bytesOf(gateway.home))).toEqual([]);
    expect((await parley("audit", "verify")).code).toBe(0);
    // What was kept elsewhere says that the history since is lost.
    const kept = join(folder, "kept.jsonl");
    cpSync(join(home, "audit", "checkpoints.jsonl"), kept);
    const against = await parley("audit", "verify", "--against", kept);
    expect(against.code).toBe(1);
    expect(against.stdout).toContain("checkpoint_missing");
    gateway = { ...gateway, home };
  });
});
