import { h } from "./dom.ts";

/** Tells screen readers of new messages: politely, and in whole sentences, however small the pieces they come in. */
export class Announcer {
  readonly element = h("output.unseen");
  /** How much of the words of the reply to an event was told. */
  readonly #told = new Map<number, number>();

  say(text: string): void {
    this.element.append(h("p", text));
    if (this.element.childElementCount > 4) this.element.firstChild?.remove();
  }

  /** `text` is all that there is by now of the reply to event `re`. */
  growing(re: number, text: string, finished: boolean): void {
    const from = this.#told.get(re) ?? 0;
    // Behind the last sentence or line that has ended; a dot within a number ends none.
    const ended = /^.*(?:[.!?。…]["'”’)]?\s|\n)/s.exec(text.slice(from));
    const to = finished ? text.length : from + (ended?.[0].length ?? 0);
    this.#told.set(re, to);
    const sentences = text.slice(from, to).trim();
    if (sentences) this.say(sentences);
  }
}
