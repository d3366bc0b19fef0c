import type { Lang } from "../../domain/text.ts";
import type { Objection } from "./objection.ts";

export function registerOf(_text: string, _lang: Lang): Objection[] {
  return [];
}
