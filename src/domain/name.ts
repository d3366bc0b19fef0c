/**
 * A name that somebody is told from others by, written one way (NFC): "김" in one piece or in three is one person. Null for one
 * with characters that nobody sees, by which two would look the same: control, directions of writing, nothing wide.
 */
export function nameIn(text: string): string | null {
  const name = text.normalize("NFC");
  return HIDDEN.test(name) ? null : name;
}

const HIDDEN = /[\p{Cc}\p{Bidi_Control}\p{Zl}\p{Zp}\p{Cs}\u200B\u2060\uFEFF]/u;
