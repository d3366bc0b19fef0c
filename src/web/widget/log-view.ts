import { button, h } from "./dom.ts";
import { fill, left, named } from "./figures.ts";
import { bubble, message, notice, said, spoken } from "./message.ts";
import type { Unsent } from "./outbox.ts";
import type { Stage } from "./stage.ts";
import type { Item } from "./timeline.ts";
import { words } from "./words.ts";

/** How near its end the log counts as read to the end, in CSS pixels. */
const NEAR = 80;

/** The log on the page: an element for each item, made anew when its item changed, with focus and place kept. */
export class LogView {
  // Silent itself, or every piece of a reply would be read: the announcer tells of it in sentences.
  readonly element = h("div.log", { role: "log", ariaLive: "off", tabIndex: 0, ariaLabel: words.chat });
  readonly #tail = h("div.tail");
  readonly #shown = new Map<number, { item: Item; element: HTMLElement }>();
  readonly #stage: Stage;

  constructor(stage: Stage) {
    this.#stage = stage;
    this.element.append(this.#tail);
  }

  /** Shows what is new or changed. */
  update(): void {
    const log = this.element;
    const { items } = this.#stage.conversation.timeline;
    const atEnd = log.scrollHeight - log.scrollTop - log.clientHeight < NEAR;
    const focused = (log.getRootNode() as ShadowRoot).activeElement;
    const name = focused && log.contains(focused) ? nameOf(focused) : "";
    const there = new Set(items.map(({ seq }) => seq));
    for (const [seq, { element }] of this.#shown)
      if (!there.has(seq)) {
        element.remove();
        this.#shown.delete(seq);
      }
    for (const item of items) {
      const shown = this.#shown.get(item.seq);
      if (shown?.item === item) continue;
      const element = message(item, this.#stage);
      this.#shown.set(item.seq, { item, element });
      if (shown) shown.element.replaceWith(element);
      else this.#tail.before(element);
    }
    this.#tell();
    if (atEnd) this.toEnd();
    // Whoever was on a button that was made anew is on it again, or on the log where it is gone.
    if (name && !focused?.isConnected) {
      const same = [...log.querySelectorAll("button")].findLast((one) => nameOf(one) === name);
      (same ?? log).focus({ preventScroll: true });
    }
  }

  toEnd(): void {
    this.element.scrollTop = this.element.scrollHeight;
  }

  /** A second has gone. */
  tick(): void {
    let over = false;
    for (const time of this.element.querySelectorAll("time")) {
      const ms = Date.parse(time.dateTime) - Date.now();
      time.textContent = fill(words.expiresIn, left(ms));
      over ||= ms <= 0;
    }
    if (!over) return;
    this.#stage.conversation.timeline.showAgain();
    this.update();
  }

  /** What was refused, whether an answer is being made, and what is not in the log yet. */
  #tell(): void {
    const stage = this.#stage;
    const { timeline, refused, unsent, restored } = stage.conversation;
    const mine = (one: Unsent, kind: string, state: string, ...more: Node[]) =>
      bubble(`mine ${kind}`, words.you, state, said(spoken(one, stage)), more);
    const waits = timeline.unanswered && timeline.handoff?.to !== "person";
    this.#tail.replaceChildren(
      ...(restored ? [notice(words.restored)] : []),
      ...refused.map(({ unsent: one, fault: { code } }) =>
        mine(
          one,
          "refused",
          words.refused,
          h("small.note", fill(named(words.fault, code, words.fault.other), code)),
          button(one.text ? words.edit : words.done, () => stage.drop(one)),
        ),
      ),
      ...(waits ? [h("small.thinking", words.thinking)] : []),
      ...unsent.map((one) => mine(one, "unsent", words.unsent)),
    );
  }
}

function nameOf(element: Element): string {
  return element.ariaLabel ?? element.textContent ?? "";
}
