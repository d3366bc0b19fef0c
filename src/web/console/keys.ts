import { signal } from "@preact/signals";
import { useEffect } from "preact/hooks";

type Handlers = Readonly<Record<string, (event: KeyboardEvent) => void>>;

const KEPT = "parley.console.keys";
const pages: Handlers[] = [];

/** Single keys do something; whoever dictates or types by accident may turn them off (WCAG 2.1.4). */
export const keysOn = signal(localStorage.getItem(KEPT) !== "off");

export function turnKeys(on: boolean): void {
  keysOn.value = on;
  localStorage.setItem(KEPT, on ? "on" : "off");
}

/** What single keys do while this component is shown; the latest shown is asked first. */
export function useKeys(handlers: Handlers): void {
  useEffect(() => {
    pages.unshift(handlers);
    return () => {
      pages.splice(pages.indexOf(handlers), 1);
    };
  });
}

document.addEventListener("keydown", (event) => {
  if (!keysOn.value || event.defaultPrevented || event.isComposing || isTaken(event)) return;
  const handler = pages.map((handlers) => handlers[nameOf(event)]).find((found) => found !== undefined);
  if (!handler) return;
  event.preventDefault();
  handler(event);
});

/** With Hangul on, the key J says ㅓ: then its place on the keyboard says which it is. */
function nameOf({ key, code }: KeyboardEvent): string {
  if (key.length === 1 && key.charCodeAt(0) > 127 && code.startsWith("Key"))
    return code.slice(3).toLowerCase();
  return key;
}

function isTaken({ target, ctrlKey, metaKey, altKey }: KeyboardEvent): boolean {
  if (ctrlKey || metaKey || altKey || document.querySelector("dialog[open]")) return true;
  return (
    target instanceof HTMLElement && target.closest("input, textarea, select, [contenteditable]") !== null
  );
}
