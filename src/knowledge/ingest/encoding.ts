import { bad } from "./source.ts";

/** Turns the bytes of one source into text, piece by piece; `stream` as in TextDecoder. */
export type Decode = (bytes: Uint8Array, more: boolean) => string;

/**
 * The decoder for a source that begins with `head`: by its byte order mark, else `label` (a WHATWG encoding name),
 * else UTF-8. Throws `bad_source` when `head` is not that encoding, so that no names are read as rubbish.
 */
export function decoderFor(head: Uint8Array, label: string | undefined): Decode {
  const name = markedEncoding(head) ?? label ?? "utf-8";
  const decoder = decoderNamed(name);
  if (name === "utf-8") {
    try {
      new TextDecoder("utf-8", { fatal: true }).decode(head, { stream: true });
    } catch {
      throw bad("it is not UTF-8 text; save it as UTF-8, or name its encoding with --encoding (euc-kr, ...)");
    }
  }
  if (head.subarray(0, 4_096).includes(0) && !name.startsWith("utf-16")) {
    throw bad("it holds binary data, not text");
  }
  return (bytes, more) => decoder.decode(bytes, { stream: more });
}

function decoderNamed(label: string): TextDecoder {
  try {
    return new TextDecoder(label);
  } catch {
    throw bad(`"${label}" is no encoding; use utf-8, utf-16le, euc-kr, windows-1252 ...`);
  }
}

function markedEncoding(head: Uint8Array): string | undefined {
  if (head[0] === 0xff && head[1] === 0xfe) return "utf-16le";
  if (head[0] === 0xfe && head[1] === 0xff) return "utf-16be";
  if (head[0] === 0xef && head[1] === 0xbb && head[2] === 0xbf) return "utf-8";
  return undefined;
}
