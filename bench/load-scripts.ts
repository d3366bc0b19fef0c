import { DETAILS, frameIn } from "./frames.ts";
import type { Good } from "./gateway.ts";

/** What one peer says and what it waits for. Every answer is read as JSON, the echo's as the gateway's. */
export interface Script {
  /** Sent and answered once, before the clock runs. */
  readonly first: readonly string[];
  /** The frames of the next request. */
  next(): readonly string[];
  /** Whether this message ends the answer. */
  hear(data: Buffer): "more" | "done" | { readonly fault: string };
  /** What the turn just ended was. */
  readonly opened: boolean;
  readonly bound: boolean;
  readonly session: string | null;
}

/** Turns of one conversation: a session is opened, eight proposals are made, the last offer is taken. */
const TURNS = 10;

/** A peer of the echo server, with messages of `bytes` bytes. */
export function mirror(bytes: number, peer: number): Script {
  const id = `peer-${peer}`;
  const empty = JSON.stringify({ type: "say", id, act: { act: "propose", note: "" } });
  const note = "x".repeat(Math.max(0, bytes - empty.length));
  const frames = [JSON.stringify({ type: "say", id, act: { act: "propose", note } })];
  return {
    first: [],
    next: () => frames,
    hear: (data) => (isJson(data) ? "done" : { fault: "an answer that is no JSON" }),
    ...{ opened: false, bound: false, session: null },
  };
}

/**
 * A buyer of the gateway. With `orders`, one turn in ten opens a session and one in ten is an accept whose signed
 * intent has to come back; without, none is an accept. Peers begin at different points of their conversation.
 */
export function haggler(goods: readonly Good[], orders: boolean, peer: number): Script {
  let step = orders ? 1 + (peer % (TURNS - 2)) : 1;
  let conversation = peer * 7;
  let sent = 0;
  let offer: { id: string; hash: string } | null = null;
  const good = () => goods[conversation % goods.length] ?? { sku: "", price: 0 };
  const script = {
    first: [HELLO],
    opened: false,
    bound: false,
    session: null as string | null,
    next: (): readonly string[] => {
      script.opened = step === 0;
      script.bound = step === TURNS - 1;
      sent += 1;
      if (script.opened) return [BYE, HELLO];
      const act = script.bound
        ? { act: "accept", ...named(offer), details: DETAILS }
        : proposal(good(), step);
      return [JSON.stringify({ type: "say", id: `m${sent}`, act })];
    },
    hear: (data: Buffer) => {
      const frame = frameIn(data);
      if (frame.type === "fault") return { fault: `${frame.code}: ${frame.message}` };
      if (script.opened) {
        if (frame.type !== "welcome") return "more" as const;
        script.session = frame.session;
      } else {
        if (frame.type !== "event" || frame.event.kind !== "reply") return "more" as const;
        const { intents, offers } = frame.event.move;
        if (script.bound && !intents[0]?.jws) return { fault: "an accept without a signed intent" };
        offer = offers[0] ?? null;
      }
      step = (step + 1) % (orders ? TURNS : TURNS - 1);
      if (step === 0) conversation += 1;
      return "done" as const;
    },
  };
  return script;
}

const HELLO = JSON.stringify({ type: "hello", lang: "en", channel: "agent", currency: "USD" });
const BYE = JSON.stringify({ type: "bye" });

/** From 70% of the list price upwards; every third time a longer warranty is asked for as well. */
function proposal({ sku, price }: Good, step: number): object {
  const unit_price = Math.floor((price * (69 + step)) / 100);
  const lines = [{ item: { sku }, quantity: 1, unit_price }];
  return step % 3 === 0
    ? { act: "propose", lines, terms: { warranty: { months_min: 24 } } }
    : { act: "propose", lines };
}

function named(offer: { id: string; hash: string } | null): object {
  return offer === null ? {} : { offer: offer.id, hash: offer.hash };
}

function isJson(data: Buffer): boolean {
  return typeof JSON.parse(data.toString()) === "object";
}
