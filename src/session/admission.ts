import { createHash, timingSafeEqual } from "node:crypto";
import { BOUNDS } from "../domain/bounds.ts";
import { Fault } from "../domain/fault.ts";
import type { Party, Role } from "../domain/party.ts";

/** Who may come in, from configuration. Keys and tokens are compared by digest, in constant time. */
export interface Door {
  /** API keys by the name of their holder; with `keys_required` nobody enters as buyer without one. */
  readonly api_keys: ReadonlyMap<string, string>;
  readonly keys_required: boolean;
  readonly staff_token: string;
  readonly receiver_token: string;
}

/** The party behind a hello. Throws `unauthorized` for a wrong or missing key. */
export function admit(door: Door, role: Role, key: string | undefined, kind: Party["kind"]): Party {
  if (role !== "buyer") {
    if (key === undefined || !same(key, door.staff_token)) {
      throw new Fault("unauthorized", "operators and observers need the staff token as `key`");
    }
    return { principal: `staff:${role}`, kind: "person", tier: "api_key" };
  }
  if (key !== undefined) {
    for (const [name, value] of door.api_keys) {
      if (same(key, value)) return { principal: `key:${name}`, kind, tier: "api_key" };
    }
    throw new Fault("unauthorized", "this API key is not known here; check it, or ask the vendor for one");
  }
  if (door.keys_required) {
    throw new Fault(
      "unauthorized",
      "this vendor asks for an API key: send it as `Authorization: Bearer` or as `key`",
    );
  }
  return { principal: "anonymous", kind, tier: "anonymous" };
}

export function mustBe(token: string, given: string | undefined, what: string): void {
  if (given === undefined || !same(given, token)) {
    throw new Fault("unauthorized", `this needs the ${what} token as Authorization: Bearer`);
  }
}

/** A token bucket: `per_minute` on average, a tenth of it at once. */
export function bucket(per_minute: number, now: () => number): () => void {
  const burst = Math.max(10, per_minute / 10);
  let tokens = burst;
  let before = now();
  return () => {
    const at = now();
    tokens = Math.min(burst, tokens + ((at - before) * per_minute) / 60_000);
    before = at;
    if (tokens < 1) {
      const wait = Math.ceil(((1 - tokens) * 60_000) / per_minute);
      throw new Fault("rate_limited", `at most ${per_minute} messages a minute; wait ${wait} ms`, {
        detail: { retry_after_ms: wait },
      });
    }
    tokens -= 1;
  };
}

export function boundsFor(rounds: number, messages_per_minute: number) {
  const { frame_bytes, text_chars, offers, lines, queued, unanswered_orders, heartbeat_ms } = BOUNDS;
  const stated = { frame_bytes, text_chars, offers, lines, queued, unanswered_orders, heartbeat_ms };
  return { ...stated, messages_per_minute, rounds };
}

function same(a: string, b: string): boolean {
  return timingSafeEqual(sha256(a), sha256(b));
}

function sha256(text: string): Buffer {
  return createHash("sha256").update(text).digest();
}
