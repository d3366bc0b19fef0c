import { signal } from "@preact/signals";
import en from "../words/console.en.json" with { type: "json" };
import ko from "../words/console.ko.json" with { type: "json" };

/** The languages of the interface. */
export type Lang = "en" | "ko";
/** Every string of the console. */
export type Key = keyof typeof en;

const TABLES: Readonly<Record<Lang, Record<Key, string>>> = { en, ko };
const KEPT = "parley.console.lang";

/** The language the console speaks: as chosen here before, else as the browser asks. */
export const lang = signal<Lang>(first());

function first(): Lang {
  const kept = localStorage.getItem(KEPT);
  if (kept === "en" || kept === "ko") return kept;
  return navigator.language.startsWith("ko") ? "ko" : "en";
}

export function speak(chosen: Lang): void {
  lang.value = chosen;
  localStorage.setItem(KEPT, chosen);
}

/** Whether there is such a string: for names that come with data. */
export function isKey(name: string): name is Key {
  return name in en;
}

/** The string of this key in the console's language, `{name}` in it replaced by what is given. */
export function t(key: Key, values: Readonly<Record<string, string | number>> = {}): string {
  return TABLES[lang.value][key].replace(/\{(\w+)\}/g, (whole, name: string) =>
    String(values[name] ?? whole),
  );
}
