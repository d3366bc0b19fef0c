import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { isStopword } from "../../src/knowledge/stopwords.ts";
import { quantities, terms, words } from "../../src/knowledge/terms.ts";

describe("terms", () => {
  test.each([
    ["27 inch", "27-inch"],
    ['27"', "27inches"],
    ["27인치", "27″"],
    ["500GB", "500 gigabytes"],
    ["1,000 mAh", "1000mAh"],
    ["batteries", "Battery"],
    ["Wi-Fi boxes", "wifi box"],
    ["Core™2", "core 2"],
    ["café", "cafe\u0301"],
    ["ＵＳＢ", "usb"],
    ["colour", "color"],
    ["고양이를", "고양이"],
    ["모니터에서는", "모니터"],
    ["메시 의자", "메쉬 의자"],
    ["검정색", "블랙"],
    ["랩탑", "노트북"],
  ])("%s and %s meet", (one, other) => {
    const common = new Set(terms(one)).intersection(new Set(terms(other)));
    expect([...common]).toContain(words(other)[0]?.[0]);
  });

  test.each([
    ["dv7-1211ea", ["dv71211ea", "dv7", "1211ea", "1211", "ea"]],
    ["RTX2060", ["rtx2060", "rtx", "2060"]],
    ["ps4", ["ps4"]],
    ["2 in 1", ["2", "in", "1"]],
    ["LG전자 65형", ["lg", "전자", "65in", "65"]],
    ["무선이어폰을", ["무선이어폰", "무선", "선이", "이어", "어폰"]],
    ["43.2 cm", ["43.2cm", "43.2"]],
  ])("%s is read as %j", (text, expected) => {
    expect(terms(text)).toEqual(expected);
  });

  test("keep a message from becoming a mesh", () => {
    expect(terms("메시지")).toEqual(["메시지", "메시", "시지"]);
  });

  test("hold no character that a query language reads, whatever the text", () => {
    fc.assert(
      fc.property(fc.string({ unit: "binary", maxLength: 200 }), (text) => {
        for (const term of terms(text)) expect(term).toMatch(/^[\p{L}\p{N}]+(?:\.[\p{L}\p{N}]+)*$/u);
      }),
    );
  });

  test("are the same for a text in any Unicode form", () => {
    for (const text of ["무선 이어폰 27인치", "Über-Köpfhörer é"]) {
      expect(terms(text.normalize("NFD"))).toEqual(terms(text.normalize("NFC")));
    }
  });
});

test("quantities are read with their units", () => {
  expect(quantities('43.2 cm (17") notebook, 2 in 1, 1.5kg')).toEqual([
    { value: 43.2, unit: "cm" },
    { value: 17, unit: "in" },
    { value: 1.5, unit: "kg" },
  ]);
});

test("words of asking say nothing, names do", () => {
  const telling = (text: string) =>
    words(text)
      .map(([whole]) => whole)
      .filter((whole) => !isStopword(whole ?? ""));
  expect(telling("Do you have a cheap laptop for me?")).toEqual(["laptop"]);
  expect(telling("무선 이어폰 추천해 주세요")).toEqual(["무선", "이어폰"]);
});
