import { existsSync, readFileSync } from "node:fs";
import { join } from "node:path";
import type { Offer } from "../../src/domain/offer.ts";
import type { OrderDetails } from "../../src/domain/order.ts";
import type { IntentView } from "../../src/domain/reply.ts";
import { type OpenGateway, Peer } from "../harness.ts";

/** Ships where the demo vendor's default ship-to has the same tax and fees. */
export const DETAILS: OrderDetails = {
  ship_to: {
    country: "US",
    postal_code: "45501",
    name: "Ada Kim",
    lines: ["1 Main Street"],
    city: "Springfield",
  },
  payer: { name: "Ada Kim", email: "ada@example.com" },
};

/** The typed act that asks for an offer on so many of one product. */
export function wish(sku: string, quantity = 1) {
  return { act: "propose", lines: [{ item: { sku }, quantity }] };
}

/** The typed act that takes an offer. */
export function taking(offer: Offer, details: OrderDetails | null = DETAILS) {
  return { act: "accept", offer: offer.id, hash: offer.hash, ...(details ? { details } : {}) };
}

let made = 0;

/** An id no other message of this test run has. */
export function newId(): string {
  made += 1;
  return `m${made}`;
}

/** Asks for an offer and gives the first one of the reply. */
export async function offered(peer: Peer, sku: string, quantity = 1): Promise<Offer> {
  const { reply, fault } = await peer.say({ id: newId(), act: wish(sku, quantity) });
  const [offer] = reply?.move.offers ?? [];
  if (!offer) throw new Error(`no offer for ${quantity} x ${sku}: ${fault?.message ?? reply?.words?.text}`);
  return offer;
}

/** The secrets a gateway made at its first start. */
export function tokensOf({ home }: OpenGateway) {
  return JSON.parse(readFileSync(join(home, "tokens.json"), "utf8")) as {
    staff: string;
    receiver: string;
    webhook: string;
  };
}

/** A buyer with a session of its own. */
export async function buyerAt(ws: string): Promise<Peer> {
  const peer = await Peer.open(ws);
  await peer.next("welcome");
  return peer;
}

/** Sends an act; gives the code of the fault, or the vendor's act in the reply. */
export async function outcome(peer: Peer, act: object): Promise<string | undefined> {
  const { reply, fault } = await peer.say({ id: newId(), act });
  return fault?.code ?? reply?.move.act;
}

/** Buys so many of a product; gives the order as the reply shows it. */
export async function bought(peer: Peer, sku: string, quantity = 1): Promise<IntentView> {
  const offer = await offered(peer, sku, quantity);
  const { reply, fault } = await peer.say({ id: newId(), act: taking(offer) });
  const intent = reply?.move.intents[0];
  if (!intent) throw new Error(`not bought: ${fault?.message ?? reply?.words?.text}`);
  return intent;
}

/** How many units are free to sell. */
export async function stockOf(ws: string, sku: string): Promise<number> {
  const peer = await buyerAt(ws);
  const items = [{ sku }, { sku: "SL-14" }];
  const { reply } = await peer.say({ id: newId(), act: { act: "compare", items } });
  peer.close();
  return reply?.move.results.find((card) => card.sku === sku)?.stock ?? -1;
}

/** What was handed to the vendor's system so far, by order. */
export function deliveredTo(home: string, intent: string): { topic: string; data: { jws?: string } }[] {
  const file = join(home, "orders.jsonl");
  if (!existsSync(file)) return [];
  const lines = readFileSync(file, "utf8").split("\n").filter(Boolean);
  return lines.map((line) => JSON.parse(line)).filter(({ id }) => id.startsWith(intent));
}
