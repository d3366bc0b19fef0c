import { button, h } from "./dom.ts";
import { fill, named } from "./figures.ts";
import { bubble, type Content, message, notice, said, spoken } from "./message.ts";
import { countDown } from "./offer-card.ts";
import type { Unsent } from "./outbox.ts";
import type { Stage } from "./stage.ts";
import type { Item } from "./timeline.ts";
import { words } from "./words.ts";

/** How near its end the log counts as read to the end, in CSS pixels. */
const NEAR = 80;

/** The log on the page: an element for each item, made anew when its item changed, with focus and place kept. */
export function logView(stage: Stage) {
  let tail = h("div.tail");
  // Silent itself, or every piece of a reply would be read: the announcer tells of it in sentences.
  const log = h("div.log", { role: "log", ariaLive: "off", tabIndex: 0, ariaLabel: words.chat }, tail);
  const shown = new Map<number, { item: Item; element: HTMLElement }>();

  /** What was refused, whether an answer is being made, and what is not in the log yet. */
  const tell = () => {
    const { timeline, refused, unsent, restored } = stage.conversation;
    const mine = (one: Unsent, kind: string, state: string, ...more: Content[]) =>
      bubble(`mine ${kind}`, words.you, state, said(spoken(one, stage)), more);
    const old = tail;
    tail = h(
      "div.tail",
      restored && notice(words.restored),
      refused.map(({ unsent: one, fault: { code } }) =>
        mine(
          one,
          "refused",
          words.refused,
          h("small.note", fill(named(words.fault, code, words.fault.other), code)),
          button(one.text ? words.edit : words.done, () => stage.drop(one)),
        ),
      ),
      timeline.unanswered && timeline.answering?.to !== "person" && h("small.thinking", words.thinking),
      unsent.map((one) => mine(one, "unsent", words.unsent)),
    );
    old.replaceWith(tail);
  };

  const toEnd = () => {
    log.scrollTop = log.scrollHeight;
  };

  /** Shows what is new or changed. */
  const update = () => {
    const { seen } = stage.conversation.timeline;
    const atEnd = log.scrollHeight - log.scrollTop - log.clientHeight < NEAR;
    const focused = (log.getRootNode() as ShadowRoot).activeElement;
    const name = focused && log.contains(focused) && nameOf(focused);
    for (const [seq, { element }] of shown)
      if (!seen.some((item) => item.seq === seq)) {
        element.remove();
        shown.delete(seq);
      }
    for (const item of seen) {
      const before = shown.get(item.seq);
      if (before?.item === item) continue;
      const element = message(item, stage);
      shown.set(item.seq, { item, element });
      if (before) before.element.replaceWith(element);
      else tail.before(element);
    }
    tell();
    if (atEnd) toEnd();
    // Whoever was on a button that was made anew is on it again, or on the log where it is gone.
    if (name && !focused.isConnected) {
      const same = [...log.querySelectorAll("button")].findLast((one) => nameOf(one) === name);
      (same ?? log).focus({ preventScroll: true });
    }
  };

  return {
    ...{ element: log, update, toEnd },
    /** A second has gone. */
    tick() {
      if ([...log.querySelectorAll("time")].map(countDown).every(Boolean)) return;
      stage.conversation.timeline.showAgain();
      update();
    },
  };
}

function nameOf(element: Element): string {
  return element.ariaLabel ?? element.textContent ?? "";
}
