/**
 * Titles, labels, reviews and the counterpart's own words are data from strangers. Here they become one harmless
 * line: no control, bidirectional or zero-width characters, no line breaks, no tags, well-formed, at most `max`
 * UTF-16 units.
 */
export function plain(text: string, max: number): string {
  if (text.length <= max && HARMLESS.test(text)) return text;
  const line = text
    .slice(0, max * 3 + 200)
    .toWellFormed()
    .normalize("NFC")
    .replace(TAGS, " ")
    .replace(BREAKS, " ")
    .replace(INVISIBLE, "")
    .replace(/\s+/g, " ")
    .trim();
  return cut(line, max);
}

/** The same between double quotes; its own double quotes become single ones, so that the quotation cannot end early. */
export function quoted(text: string, max: number): string {
  return `"${plain(text, max).replace(/["“”«»„]/g, "'")}"`;
}

/** At most `max` UTF-16 units, ending at a word where there is one, with an ellipsis. */
export function cut(text: string, max: number): string {
  if (text.length <= max) return text;
  const head = text.slice(0, max - 1);
  const space = head.lastIndexOf(" ");
  const kept = space > max / 2 ? head.slice(0, space) : head.replace(/[\uD800-\uDBFF]$/, "");
  return `${kept.replace(/[\s,;:(-]+$/, "")}…`;
}

/** Printable ASCII without `<` and Hangul, single spaces inside: most text, told apart by one cheap test. */
const HARMLESS = /^[\x21-\x3b\x3d-\x7e가-힣]+(?: [\x21-\x3b\x3d-\x7e가-힣]+)*$/;
const TAGS = /<\/?[a-z!][^<>]*>/gi;
const BREAKS = /[\p{Cc}\p{Zl}\p{Zp}]+/gu;
const INVISIBLE = /[\p{Cf}\p{Co}\p{Cn}\uFFFD]/gu;
