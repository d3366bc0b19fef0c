import { h } from "./dom.ts";

/** Tells screen readers of new messages: politely, and in whole sentences, however small the pieces they come in. */
export function announcer() {
  const element = h("output.unseen");
  /** How much of the words of the reply to an event was told. */
  const told = new Map<number, number>();
  const say = (text: string) => {
    element.append(h("p", text));
    if (element.children[4]) element.firstChild?.remove();
  };
  return {
    ...{ element, say },
    /** `text` is all that there is by now of the reply to event `re`. */
    growing(re: number, text: string, finished = false) {
      const rest = text.slice(told.get(re));
      // Behind the last sentence or line that has ended; a dot within a number ends none.
      const ended = finished ? rest : (/^.*(?:[.!?。…]["'”’)]?\s|\n)/s.exec(rest)?.[0] ?? "");
      told.set(re, text.length - rest.length + ended.length);
      if (ended.trim()) say(ended.trim());
    },
  };
}
