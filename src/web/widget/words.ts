import type { Lang } from "../../domain/text.ts";

export type Words = Awaited<ReturnType<(typeof LOADS)["en"]>>;

/** Only the reader's language is loaded. */
const LOADS = {
  en: async () => (await import("../words/widget.en.json", { with: { type: "json" } })).default,
  ko: async () => (await import("../words/widget.ko.json", { with: { type: "json" } })).default,
};

/** What the chat says, in the language that was loaded last: a page has its chats in one. */
export let words: Words;
let loaded: Lang | undefined;

/** Loads the words of a language. Rejects while they cannot be had. */
export async function speak(lang: Lang): Promise<void> {
  if (lang !== loaded) words = await LOADS[lang]();
  loaded = lang;
}

/** What the bundler makes of `words.status` and other families, whose words data names: those from number `first` on. */
export function family(first: number, names: string): Record<string, string> {
  const list = words as unknown as string[];
  return Object.fromEntries(names.split(" ").map((name, n) => [name, list[first + n] as string]));
}
