import { z } from "zod";

/** The languages Parley speaks itself. */
export const Lang = z.enum(["en", "ko"]);
export type Lang = z.infer<typeof Lang>;

/** The same text in one or more languages. */
export const Localized = z
  .strictObject({ en: z.string().max(20_000).optional(), ko: z.string().max(20_000).optional() })
  .refine((text) => text.en !== undefined || text.ko !== undefined, "at least one of en, ko");
export type Localized = z.infer<typeof Localized>;

/** The text in `lang`, else in the other language. */
export function inLang(text: Localized, lang: Lang): string {
  return text[lang] ?? text.en ?? text.ko ?? "";
}
