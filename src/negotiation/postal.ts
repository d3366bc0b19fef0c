import { once } from "../domain/once.ts";
import type { ShipTo } from "../domain/order.ts";
import { usState } from "../domain/places.ts";

/**
 * An address as far as prices depend on it, in one spelling. Where the region that was told and the postal code disagree,
 * the postal code decides; no region is made up for those who told none.
 */
export const normalised = once(({ country, region, postal_code }: ShipTo): ShipTo => {
  const code = codeOf(country, postal_code);
  const named = plain(region ?? "");
  const state = country === "US" && named ? (stateOf(code) ?? usState(named) ?? named.toUpperCase()) : named;
  return { country, ...(state ? { region: state } : {}), ...(code ? { postal_code: code } : {}) };
});

/** How postal codes of the address begin where it names none: by its region, of those that lie apart from the mainland. */
export function prefixesOf({ country, region, postal_code }: ShipTo): readonly string[] {
  if (postal_code !== undefined) return [postal_code];
  if (country === "US") return STATES.filter(([, state]) => state === region).map(([start]) => start);
  return country === "KR" && region !== undefined && JEJU.test(region) ? ["63"] : [];
}

/** Five digits in the United States and Korea, or none; elsewhere what was written. */
function codeOf(country: string, postal_code = ""): string | undefined {
  const written = plain(postal_code);
  if (country !== "US" && country !== "KR") return written || undefined;
  return /\d{5}/.exec(written.replace(/\s/g, ""))?.[0];
}

function plain(text: string): string {
  return text.normalize("NFKC").trim();
}

function stateOf(code: string | undefined): string | undefined {
  return code === undefined ? undefined : STATES.findLast(([start]) => start <= code.slice(0, 3))?.[1];
}

const JEJU = /^(?:(?:KR-)?49$|jeju|제주)/i;

/** The first three digits from which on ZIP codes belong to a state, a territory or the forces abroad. */
const STATES: readonly (readonly [start: string, state: string])[] = (
  "005NY 006PR 010MA 028RI 030NH 039ME 050VT 055MA 056VT 060CT 070NJ 090AE 100NY 150PA 197DE 200DC 201VA 202DC " +
  "206MD 220VA 247WV 270NC 290SC 300GA 320FL 340AA 341FL 350AL 370TN 386MS 398GA 400KY 430OH 460IN 480MI 500IA " +
  "530WI 550MN 569DC 570SD 580ND 590MT 600IL 630MO 660KS 680NE 700LA 716AR 730OK 733TX 734OK 750TX 800CO 820WY " +
  "832ID 840UT 850AZ 870NM 885TX 889NV 900CA 962AP 967HI 969GU 970OR 980WA 995AK"
)
  .split(" ")
  .map((entry) => [entry.slice(0, 3), entry.slice(3)]);
