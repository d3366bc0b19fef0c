import { Fault } from "./fault.ts";

export function notSoldIn(currencies: readonly string[]): Fault {
  return new Fault("unsupported_currency", `this vendor sells in ${currencies.join(", ")}; name one of them`);
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
