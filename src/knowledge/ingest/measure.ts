import type { Spec } from "../../domain/entry.ts";
import { snake } from "./columns.ts";
import { localized } from "./language.ts";
import { plain } from "./plain.ts";
import { KOREAN_KEYS, UNITS } from "./units.ts";

/**
 * One attribute as written in a source: "14 in" and "1.2 kg" become numbers with a unit, "yes" a boolean, the rest
 * stays text. A unit in the heading ("Weight (g)") holds for plain numbers. Null when there is nothing to keep.
 */
export function readSpec(heading: string, value: unknown, unit?: string): Spec | null {
  const inHeading = /^(.*\S)\s*[([]([^)\]]{1,12})[)\]]\s*$/.exec(heading);
  const headed = inHeading ? readUnit(inHeading[2] ?? "") : undefined;
  const name = headed === undefined ? heading.trim() : (inHeading?.[1] ?? heading).trim();
  const key = KOREAN_KEYS.get(name.replace(/\s/g, "")) ?? snake(name).slice(0, 120);
  const measured = measure(value, unit ?? headed);
  if (key === "" || measured === null) return null;
  const labelled = /[^\x20-\x7e]/.test(name) ? { label: localized(name.slice(0, 200)) } : {};
  return { key, ...measured, ...labelled };
}

/** The unit behind its many spellings, or undefined for words that are no unit. One letter is taken by its case. */
export function readUnit(text: string): string | undefined {
  const unit = text.trim().replace(/\.$/, "");
  return UNITS.get(unit) ?? (unit.length > 1 ? UNITS.get(unit.toLowerCase()) : undefined);
}

function measure(value: unknown, unit: string | undefined): Pick<Spec, "value" | "unit"> | null {
  const withUnit = unit === undefined ? {} : { unit };
  if (typeof value === "number") return Number.isFinite(value) ? { value, ...withUnit } : null;
  if (typeof value === "boolean") return { value };
  if (Array.isArray(value)) {
    const words = value.filter((one) => typeof one === "string" || typeof one === "number");
    return words.length === 0 ? null : { value: plain(words.join(", "), 4_000) };
  }
  if (typeof value !== "string") return null;
  const text = plain(value, 4_000);
  if (text === "") return null;
  const truth = /^(?:(yes|true)|no|false)$/i.exec(text);
  if (truth) return { value: truth[1] !== undefined };
  const match = /^([+-]?\d[\d.,]*)\s*(\D{0,14})$/u.exec(text);
  const number = match ? numberOf(match[1] ?? "") : null;
  if (match === null || number === null) return { value: text };
  if (!match[2]) return { value: number, ...withUnit };
  const found = readUnit(match[2]);
  return found === undefined ? { value: text } : { value: number, unit: found };
}

/** Codes ("0042", a GTIN) are no numbers: they keep their digits as text. */
function numberOf(digits: string): number | null {
  if (/^[+-]?0\d/.test(digits) || digits.replace(/\D/g, "").length > 10) return null;
  if (/^[+-]?\d+(?:\.\d+)?$/.test(digits)) return Number(digits);
  if (/^[+-]?\d{1,3}(?:,\d{3})+(?:\.\d+)?$/.test(digits)) return Number(digits.replaceAll(",", ""));
  if (/^[+-]?\d+,\d{1,2}$/.test(digits)) return Number(digits.replace(",", "."));
  return null;
}
