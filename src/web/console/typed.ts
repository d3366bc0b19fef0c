import { signal } from "@preact/signals";

const KEPT = "parley.console.typed";

/** What was typed and not sent yet, by what it is for: kept over pages, lost leases and reloads of this tab. */
const texts = signal<Readonly<Record<string, string>>>(JSON.parse(sessionStorage.getItem(KEPT) ?? "{}"));

export function typed(what: string): string {
  return texts.value[what] ?? "";
}

export function type(what: string, text: string): void {
  const { [what]: _, ...others } = texts.value;
  texts.value = text === "" ? others : { ...others, [what]: text };
  sessionStorage.setItem(KEPT, JSON.stringify(texts.value));
}
