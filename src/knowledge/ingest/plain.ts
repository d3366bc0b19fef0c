/**
 * What a person would read of an HTML fragment: tags gone, list items dashed, entities decoded, white space calm.
 * Text without tags comes back as it is. Markup that was escaped twice, as feeds often do, is undone as well.
 */
export function plain(html: string, max: number): string {
  let text = html.length > SCANNED ? html.slice(0, SCANNED) : html;
  if (text.includes("&") || text.includes("<")) text = untag(decode(untag(text)));
  text = text
    .replace(CONTROLS, "")
    .toWellFormed()
    .replace(/[ \t\u00a0]+/g, " ")
    .replace(/ ?\r?\n ?/g, "\n")
    .replace(/\n{3,}/g, "\n\n")
    .trim();
  return shorten(text, max);
}

/** The same on one line: titles and names. */
export function line(html: string, max: number): string {
  return shorten(plain(html, SCANNED).replace(/\s+/g, " "), max);
}

/** At most `max` characters, cut between words and marked with an ellipsis. */
export function shorten(text: string, max: number): string {
  if (text.length <= max) return text;
  const cut = text.slice(0, max - 2);
  const space = cut.lastIndexOf(" ");
  return `${(space > max / 2 ? cut.slice(0, space) : cut).toWellFormed()} …`;
}

/** Longer fragments are cut before they are looked at: no text of a catalogue entry may be longer than 20,000. */
const SCANNED = 100_000;

/** C0 controls but tab and line ends, DEL, zero-width characters and the byte order mark. */
const CONTROLS = /(?![\t\n\r])\p{Cc}|[\u200b\u2060\ufeff]/gu;

const BREAKS = /<(?:br|hr)\b[^<>]*>|<\/(?:p|div|li|ul|ol|tr|table|h[1-6]|section|blockquote|dd|dt)\s*>/gi;

function untag(text: string): string {
  if (!text.includes("<")) return text;
  return text
    .replace(/<(script|style)\b[^>]*>[\s\S]*?<\/\1\s*>/gi, " ")
    .replace(/<!--[\s\S]*?-->/g, " ")
    .replace(BREAKS, "\n")
    .replace(/<li\b[^<>]*>/gi, "- ")
    .replace(/<\/?[a-z][a-z0-9]*(?:\s[^<>]*)?\/?>/gi, "");
}

/** Named references of HTML that shops' texts use; the rest of the 2,231 stay as written. */
const NAMED: Readonly<Record<string, string>> = {
  amp: "&",
  lt: "<",
  gt: ">",
  quot: '"',
  apos: "'",
  nbsp: " ",
  copy: "©",
  reg: "®",
  trade: "™",
  deg: "°",
  plusmn: "±",
  times: "×",
  divide: "÷",
  frac12: "½",
  frac14: "¼",
  frac34: "¾",
  micro: "µ",
  middot: "·",
  bull: "•",
  hellip: "…",
  ndash: "–",
  mdash: "—",
  lsquo: "‘",
  rsquo: "’",
  sbquo: "‚",
  ldquo: "“",
  rdquo: "”",
  laquo: "«",
  raquo: "»",
  euro: "€",
  pound: "£",
  yen: "¥",
  cent: "¢",
  sup2: "²",
  sup3: "³",
  szlig: "ß",
  auml: "ä",
  ouml: "ö",
  uuml: "ü",
  Auml: "Ä",
  Ouml: "Ö",
  Uuml: "Ü",
  eacute: "é",
  egrave: "è",
  agrave: "à",
  ccedil: "ç",
  ntilde: "ñ",
  le: "≤",
  ge: "≥",
  infin: "∞",
  shy: "",
  ensp: " ",
  emsp: " ",
  thinsp: " ",
  zwnj: "",
  zwj: "",
};

function decode(text: string): string {
  return text.replace(
    /&(?:#(\d{1,7})|#[xX]([0-9a-fA-F]{1,6})|([A-Za-z][A-Za-z0-9]{1,9}));/g,
    (all, dec, hex, name) => {
      if (name !== undefined) return NAMED[name] ?? all;
      const code = dec === undefined ? Number.parseInt(hex, 16) : Number(dec);
      return code > 0 && code <= 0x10ffff ? String.fromCodePoint(code) : all;
    },
  );
}
