import { expect, test } from "vitest";
import { read } from "../../src/understanding/read.ts";
import { NOW, stateOf } from "./contexts.ts";

const line = (query: string, quantity: number, unit_price?: number) => ({
  item: { query },
  quantity,
  ...(unit_price === undefined ? {} : { unit_price }),
});

test.each([
  [
    "two 500 g house blend, one 1 kg dark roast, no decaf this time",
    "start_usd",
    [line("500g house blend", 2), line("1kg dark roast", 1)],
  ],
  ["I need 3 rakes, 2 watering cans and no hoses", "start_usd", [line("rakes", 3), line("watering cans", 2)]],
  ["4 monitors at 260 and 4 arms at 75", "start_usd", [line("monitors", 4, 26_000), line("arms", 4, 7_500)]],
  ["HS-B1 10개 WC-2K 5개 견적 부탁드려요", "start_krw", [line("hs-b1", 10), line("wc-2k", 5)]],
  ["갈퀴 세 개 물뿌리개 두 개 주문할게요", "start_krw", [line("갈퀴", 3), line("물뿌리개", 2)]],
] as const)("%s is as many lines as it names goods", (text, context, lines) => {
  const [act] = read(text, { state: stateOf(context), now: NOW }).acts;
  expect(act).toMatchObject({ act: "propose", lines });
  expect(act?.act === "propose" && act.lines).toHaveLength(lines.length);
});
