import type { Lang } from "../domain/text.ts";

const made = new Map<string, Intl.DisplayNames>();

/** What a language calls a currency or a region by its ISO code. Made at first use: each takes milliseconds to make. */
export function nameOf(code: string, type: "currency" | "region", lang: Lang): string {
  const key = `${lang} ${type}`;
  const names = made.get(key) ?? new Intl.DisplayNames(lang, { type });
  made.set(key, names);
  return names.of(code) ?? code;
}
