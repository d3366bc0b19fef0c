import { iconButton } from "./dom.ts";
import { listen } from "./speech.ts";
import { words } from "./words.ts";

/**
 * Writes down one message as it is spoken, and sends it by `say` when the speaker pauses; pressed again, it ends before that.
 * `began`: somebody begins to speak; `tell`: what went wrong.
 */
export function microphone(
  input: HTMLTextAreaElement,
  began: () => void,
  say: (text: string) => void,
  tell: (text: string) => void,
): HTMLElement {
  let stop: (() => void) | null = null;
  let typed = "";
  const heard = (text: string) => {
    input.value = text;
  };
  const press = () => {
    if (stop) return stop();
    began();
    typed = input.value;
    button.ariaPressed = "true";
    stop = listen(heard, (text, wrong) => {
      stop = null;
      button.ariaPressed = "false";
      heard(typed);
      if (text.trim()) say(text);
      else if (wrong && wrong !== "aborted") tell(wrong === "no-speech" ? words.unheard : words.deaf);
    });
  };
  const button = iconButton("", words.talk, press, "microphone", { ariaPressed: "false" });
  return button;
}
