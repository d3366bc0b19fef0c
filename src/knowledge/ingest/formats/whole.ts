import type { Reader } from "../source.ts";

/** Reads a document that only makes sense as a whole; one of more than `most` characters is the problem `tooLarge`. */
export function whole(
  most: number,
  tooLarge: string,
  rowsOf: (text: string) => ReturnType<Reader["end"]>,
): Reader {
  const parts: string[] = [];
  let size = 0;
  return {
    push(text) {
      size += text.length;
      if (size <= most) parts.push(text);
      return [];
    },
    end: () => (size > most ? [{ problem: tooLarge }] : rowsOf(parts.join(""))),
  };
}
