/** How many words in a row are no chance: fewer may be the provider's own. */
const ROW = 3;

/**
 * A provider's words about a failure, without what in them is a counterpart's: some repeat what they were sent, and
 * that is for no log.
 */
export function withoutEcho(detail: string, heard: Readonly<Record<string, string>>): string {
  const texts = Object.values(heard).map(plain);
  const parts = detail.split(/(\s+)/);
  const words = parts.filter((_, i) => i % 2 === 0).map(plain);
  const theirs = new Set<number>();
  for (let at = 0; at + ROW <= words.length; at++) {
    const row = words
      .slice(at, at + ROW)
      .filter((word) => word !== "")
      .join(" ");
    if (row.length < ROW_CHARS || !texts.some((text) => text.includes(row))) continue;
    for (let i = at; i < at + ROW; i++) theirs.add(i);
  }
  return parts
    .map((part, i) => (i % 2 === 0 && theirs.has(i / 2) ? MARK : part))
    .join("")
    .replace(/\[\.\.\.\](?:\s+\[\.\.\.\])+/g, MARK);
}

const ROW_CHARS = 8;
const MARK = "[...]";

/** Words and single spaces only. */
function plain(text: string): string {
  return text
    .toLowerCase()
    .replace(/[^\p{L}\p{N}]+/gu, " ")
    .trim();
}
