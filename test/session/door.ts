import { Fault } from "../../src/domain/fault.ts";
import type { StaffDoor } from "../../src/ports/identity.ts";
import type { Door } from "../../src/session/admission.ts";
import type { EntranceOptions } from "../../src/session/entrance.ts";
import { Guests } from "../../src/session/guests.ts";
import { tickets } from "../../src/session/tickets.ts";

/** A door that anybody may come in through; staff with the token "staff". */
export function openDoor(more: Partial<Door> = {}): Door {
  const clock = more.clock ?? { now: () => new Date().toISOString() };
  const used = new Set<string>();
  return {
    ...{ api_keys: new Map(), keys_required: false, tickets_required: false },
    ...{ staff: staffOfTest(), receiver_token: "", tokens: null, requests: null, mandates: null },
    ...{ clock, tickets: tickets("secret of this test", clock) },
    once: async (nonce) => !used.has(nonce) && used.add(nonce).has(nonce),
    ...more,
  };
}

/** Whoever holds the token "staff" may do everything, and nobody keeps anything. */
function staffOfTest(): StaffDoor {
  const nobody = async () => {
    throw new Fault("unauthorized", "nobody signs in here");
  };
  return {
    holder: (token) => (token === "staff" ? { id: "operator", name: "operator", role: "manager" } : null),
    ...{ issue: nobody, read: nobody, provider: null },
  };
}

/** Somebody at the door who has shown nothing. */
export function somebody(door: Door = openDoor()): EntranceOptions {
  const guests = new Guests({
    messages_per_minute: 1_000,
    access: () => ({}),
    now: () => performance.now(),
  });
  return { door, visit: guests.arrive("127.0.0.1"), identity: null };
}
