import type { BrowserContext, Page } from "playwright-core";
import type { ConsoleShop } from "../test/web/console-shop.ts";
import type { Met } from "./a11y-console.ts";

type Lang = "en" | "ko";

const SAID = {
  en: ["two of the Orrin docks, please", "what is its weight?", "compare the dock and the hub"],
  ko: ["무선 헤드셋 두 개 주세요", "무게가 얼마나 돼요?", "헤드셋 두 개 비교해 주세요"],
} as const;

/** The demo shop and the chat in it, at a desk and on a phone. */
export async function* shopStates(
  shop: ConsoleShop,
  open: (options?: object) => Promise<BrowserContext>,
  lang: Lang,
): AsyncGenerator<Met> {
  for (const [name, viewport] of [
    ["desk", { width: 1280, height: 800 }],
    ["phone", { width: 400, height: 860 }],
  ] as const) {
    const context = await open({ viewport });
    const page = await context.newPage();
    await page.goto(`${shop.gateway.url}/?lang=${lang}`);
    await page.locator(".goods h2").first().waitFor();
    yield { name: `shop, ${name}`, page };
    yield* chat(page, lang, name);
    await context.close();
  }
}

async function* chat(page: Page, lang: Lang, name: string): AsyncGenerator<Met> {
  const within = "parley-chat";
  await page.locator("parley-chat [part~=launcher]").click();
  const write = page.locator("parley-chat textarea").first();
  await write.waitFor();
  yield { name: `chat opened, ${name}`, page, within };
  for (const [i, words] of SAID[lang].entries()) {
    await write.fill(words);
    await write.press("Enter");
    await page
      .locator("parley-chat article")
      .nth(2 * i + 1)
      .waitFor();
    yield { name: `chat, said ${i + 1}, ${name}`, page, within };
  }
  await page.locator("parley-chat .offer.live .main").first().click();
  await page.locator("parley-chat dialog").waitFor();
  yield { name: `chat, an acceptance, ${name}`, page, within };
}
