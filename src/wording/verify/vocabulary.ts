import type { Objection } from "./objection.ts";
import type { Support } from "./support.ts";

export function wordObjections(_text: string, _support: Support): Objection[] {
  return [];
}
