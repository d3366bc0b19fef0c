import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { csv, tsv } from "../../../../src/knowledge/ingest/formats/delimited.ts";
import type { Format } from "../../../../src/knowledge/ingest/source.ts";

function read(format: Format, text: string, piece = text.length || 1) {
  const reader = format.open("file");
  const rows = [];
  for (let at = 0; at < text.length; at += piece) rows.push(...reader.push(text.slice(at, at + piece)));
  return [...rows, ...reader.end()];
}

describe("rows of delimited text", () => {
  test("keep quoted commas, quotes and line ends, and know the line they begin on", () => {
    const text = 'sku,name\r\nA,"one, ""two""\r\nthree"\r\n\r\nB, four \r\n';
    expect(read(csv, text)).toEqual([
      { line: 2, value: { sku: "A", name: 'one, "two"\r\nthree' } },
      { line: 5, value: { sku: "B", name: "four" } },
    ]);
  });

  test("are the same wherever the text is cut", () => {
    const text = 'sku;name\nA;"x; ""y""\nz"\nB;"q"\n"C";plain "quoted" word\nD;끝';
    const whole = read(csv, text);
    expect(whole).toHaveLength(4);
    for (let piece = 1; piece < 12; piece += 1) expect(read(csv, text, piece)).toEqual(whole);
  });

  test("come back as they were written, whatever they hold", () => {
    const cell = fc.string({
      unit: fc.constantFrom("a", '"', ",", "\n", ";", "가", "'", "\\"),
      maxLength: 8,
    });
    const written = fc.array(fc.tuple(cell, cell), { minLength: 1, maxLength: 8 });
    fc.assert(
      fc.property(written, fc.integer({ min: 1, max: 9 }), (rows, piece) => {
        const quoted = (text: string) => `"${text.replaceAll('"', '""')}"`;
        const text = `k,v,w\n${rows.map(([k, v]) => `x,${quoted(k)},${quoted(v)}\n`).join("")}`;
        const found = read(csv, text, piece).map((row) => ("value" in row ? row.value : row.problem));
        const expected = rows.map(([v, w]) => ({ k: "x", ...(v ? { v } : {}), ...(w ? { w } : {}) }));
        expect(found).toEqual(expected);
      }),
    );
  });

  test("may be parted by tabs, and hold inches", () => {
    const text = 'id\ttitle\tsize\n1\t15.6" stand\t\n2\t"Best" lamp\tM\n3\t"""Best"" lamp"\t\n';
    expect(read(tsv, text)).toEqual([
      { line: 2, value: { id: "1", title: '15.6" stand' } },
      { line: 3, problem: expect.stringContaining("double those inside") },
      { line: 4, value: { id: "3", title: '"Best" lamp' } },
    ]);
  });

  test("of the wrong width are refused, the rest stands", () => {
    const rows = read(csv, "a,b\n1,2\n1,2,3\n1\n3,4,\n");
    expect(rows.map((row) => ("problem" in row ? row.problem : row.value))).toEqual([
      { a: "1", b: "2" },
      expect.stringContaining("has 3 values for 2 columns"),
      expect.stringContaining("has 1 values for 2 columns"),
      { a: "3", b: "4" },
    ]);
  });

  test("after a quote that never closes are still read", () => {
    const rows = read(csv, 'a,b\n1,2\n3,"4\n5,6\n7,8\n', 5);
    expect(rows).toEqual([
      { line: 2, value: { a: "1", b: "2" } },
      { line: 3, problem: expect.stringContaining("never closed") },
      { line: 4, value: { a: "5", b: "6" } },
      { line: 5, value: { a: "7", b: "8" } },
    ]);
  });

  test("need no heading of their own when Excel names the separator first", () => {
    expect(read(csv, "sep=;\na;b\n1;2\n")).toEqual([{ line: 3, value: { a: "1", b: "2" } }]);
  });
});
