const HANGUL = /^[\p{sc=Hang}\s]+$/u;

/**
 * Enter sends the whole text once, Shift+Enter breaks the line. Input methods differ in what Enter means while they compose:
 *
 * - In Hangul the last syllable is always still being composed. Enter means "send", and the syllable reaches the field only with
 *   `compositionend`: sending before it loses the syllable, which then stays behind as a stray message; not sending costs
 *   a second Enter for every message.
 * - In kana and pinyin, Enter takes a candidate and sends nothing.
 *
 * Chromium and Firefox tell of the Enter (229, composing) before the composition's end, Safari after it. Gives what a button
 * does to send: what is still being composed goes with it.
 */
export function sendsOnEnter(field: HTMLTextAreaElement, send: () => void): () => void {
  let composing = false;
  /** What the end of this composition does. */
  let then: "send if Hangul" | "send" | "" = "";
  /** The composition that ended last was Hangul, and no key came since. */
  let endedInHangul = false;
  let shift = false;
  field.addEventListener("compositionstart", () => {
    composing = true;
    then = "";
  });
  field.addEventListener("compositionend", ({ data }) => {
    composing = false;
    endedInHangul = HANGUL.test(data);
    // The text is in the field one turn later.
    if (then === "send" || (then && endedInHangul)) queueMicrotask(send);
    then = "";
  });
  field.addEventListener("keydown", (event) => {
    const hangulBefore = endedInHangul;
    endedInHangul = false;
    shift = event.shiftKey;
    if (event.key !== "Enter" || shift) return;
    event.preventDefault();
    if (composing) then = "send if Hangul";
    else if (event.keyCode !== 229 || hangulBefore) send();
  });
  field.addEventListener("beforeinput", (event) => {
    // Some input methods break the line themselves after they took the Enter.
    if (/Break|Paragraph/.test(event.inputType) && !shift) event.preventDefault();
  });
  return () => {
    if (!composing) return send();
    then = "send";
    field.blur();
  };
}
