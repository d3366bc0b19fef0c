import { signal } from "@preact/signals";

/** The time, to the second: whatever counts up or down on a page reads this. */
export const now = signal(Date.now());

setInterval(() => {
  if (!document.hidden) now.value = Date.now();
}, 1_000);
document.addEventListener("visibilitychange", () => {
  now.value = Date.now();
});
