import { Act } from "../domain/act.ts";
import type { Offer } from "../domain/offer.ts";

/** The offers of a conversation so far, each once, in the order they were first made; the latest said stands apart. */
export interface Offered {
  readonly made: readonly Offer[];
  readonly latest: Offer | null;
}

export const NOTHING_OFFERED: Offered = { made: [], latest: null };

/** After a reply with these offers. */
export function offeredAfter({ made, latest }: Offered, offers: readonly Offer[]): Offered {
  const fresh = offers.filter(({ id }) => !made.some((offer) => offer.id === id));
  return { made: [...made, ...fresh], latest: offers.at(-1) ?? latest };
}

/** An act of a fixture as it is played: `$offer` and `$hash` are the latest offer's, `$offer.2` and `$hash.2` the second one's. */
export function filled(act: object | undefined, { made, latest }: Offered): Act {
  const text = JSON.stringify(act).replace(PLACE, (_, field: "offer" | "hash", number?: string) => {
    const offer = number === undefined ? latest : made[Number(number) - 1];
    return JSON.stringify((field === "offer" ? offer?.id : offer?.hash) ?? "none");
  });
  return Act.parse(JSON.parse(text));
}

/** What stands for an id or a hash in a fixture; null for what was never offered. */
export function placeOf(value: unknown, field: "offer" | "hash", { made, latest }: Offered): string | null {
  const is = (offer: Offer | null) => (field === "offer" ? offer?.id : offer?.hash) === value;
  if (latest && is(latest)) return `$${field}`;
  const number = made.findIndex(is) + 1;
  return number === 0 ? null : `$${field}.${number}`;
}

const PLACE = /"\$(offer|hash)(?:\.([1-9]\d*))?"/g;
