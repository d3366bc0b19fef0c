import { Fault } from "./fault.ts";
import type { ShipTo } from "./order.ts";
import { usState } from "./places.ts";
import type { Vendor } from "./vendor.ts";

export function notSoldIn(currencies: readonly string[]): Fault {
  return new Fault("unsupported_currency", `this vendor sells in ${currencies.join(", ")}; name one of them`);
}

/** Of an address that no price can be worked out for; null where nothing is wrong with it. */
export function problemOfPlace(
  { country, region, postal_code }: ShipTo,
  currency: string,
  { markets }: Pick<Vendor, "markets">,
): Fault | null {
  const sold = markets.filter((market) => market.country === country).map((market) => market.currency);
  if (sold.length > 0 && !sold.includes(currency))
    return new Fault("unsupported_currency", otherMarket(country, sold));
  if (country !== "US" || region === undefined || postal_code !== undefined || usState(region)) return null;
  const mend = "send its code, as CA, or its name, as California; or a `postal_code`";
  return new Fault("bad_frame", `ship_to.region: ${JSON.stringify(region)} is no state of the US; ${mend}`);
}

export function otherMarket(country: string, sold: readonly string[]): string {
  const currencies = sold.join(" or ");
  return `what goes to ${country} is sold in ${currencies} here; open a session with \`currency\` ${currencies}`;
}

/** Of an id that no offer ever had. */
export const NO_SUCH_OFFER = "there is no such offer; use the `id` of an offer you were sent";

/** Whether a message says one thing, in words or as an act. */
export function hasOneContent({ text, act }: { readonly text?: unknown; readonly act?: unknown }): boolean {
  return (text === undefined) !== (act === undefined);
}

/** What is wrong where it does not, for whoever sent it. */
export const ONE_CONTENT = {
  error: ({ input }: { readonly input?: unknown }) =>
    (input as { text?: unknown }).text === undefined
      ? "it has neither `text` nor `act`: send words as `text`, or a typed `act`"
      : "it has both `text` and `act`: send one of them, or two messages",
};
