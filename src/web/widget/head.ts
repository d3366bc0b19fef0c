import { button, h, iconButton, set } from "./dom.ts";
import { words } from "./words.ts";

/** What the menu does, in its order. */
interface Does {
  act(act: { act: "handoff" | "order_status" }): void;
  save(): void;
  /** Whether replies are read out from now on. */
  readAloud(on: boolean): void;
  erase(): void;
  close(): void;
}

/** Whom one talks to and who answers, always in sight; and what else can be done. */
export function head(title: HTMLElement, status: HTMLElement, does: Does): HTMLElement {
  const toggle = h("summary.icon", { ariaLabel: words.menu }, "⋯");
  const leave = () => {
    menu.open = false;
    toggle.focus();
  };
  const item = (label: string, chosen: () => void, properties = {}) =>
    button(
      label,
      () => {
        leave();
        chosen();
      },
      "button",
      properties,
    );
  let on = false;
  const readAloud = () => {
    on = !on;
    set(aloud, { ariaPressed: on });
    does.readAloud(on);
  };
  const hidden = !("speechSynthesis" in window);
  const aloud = item(words.readAloud, readAloud, { ariaPressed: on, hidden });
  const onkeydown = (event: KeyboardEvent) => {
    if (event.key !== "Escape" || !menu.open) return;
    event.stopPropagation();
    leave();
  };
  const menu = h(
    "details.more",
    { onkeydown },
    toggle,
    h(
      "div.menu",
      item(words.mine.handoff, () => does.act({ act: "handoff" })),
      item(words.mine.order_status, () => does.act({ act: "order_status" })),
      item(words.save, does.save),
      aloud,
      item(words.erase, does.erase),
    ),
  );
  return h("header.header", h("div", title, status), menu, iconButton("✕", words.close, does.close, "close"));
}
