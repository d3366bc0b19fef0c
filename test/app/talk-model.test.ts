import { spawn } from "node:child_process";
import { resolve } from "node:path";
import { afterAll, beforeAll, expect, test } from "vitest";
import { type RunningGateway, startGateway } from "../harness.ts";
import type { Asked, Step } from "../wire/script.ts";
import { startWire, type Wire } from "../wire/server.ts";

const MAIN = resolve(import.meta.dirname, "../../src/app/main.ts");
let wire: Wire;
let gateway: RunningGateway;

beforeAll(async () => {
  wire = await startWire(slowly);
  gateway = await startGateway({ PARLEY_MODEL: `openai-chat:wire@${wire.url}` });
});
afterAll(async () => {
  await gateway?.stop();
  gateway?.remove();
  await wire?.close();
});

/** Begins to speak after a time in which a person would wonder. */
function slowly({ schema, user }: Asked): Step {
  if (schema?.name !== "word") return { answer: { look_ups: [] } };
  const house = JSON.parse(/<data name="house">(.*?)<\/data>/s.exec(user)?.[1] ?? '""') as string;
  const opening = /[가-힣]/.test(house) ? "네, 알겠습니다." : "Of course.";
  return { answer: { text: `${opening} ${house}`, speech: "" }, piece: 24, first_ms: 1_500 };
}

/** What the terminal shows for one line, in the order it came. */
function talk(line: string, lang: string): Promise<string> {
  return new Promise((done, failed) => {
    const child = spawn(process.execPath, [MAIN, "talk", "--url", gateway.ws, "--lang", lang]);
    let shown = "";
    child.stdout.on("data", (chunk) => {
      shown += chunk;
    });
    child.once("exit", (code) => (code === 0 ? done(shown) : failed(new Error(`exit ${code}\n${shown}`))));
    child.stdin.end(`${line}\n/quit\n`);
  });
}

test.each([
  ["en", "I'd like to buy two Gadan Aero Mesh chairs in black.", / 1\. \$704\.06 all in\n/, "Of course. "],
  ["ko", "가단 에어로 메쉬 의자 검정 두 개 사고 싶어요", / 1\. ₩[\d,]+ 총액/, "네, 알겠습니다."],
])(
  "the typed offer is on the table while a model still words the reply (%s)",
  async (lang, line, card, words) => {
    const shown = await talk(line, lang);
    const at = shown.search(card);
    expect(at).toBeGreaterThan(0);
    expect(shown.indexOf(words)).toBeGreaterThan(at);
    expect(shown.split(words)).toHaveLength(2);
  },
);
