import { signal } from "@preact/signals";

/** What was done, said once for everybody: seen at the foot of the page, heard by screen readers. */
export const notice = signal<{ readonly text: string; readonly at: number } | null>(null);

const SHOWN_MS = 6_000;

export function tell(text: string): void {
  const said = { text, at: Date.now() };
  notice.value = said;
  setTimeout(() => {
    if (notice.value === said) notice.value = null;
  }, SHOWN_MS);
}
