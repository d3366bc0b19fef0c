import type { Welcome } from "../protocol/frames.ts";
import { boundsFor } from "./admission.ts";
import type { Gateway } from "./gateway.ts";
import type { Session } from "./session.ts";

/** What a client is told when it enters a session; `seq` is the last event there is at that moment. */
export function welcome(
  gateway: Gateway,
  session: Session,
  told: { resumed: boolean; secret?: string },
  seq: number,
  messages_per_minute: number,
): Welcome {
  const { vendor } = gateway.house.policy();
  const { lang, currency, rounds } = session.state;
  return {
    type: "welcome",
    session: session.id,
    epoch: gateway.house.store.epoch,
    seq,
    ...told,
    ...{ lang, currency },
    vendor: {
      id: vendor.id,
      name: vendor.name,
      languages: vendor.languages,
      currencies: Object.keys(vendor.default_ship_to),
    },
    bounds: boundsFor(rounds, messages_per_minute),
  };
}
