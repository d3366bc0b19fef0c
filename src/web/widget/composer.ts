import { sendsOnEnter } from "../enter.ts";
import { h, iconButton } from "./dom.ts";
import { words } from "./words.ts";

/** Where messages are written. */
export interface Composer {
  readonly element: HTMLElement;
  readonly input: HTMLTextAreaElement;
  /** Replaces what is written and puts the cursor behind it. */
  fill(text: string): void;
}

/** What is written and not sent is kept as `draft`. */
export function composer(kept: { draft: string }, send: (text: string) => void): Composer {
  /** As high as what is written; the style sheet says how high at most. */
  const grow = () => {
    input.style.height = "";
    input.style.height = `${input.scrollHeight + 2}px`;
  };
  const input = h("textarea.input", {
    ...{ rows: 1, maxLength: 4_000, enterKeyHint: "send", dir: "auto" },
    ...{ ariaLabel: words.write, placeholder: words.write, value: kept.draft, onfocus: grow },
    oninput: () => {
      kept.draft = input.value;
      grow();
    },
  });
  const fill = (text: string) => {
    kept.draft = input.value = text;
    grow();
    input.focus();
  };
  const submit = sendsOnEnter(input, () => {
    const text = input.value.trim();
    fill("");
    if (text) send(text);
  });
  // The focus, and with it a phone's keyboard, stays in the field.
  const onpointerdown = (event: Event) => event.preventDefault();
  const button = iconButton("↑", words.send, submit, "main send", { onpointerdown });
  return { element: h("div.composer", input, button), input, fill };
}
