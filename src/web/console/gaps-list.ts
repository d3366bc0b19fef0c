import { signal } from "@preact/signals";
import type { ParleyFault } from "../../protocol/codes.ts";
import type { Gap } from "../../protocol/gaps.ts";
import * as api from "./api.ts";
import { asFault } from "./request.ts";

export const gaps = signal<readonly Gap[] | null>(null);
export const next = signal<string | null>(null);
export const fault = signal<ParleyFault | null>(null);

let asked = "";

/** The first page; `lang` is empty for both languages. */
export async function load(lang: string): Promise<void> {
  asked = lang;
  try {
    const page = await api.gaps({ lang });
    if (asked !== lang) return;
    gaps.value = page.gaps;
    next.value = page.next;
    fault.value = null;
  } catch (error) {
    fault.value = asFault(error);
  }
}

export async function more(): Promise<void> {
  const lang = asked;
  try {
    const page = await api.gaps({ lang, after: next.value });
    if (asked !== lang) return;
    gaps.value = [...(gaps.value ?? []), ...page.gaps];
    next.value = page.next;
  } catch (error) {
    fault.value = asFault(error);
  }
}
