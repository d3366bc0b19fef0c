import { describe, expect, test } from "vitest";
import { knownIn, masking } from "../../src/lab/mask.ts";

const DANA = {
  ship_to: {
    country: "US",
    region: "CA",
    postal_code: "94107",
    name: "Dana Whitfield",
    lines: ["480 Townsend Street", "Apt 5B"],
    city: "San Francisco",
    phone: "415-867-5309",
  },
  payer: { name: "Whitfield Studio LLC", email: "orders@whitfield.co", tax_id: "12-3456789" },
  purchase_order: "PO-2291",
};
const YUN = {
  ship_to: {
    country: "KR",
    region: "Seoul",
    postal_code: "04524",
    name: "윤서진",
    lines: ["서울특별시 중구 세종대로 110, 101동 1203호"],
    phone: "010-9876-5432",
  },
  payer: { name: "온결디자인 주식회사", email: "buy@ongyeol.kr", tax_id: "123-45-67890" },
};

describe("masking", () => {
  test("nothing of what is known survives, in whatever text or field it stands", () => {
    const mask = masking([...knownIn(DANA), ...knownIn(YUN)]);
    const texts = [
      "Ship it to Dana Whitfield, 480 Townsend Street, Apt 5B, San Francisco, CA 94107. Dana here; call 415-867-5309.",
      "bill whitfield studio llc, ORDERS@whitfield.co, PO-2291, tax 12-3456789",
      "윤서진이고요, 서울특별시 중구 세종대로 110, 101동 1203호, 04524입니다. 서진 씨한테 010-9876-5432로 연락 주세요.",
      "결제는 온결디자인 주식회사, buy@ongyeol.kr, 사업자번호 123-45-67890",
    ];
    const all = JSON.stringify(mask.deep({ texts, details: [DANA, YUN] }));
    const personal =
      /dana|whitfield|townsend|480|5B|94107|867|5309|2291|3456789|윤서진|서진|세종대로|1203|04524|9876|5432|온결|ongyeol|67890/i;
    expect(all).not.toMatch(personal);
    expect(all).not.toMatch(/[\ue000\ue001]/);
    expect(mask.count()).toBeGreaterThanOrEqual(14);
  });

  test("of somebody known the given name goes too, and so do the family and whoever else is named as one", () => {
    const mask = masking([
      { kind: "name", value: "Rosalind Featherstone" },
      { kind: "name", value: "독고연희" },
    ]);
    const texts = [
      "Rosalind here. Tell my husband Augustin Featherstone, and my colleague Ottilie, when it ships.",
      "Dear Featherstone family, thanks",
      "연희예요, 개당 10만원에 안 될까요? 연희라고 불러 주세요.",
      "안녕하세요 제갈미르라고 합니다",
    ];
    const all = texts.map(mask.text).join("\n");
    expect(all).not.toMatch(/Rosalind|Featherstone|Augustin|Ottilie|연희|제갈미르/);
    expect(all).toMatch(
      /^\p{L}+ here\. Tell my husband \p{L}+ \p{L}+, and my colleague \p{L}+, when it ships\./u,
    );
    expect(all).toContain("Dear ");
    expect(all).toMatch(/예요, 개당 10만원에 안 될까요\?/);
  });

  test("what prices depend on stays: country, region, city, the beginning of a postal code", () => {
    const mask = masking([...knownIn(DANA), ...knownIn(YUN)], { postal_prefixes: ["63", "995"] });
    const { ship_to } = mask.deep(DANA);
    expect(ship_to).toMatchObject({ country: "US", region: "CA", city: "San Francisco" });
    expect(ship_to.postal_code).toMatch(/^941\d\d$/);
    expect(mask.deep(YUN).ship_to.lines[0]).toMatch(/^서울특별시 중구 [가-힣]+로 \d+, \d+동 \d+호$/);
  });

  test("the same value gets the same stand-in, in a text and in a field, and the text still reads", () => {
    const mask = masking(knownIn(DANA));
    const details = mask.deep(DANA);
    const text = mask.text("Dana Whitfield lives at 480 townsend street, CA 94107");
    expect(text).toBe(
      `${details.ship_to.name} lives at ${details.ship_to.lines[0]}, CA ${details.ship_to.postal_code}`,
    );
    expect(details.ship_to.lines[0]).toMatch(/^\d+ [A-Z]\w+ Street$/);
    expect(details.payer.name).toMatch(/^[A-Z]\w+ Studio LLC$/);
  });

  test("finds in free text what nobody declared, in English and Korean", () => {
    const mask = masking([]);
    for (const [text, gone] of [
      ["My name is Priya Natarajan and I need chairs", "Priya"],
      ["mail me at priya.n@mailbox.org", "priya.n"],
      ["call +1 (212) 664-7665", "664-7665"],
      ["card 5500 0000 0000 0004 please", "5500 0000 0000 0004"],
      ["it goes to 77 West Garden Lane, Austin, TX 78701", "West Garden"],
      ["zip code is 78701", "78701"],
      ["where is order number 8834-221?", "8834-221"],
      ["payment reference: TX99871", "99871"],
      ["제 이름은 박지훈이에요", "박지훈"],
      ["수령인: 최유나, 부산광역시 해운대구 센텀중앙로 97", "최유나"],
      ["수령인: 최유나, 부산광역시 해운대구 센텀중앙로 97", "센텀중앙로"],
      ["래미안아파트 102동 804호예요", "102동 804호"],
      ["연락처는 01045671234예요", "01045671234"],
      ["주민번호 900101-1234567", "900101-1234567"],
      ["계좌번호는 110-234-567890", "110-234-567890"],
      ["주문번호 20261122-0031 어디쯤이에요?", "20261122-0031"],
      ["박지훈 님께 보내 주세요", "박지훈"],
    ] as const)
      expect(mask.text(text), text).not.toContain(gone);
  });

  test("leaves prices, quantities, codes of products and turns of phrase alone", () => {
    const mask = masking(knownIn({ ...DANA, ship_to: { ...DANA.ship_to, name: "Will Mark" } }));
    for (const text of [
      "I'd like 12 HS-B1 and two KB-75-BRN at $1,330.65 all in",
      "will you mark it down to 480 dollars?",
      "3 of them on the way would be great",
      "그걸로 2개 주세요, 추가로 3개요",
      "180달러로 12개, 배송은 특급으로 1박스",
      "고객님, 사장님, 총 1,330,665원이에요",
      "53만 5천이면 바로 살게요",
      "order 12 chairs and 20 desks",
      "100일 환불 조건이면 5대 주문할게요",
      "net 30, 24-month warranty, delivered 2026-11-30",
    ])
      expect(mask.text(text), text).toBe(text);
  });

  test("a Korean stand-in ends as the name does, so that particles still fit", () => {
    for (const [name, particle] of [
      ["윤서진", "은"],
      ["최유나", "는"],
    ] as const) {
      const out = masking([{ kind: "name", value: name }]).text(`${name}${particle} 받는 사람이에요`);
      const last = out.charCodeAt(out.indexOf(`${particle} 받는`) - 1) - 0xac00;
      expect(last % 28 !== 0, out).toBe(particle === "은");
    }
  });
});
