import { type Address, isComplete, type PartialDetails } from "../domain/order.ts";
import { PHONE, talks, westernPlace } from "./address.ts";
import type { Setting } from "./setting.ts";

/** A later word about an address already told: its postal code, its floor or flat, a telephone number. */
export function amended(raw: string, { state }: Setting): PartialDetails | null {
  const before = state.details.ship_to;
  if (!before) return null;
  const town = state.ask === "ship_to" && !isComplete(before) ? withTown(raw, before) : null;
  if (town) return { ship_to: town };
  const ship_to =
    withPostal(raw, before) ?? instead(raw, before) ?? withUnit(raw, before) ?? withPhone(raw, before);
  return ship_to && { ship_to };
}

const POSTAL =
  /^(?:아,?\s*)?(?:우편\s?번호|zip(?: code)?|postal code)(?:는|은|이|\s+is)?\s*:?\s*(\d{5})\D{0,8}$/i;
const UNIT =
  "(?:[가-힣A-Za-z0-9]{1,6}동\\s*)?(?:\\d+층\\s*)?\\d+호|\\d+층|(?:apt|apartment|unit|suite|floor)\\.? ?#?\\w{1,6}";
const ONLY_UNIT = new RegExp(`^(?:아,?\\s*)?(${UNIT})(?:이요|요|예요|이에요|입니다|이야)?[.!]?$`, "i");
const OTHER_UNIT = /(\d+(?:호|층|동))\s?(?:말고|아니고|아니라|이?\s?아니라)\s?(\d+(?:호|층|동))/;

function withPostal(raw: string, before: Address): Address | null {
  const postal_code = /[?？]/.test(raw) ? undefined : (POSTAL.exec(raw)?.[1] ?? postalIn(raw, before));
  return postal_code === undefined ? null : { ...before, postal_code };
}

/** "Wrong zip, it's 98102", "34135로 고쳐 주세요": the last of its digits are the code, where one is spoken of or changed. */
function postalIn(raw: string, before: Address): string | undefined {
  if (raw.length > 60 || before.postal_code === undefined) return undefined;
  const codes = raw.match(/(?<!\d)\d{5}(?!\d)/g) ?? [];
  const changed = /^\D{0,8}\d{5}(?:으로|로) ?(?:고쳐|바꿔|변경|수정|해)/.test(raw);
  return (changed && codes.length === 1) || /\b(?:zip|postal|post ?code)|우편\s?번호/i.test(raw)
    ? codes.at(-1)
    : undefined;
}

/** The city and the postal code behind a street already told, one of them or both. */
function withTown(raw: string, before: Address): Address | null {
  if (talks(raw)) return null;
  if (before.country === "KR") {
    const [, place = "", postal_code] = KR_TOWN.exec(raw.trim()) ?? [];
    if (postal_code === undefined) return null;
    const named = place.trim();
    return {
      ...before,
      postal_code,
      lines: named === "" ? before.lines : [named, ...before.lines].slice(0, 4),
    };
  }
  const { name, lines, city = name, region, postal_code } = westernPlace(raw);
  if (lines.length > 0 || (postal_code === undefined && before.postal_code === undefined)) return null;
  return {
    ...before,
    ...(city ? { city } : {}),
    ...(region ? { region } : {}),
    ...(postal_code ? { postal_code } : {}),
  };
}

const KR_TOWN =
  /^(?:주소는?\s)?((?:[가-힣]+(?:시|도|군|구|읍|면|동)?\s?){0,3}?)[\s,]*(?:우편\s?번호(?:는|은)?\s*)?(\d{5})(?:이요|요|이에요|예요|입니다)?[.!]?$/;

function withUnit(raw: string, before: Address): Address | null {
  const unit = ONLY_UNIT.exec(raw.trim())?.[1];
  return unit === undefined ? null : { ...before, lines: [...before.lines, unit].slice(-4) };
}

/** "502호 말고 503호로요". */
function instead(raw: string, before: Address): Address | null {
  const [, wrong, right] = OTHER_UNIT.exec(raw) ?? [];
  if (wrong === undefined || right === undefined) return null;
  if (!before.lines.some((line) => line.includes(wrong))) return null;
  return { ...before, lines: before.lines.map((line) => line.replace(wrong, right)) };
}

function withPhone(raw: string, before: Address): Address | null {
  const phone = PHONE.exec(raw)?.[0];
  const only = phone !== undefined && !/[?]/.test(raw) && raw.replace(phone, "").length <= 16;
  return only ? { ...before, phone: phone.trim() } : null;
}
