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
