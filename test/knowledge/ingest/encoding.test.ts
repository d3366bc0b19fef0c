import { describe, expect, test } from "vitest";
import { decoderFor } from "../../../src/knowledge/ingest/encoding.ts";

const KOREAN = "상품명,가격\n머그컵,12000원\n";

function decoded(bytes: Uint8Array, label?: string): string {
  const decode = decoderFor(bytes, label);
  // One byte at a time: no character may be cut.
  return (
    [...bytes].map((byte) => decode(Uint8Array.of(byte), true)).join("") + decode(new Uint8Array(), false)
  );
}

describe("the encoding of a source", () => {
  test("is UTF-8 unless told else, with or without a byte order mark", () => {
    expect(decoded(Buffer.from(KOREAN))).toBe(KOREAN);
    expect(decoded(Buffer.from(`\ufeff${KOREAN}`))).toBe(KOREAN);
  });

  test("is UTF-16 in either order when the mark says so", () => {
    const little = Buffer.from(`\ufeff${KOREAN}`, "utf16le");
    expect(decoded(little)).toBe(KOREAN);
    expect(decoded(Buffer.from(little).swap16())).toBe(KOREAN);
  });

  test("is the one that was named, as Korean spreadsheets need", () => {
    const mug = Uint8Array.of(0xb8, 0xd3, 0xb1, 0xd7, 0xc4, 0xc5);
    expect(decoded(mug, "euc-kr")).toBe("머그컵");
    expect(() => decoderFor(mug, undefined)).toThrow(/not UTF-8.*--encoding/);
  });

  test("must exist, and the source must be text", () => {
    expect(() => decoderFor(Buffer.from("a"), "klingon")).toThrow(/"klingon" is no encoding/);
    expect(() => decoderFor(Uint8Array.of(0x50, 0x4b, 3, 4, 0, 0), undefined)).toThrow(/binary/);
  });
});
