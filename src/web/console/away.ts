import { signal } from "@preact/signals";
import { isKey, type Key } from "./words.ts";

const BACK = "parley.console.back";

/** Why a sign-in at the identity provider came to nothing, as the gateway's address said; null when none did. */
export const turnedDown = signal<Key | null>(reasonIn(new URLSearchParams(location.search).get("refused")));

/** To be called before the browser goes to the identity provider: it comes back to where it is now. */
export function leave(): void {
  sessionStorage.setItem(BACK, location.hash);
}

/** The place behind `#` where somebody was when they left, else as it is; the address no longer says how it went. */
export function comeBack(): string {
  const hash = location.hash || (sessionStorage.getItem(BACK) ?? "");
  sessionStorage.removeItem(BACK);
  history.replaceState(null, "", location.pathname + hash);
  return hash;
}

function reasonIn(word: string | null): Key | null {
  if (word === null) return null;
  const key = `signin.refused-${word}`;
  return isKey(key) ? key : "signin.refused-unauthorized";
}
