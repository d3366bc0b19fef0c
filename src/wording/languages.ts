import type { Lang } from "../domain/text.ts";
import type { Templates } from "./templates.ts";
import { EN } from "./templates-en.ts";
import { KO } from "./templates-ko.ts";

/** The words of every language Parley speaks itself. A new language is a file of templates and a line here. */
export const LANGUAGES: Readonly<Record<Lang, Templates>> = { en: EN, ko: KO };
