import { iconButton } from "./dom.ts";
import { listen } from "./speech.ts";
import { words } from "./words.ts";

/** Where what is spoken goes. */
interface Hears {
  /** Somebody begins to speak. */
  began(): void;
  say(text: string): void;
  /** Tells the reader what went wrong. */
  tell(text: string): void;
}

/** Writes down one message as it is spoken, and sends it when the speaker pauses; pressed again, it ends before that. */
export function microphone(input: HTMLTextAreaElement, { began, say, tell }: Hears): HTMLElement {
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
