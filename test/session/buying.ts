import { readFileSync } from "node:fs";
import { join } from "node:path";
import type { Offer } from "../../src/domain/offer.ts";
import type { OrderDetails } from "../../src/domain/order.ts";
import type { Peer, RunningGateway } from "../harness.ts";

/** Ships where the demo vendor's default ship-to has the same tax and fees. */
export const DETAILS: OrderDetails = {
  ship_to: { country: "US", name: "Ada Kim", lines: ["1 Main Street"], city: "Springfield" },
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
export function tokensOf({ home }: RunningGateway) {
  return JSON.parse(readFileSync(join(home, "tokens.json"), "utf8")) as {
    staff: string;
    receiver: string;
    webhook: string;
  };
}
