import { terms } from "../../knowledge/terms.ts";

/** Terms between blanks (" hewlett packard "), so that instr() finds whole terms only; a text of none is " ". */
export function spaced(text: string): string {
  const found = terms(text);
  return found.length === 0 ? " " : ` ${found.join(" ")} `;
}

/** "Computers/Laptops" as "/computer/laptop/": a prefix or a whole segment of it is found by instr(). */
export function categoryPath(category: string): string {
  const segments = category.split("/").map((segment) => terms(segment).join(" "));
  return `/${segments.filter((segment) => segment !== "").join("/")}/`;
}

/** A SKU as one term of the index, whatever bytes the vendor wrote. */
export function skuTerm(sku: string): string {
  return Buffer.from(sku).toString("hex");
}

/**
 * Text as any server can keep it, whatever characters a vendor wrote: controls and halves of characters are escaped as in
 * JSON, and so are quotes and backslashes, so that no two texts are written alike.
 */
export function written(text: string): string {
  return JSON.stringify(text).slice(1, -1);
}

export function unwritten(text: string): string {
  return JSON.parse(`"${text}"`) as string;
}
