import type { CDPSession } from "playwright-core";
import { chatOn, launch, saidIn, until } from "./browser.ts";
import { startGateway, temporary } from "./gateway.ts";
import { type Stroke, strokes } from "./ime-strokes.ts";
import { rounded } from "./statistics.ts";

const MESSAGES = 300;

const SENTENCES = [
  "안녕하세요",
  "이 노트북 재고가 있나요?",
  "값을 조금 깎아 주실 수 있을까요",
  "배송은 얼마나 걸려요",
  "흰색으로 두 개 주세요",
  "읽기 좋은 조명 추천해 줘",
  "괜찮네요 그걸로 할게요",
  "닭 모양 머그는 없죠",
  "환불 규정이 궁금합니다",
  "다음 주 월요일까지 받을 수 있나요",
];

/** In which order browsers and systems tell of an Enter that ends a composition. */
const ORDERS = ["enter, end", "enter, end, enter", "end, enter"] as const;

/**
 * Types Korean through the browser's own input events, as a two-set keyboard composes it, and presses Enter once at every point
 * of every sentence, in the orders that systems use. The gateway's log says what came of it: each message whole and once.
 * Enters that only take a kana or pinyin candidate must send nothing.
 */
export async function run(): Promise<object> {
  const home = temporary();
  const gateway = await startGateway({ PARLEY_HOME: home.path });
  const browser = await launch();
  const began = performance.now();
  try {
    const page = await (await browser.newContext({ locale: "ko-KR" })).newPage();
    await page.goto(gateway.ws.replace("ws", "http").replace("/v1/ws", "/?lang=ko"));
    await chatOn(page).open();
    const keys = await page.context().newCDPSession(page);
    const expected: string[] = [];
    for (let i = 0; i < MESSAGES; i++) {
      const all = strokes(SENTENCES[i % SENTENCES.length] ?? "");
      // Every point in turn: the first rounds end early in the sentence, the last at its end.
      const point = 1 + Math.floor((i / MESSAGES) * all.length);
      expected.push(await typed(keys, all.slice(0, point), ORDERS[i % ORDERS.length] ?? ORDERS[0]));
    }
    const candidates = await taken(keys, expected);
    const came = () => saidIn(page, gateway.ws);
    await until(async () => (await came()).length >= expected.length, 60_000);
    const said = await came();
    const wrong =
      expected.filter((text, i) => said[i] !== text).length + Math.max(0, said.length - expected.length);
    const failures = wrong > 0 ? [`${wrong} messages came otherwise than they were written`] : [];
    expected.forEach((text, i) => {
      if (said[i] !== text && failures.length < 6) failures.push(`"${text}" came as "${said[i] ?? ""}"`);
    });
    return {
      ...{ messages: expected.length, wrong, orders: ORDERS.length, candidates },
      ...{ seconds: rounded((performance.now() - began) / 1_000), failures },
    };
  } finally {
    await browser.close();
    await gateway.stop();
    home.remove();
  }
}

/** Types keystrokes and one Enter; gives what the field held then. */
async function typed(
  keys: CDPSession,
  all: readonly Stroke[],
  order: (typeof ORDERS)[number],
): Promise<string> {
  let committed = "";
  let composing = "";
  for (const stroke of all) {
    if (stroke.commit !== "") await keys.send("Input.insertText", { text: stroke.commit });
    committed += stroke.commit;
    composing = stroke.compose;
    if (composing !== "") await compose(keys, composing);
  }
  const end = async () => {
    if (composing !== "") await keys.send("Input.insertText", { text: composing });
  };
  if (composing === "") await enter(keys, 13);
  else if (order === "end, enter") {
    await end();
    await enter(keys, 229);
  } else {
    await enter(keys, 229, end);
    if (order === "enter, end, enter") await enter(keys, 13);
  }
  return (committed + composing).trim();
}

/** Enters that take a candidate send nothing; the one after that sends. */
async function taken(keys: CDPSession, expected: string[]): Promise<number> {
  const words = ["かんじ", "日本", "zhongwen", "中文", "カメラ"];
  for (const word of words) {
    await compose(keys, word);
    await enter(keys, 229, () => keys.send("Input.insertText", { text: word }));
    await keys.send("Input.insertText", { text: "!" });
    await enter(keys, 13);
    expected.push(`${word}!`);
  }
  return words.length;
}

async function compose(keys: CDPSession, text: string): Promise<void> {
  const { length } = text;
  await keys.send("Input.imeSetComposition", { text, selectionStart: length, selectionEnd: length });
}

/** The key goes down, `between` happens, and it comes up again. 229 is what a key is called that an input method took. */
async function enter(keys: CDPSession, code: number, between: () => Promise<unknown> = async () => {}) {
  const key = { key: "Enter", code: "Enter", windowsVirtualKeyCode: code };
  await keys.send("Input.dispatchKeyEvent", {
    type: code === 13 ? "keyDown" : "rawKeyDown",
    ...key,
    ...(code === 13 ? { text: "\r" } : {}),
  });
  await between();
  await keys.send("Input.dispatchKeyEvent", { type: "keyUp", ...key });
}
