import { execFileSync } from "node:child_process";
import { cpSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join, resolve } from "node:path";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { Act } from "../../src/domain/act.ts";
import type { Move } from "../../src/domain/reply.ts";
import { statesOffer, verifyIntent } from "../../src/protocol/verify.ts";
import { decideApproval } from "../../src/session/orders.ts";
import type { Session } from "../../src/session/session.ts";
import { type OpenGateway, openGateway, Peer } from "../harness.ts";
import { buyerAt, DETAILS, deliveredTo, newId, offered, outcome, stockOf, taking, wish } from "./buying.ts";
import { BUYER, OPENING, type OpenedHouse, openHouse } from "./opened-house.ts";

let gateway: OpenGateway;
let keys: string;

beforeAll(async () => {
  gateway = await openGateway({ PARLEY_MESSAGES_PER_MINUTE: "600000" });
  keys = `${gateway.url}/.well-known/jwks.json`;
});
afterAll(async () => {
  await gateway.stop();
  gateway.remove();
});

const buyer = () => buyerAt(gateway.ws);
const stock = (sku: string) => stockOf(gateway.ws, sku);

describe("an accept", () => {
  it("binds exactly what the offer said, signed, and hands it on", async () => {
    const peer = await buyer();
    const offer = await offered(peer, "CH-TS", 3);
    const before = await stock("CH-TS");
    const details = { ...DETAILS, purchase_order: "PO-7" };
    const { reply } = await peer.say({ id: newId(), act: taking(offer, details) });
    const intent = reply?.move.intents[0];
    expect(reply?.move.act).toBe("accepted");
    expect(intent).toMatchObject({ status: "pending", offer: offer.id, total: offer.totals.total });
    const signed = await verifyIntent(intent?.jws ?? "", keys);
    expect(statesOffer(signed, offer)).toBe(true);
    expect(signed).toMatchObject({ ...details, id: intent?.id, authority: { by: "policy" } });
    expect(await stock("CH-TS")).toBe(before - 3);
    await expect.poll(() => deliveredTo(gateway.home, intent?.id ?? "")).toHaveLength(1);
    const [handed] = deliveredTo(gateway.home, intent?.id ?? "");
    expect(handed).toMatchObject({ topic: "order.bound", data: { intent: signed, jws: intent?.jws } });
    peer.close();
  });

  it("binds nothing with a wrong hash, for an offer nobody made, or for somebody else's", async () => {
    const peer = await buyer();
    const other = await buyer();
    const offer = await offered(peer, "CH-PC");
    const theirs = await offered(other, "CH-PC");
    const before = await stock("CH-PC");
    expect(await outcome(peer, { ...taking(offer), hash: theirs.hash })).toBe("offer_hash_mismatch");
    expect(await outcome(peer, { ...taking(offer), hash: undefined })).toBe("offer_hash_mismatch");
    expect(await outcome(peer, { ...taking(offer), offer: "nonsense" })).toBe("unknown_offer");
    expect(await outcome(peer, taking(theirs))).toBe("foreign_offer");
    for (const [id, code] of [
      ["nonsense", "unknown_offer"],
      [theirs.id, "foreign_offer"],
    ]) {
      expect(await outcome(peer, { act: "reject", offer: id })).toBe(code);
      expect(await outcome(peer, { act: "propose", counters: id, lower: true })).toBe(code);
    }
    expect(await stock("CH-PC")).toBe(before);
    expect(await outcome(peer, taking(offer))).toBe("accepted");
    for (const each of [peer, other]) each.close();
  });

  it("comes too late for an offer that a newer one replaced", async () => {
    const peer = await buyer();
    const first = await offered(peer, "CH-PC", 2);
    const second = await offered(peer, "CH-PC", 3);
    expect(await outcome(peer, taking(first))).toBe("offer_superseded");
    expect(await outcome(peer, taking(second))).toBe("accepted");
    peer.close();
  });

  it("binds once: later ones of the same connection and of others are told so", async () => {
    const peer = await buyer();
    const { session, secret, epoch } = peer.frames.find((frame) => frame.type === "welcome") ?? {};
    const offer = await offered(peer, "CH-PC");
    const tab = await Peer.open(gateway.ws, { resume: { session, secret, epoch, seq: 3 } });
    await tab.next("welcome");
    const before = await stock("CH-PC");
    const results = await Promise.all(
      [peer, tab].map(async (each, i) => {
        each.send({ type: "say", id: `both ${i}`, act: taking(offer) });
        const frame = await each.until(
          (one) => ("id" in one && one.id === `both ${i}`) || one.type === "fault",
          "ack or fault",
        );
        return frame.type === "fault" ? frame.code : frame.type;
      }),
    );
    expect(results.sort()).toEqual(["ack", "offer_already_accepted"]);
    await peer.until((one) => one.type === "event" && one.event.kind === "reply", "reply");
    expect(await outcome(peer, taking(offer))).toBe("offer_already_accepted");
    expect(await stock("CH-PC")).toBe(before - 1);
    for (const each of [peer, tab]) each.close();
  });

  it("needs to know where to and who pays; then the same offer binds", async () => {
    const peer = await buyer();
    const offer = await offered(peer, "CH-PC");
    expect(await outcome(peer, taking(offer, null))).toBe("order_details_missing");
    await outcome(peer, { act: "inform", details: { ship_to: DETAILS.ship_to } });
    expect(await outcome(peer, taking(offer, null))).toBe("order_details_missing");
    await outcome(peer, { act: "inform", details: { payer: DETAILS.payer } });
    expect(await outcome(peer, taking(offer, null))).toBe("accepted");
    peer.close();
  });

  it("needs an address that goods can be sent to: a street alone is none", async () => {
    const peer = await buyer();
    const offer = await offered(peer, "CH-PC");
    for (const ship_to of [
      { country: "US", name: "x", lines: ["y"] },
      { country: "US", name: "Ada Kim", lines: ["1 Main Street"], city: "Springfield" },
      { country: "US", name: "Ada Kim", lines: ["1 Main Street"], postal_code: "45501" },
    ])
      expect(await outcome(peer, taking(offer, { ...DETAILS, ship_to }))).toBe("order_details_missing");
    expect(await outcome(peer, taking(offer))).toBe("accepted");
    peer.close();
  });

  it("for an address of another tax binds nothing; an offer for that address does", async () => {
    const peer = await buyer();
    const offer = await offered(peer, "CH-PC");
    const ship_to = { ...DETAILS.ship_to, region: "CA", postal_code: "94107" };
    expect(await outcome(peer, taking(offer, { ...DETAILS, ship_to }))).toBe("ship_to_changed");
    expect(await outcome(peer, { act: "order_status" })).toBe("order_status");
    await outcome(peer, { act: "inform", details: { ...DETAILS, ship_to } });
    const there = await offered(peer, "CH-PC");
    expect(there.tax.rate_bp).toBe(725);
    expect(there.ship_to).toMatchObject({ country: "US", region: "CA" });
    expect(await outcome(peer, taking(there, null))).toBe("accepted");
    peer.close();
  });

  it("of the last units is for whoever is first: three units, twenty buyers, three orders", async () => {
    const peers = await Promise.all(Array.from({ length: 20 }, buyer));
    const offers = await Promise.all(peers.map((peer) => offered(peer, "NB-14A-WHT")));
    const results = await Promise.all(
      peers.map((peer, i) => {
        const offer = offers[i];
        return offer ? outcome(peer, taking(offer)) : undefined;
      }),
    );
    expect(results.filter((result) => result === "accepted")).toHaveLength(3);
    expect(results.filter((result) => result === "out_of_stock")).toHaveLength(17);
    expect(await stock("NB-14A-WHT")).toBe(0);
    for (const peer of peers) peer.close();
  });

  it("of a product that was taken out of the catalogue meanwhile is refused", async () => {
    const peer = await buyer();
    const offer = await offered(peer, "CH-DR");
    const folder = mkdtempSync(join(tmpdir(), "parley-vendor-"));
    cpSync(resolve(import.meta.dirname, "../../fixtures/vendors/demo"), folder, { recursive: true });
    const products = readFileSync(join(folder, "products.jsonl"), "utf8").split("\n");
    const left = products.filter((line) => !line.includes('"id":"CH-DR"'));
    expect(left.length).toBe(products.length - 1);
    writeFileSync(join(folder, "products.jsonl"), left.join("\n"));
    const main = resolve(import.meta.dirname, "../../src/app/main.ts");
    const env = { ...process.env, PARLEY_HOME: gateway.home };
    execFileSync(process.execPath, [main, "ingest", folder, "--origin", "vendor"], { env });
    rmSync(folder, { recursive: true });
    await expect.poll(() => outcome(peer, taking(offer))).toBe("product_withdrawn");
    expect((await peer.say({ id: newId(), act: wish("CH-DR") })).reply?.move.offers).toEqual([]);
    peer.close();
  });
});

describe("time", () => {
  let house: OpenedHouse;
  beforeAll(async () => {
    house = await openHouse();
  });
  afterAll(() => house.close());

  async function open(): Promise<{ session: Session; ask(act: object): Promise<Move> }> {
    const { session } = await house.gateway.open(OPENING, BUYER);
    const ask = async (act: object) => {
      const { seq } = await session.submit({ id: newId(), act: Act.parse(act) }, null);
      const [stored] = await house.store.read(session.id, seq, 1);
      return (JSON.parse(stored?.json ?? "{}") as { move: Move }).move;
    };
    return { session, ask };
  }

  const minute = 60_000;

  it("ends an offer to the millisecond, and nothing of it is bound", async () => {
    const { session, ask } = await open();
    const [offer] = (await ask(wish("CH-PC"))).offers;
    if (!offer) throw new Error("no offer");
    house.pass(15 * minute - 1);
    const { act, intents } = await ask({ act: "order_status" });
    expect([act, intents]).toEqual(["order_status", []]);
    house.pass(1);
    await expect(ask(taking(offer))).rejects.toMatchObject({ code: "offer_expired" });
    expect(session.state.intents).toEqual([]);
    const [fresh] = (await ask(wish("CH-PC"))).offers;
    house.pass(15 * minute - 1);
    if (fresh) expect((await ask(taking(fresh))).act).toBe("accepted");
  });

  it("ends an approval that nobody gave: it can be neither approved nor declined", async () => {
    const { ask } = await open();
    const [offer] = (await ask(wish("DS-P120", 40))).offers;
    if (!offer) throw new Error("no offer");
    const [intent] = (await ask(taking(offer))).intents;
    const id = intent?.id ?? "";
    house.pass(8 * 24 * 60 * minute);
    for (const verdict of ["approve", "decline"] as const)
      await expect(decideApproval(house.gateway, id, { verdict }, "staff")).rejects.toMatchObject({
        code: "order_expired",
      });
  });
});
