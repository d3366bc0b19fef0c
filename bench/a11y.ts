import type { Browser } from "playwright-core";
import { violations } from "../test/web/axe.ts";
import { watched } from "../test/web/browser.ts";
import { launch } from "../test/web/chromium.ts";
import { ConsoleShop } from "../test/web/console-shop.ts";
import { consoleStates, type Met } from "./a11y-console.ts";
import { shopStates } from "./a11y-shop.ts";

const LANGS = ["en", "ko"] as const;

/** What a reader's system may ask of a page. */
const LOOKS = [
  { name: "light", media: { colorScheme: "light", contrast: "no-preference", forcedColors: "none" } },
  { name: "dark", media: { colorScheme: "dark", contrast: "no-preference", forcedColors: "none" } },
  {
    name: "contrast",
    media: { colorScheme: "light", contrast: "more", forcedColors: "none", reducedMotion: "reduce" },
  },
  {
    name: "forced colours",
    media: { colorScheme: "dark", contrast: "no-preference", forcedColors: "active" },
  },
] as const;

/** Every page in every state, theme and language under the rules of axe-core. `states` counts looks at a state. */
export async function run(): Promise<object> {
  const began = performance.now();
  const [shop, browser] = await Promise.all([ConsoleShop.open(), launch()]);
  const found = new Map<string, string[]>();
  let states = 0;
  const look = async ({ name, page, within }: Met, lang: string) => {
    for (const one of LOOKS) {
      await page.emulateMedia(one.media);
      // What is on a page does not change with its theme.
      const wrong = await violations(page, one === LOOKS[0] ? "all" : "colours", within);
      states += 1;
      for (const each of wrong)
        found.set(each, [...(found.get(each) ?? []), `${name}, ${lang}, ${one.name}`]);
    }
  };
  try {
    await shop.korean("선물 포장도 되나요?", "사람이랑 얘기하고 싶어요");
    await shop.english("can you engrave our logo on them?");
    await Promise.all(
      LANGS.map(async (lang) => {
        const open = opener(browser, lang);
        for await (const met of consoleStates(shop, open, lang)) await look(met, lang);
        for await (const met of shopStates(shop, open, lang)) await look(met, lang);
      }),
    );
  } finally {
    await browser.close();
    await shop.close();
  }
  for (const [wrong, where] of found) process.stdout.write(`${wrong}\n  in ${where.length}: ${where[0]}\n`);
  const seconds = Math.round((performance.now() - began) / 1_000);
  return {
    violations: found.size,
    states,
    seconds,
    failures: found.size > 0 ? ["a page breaks a rule of accessibility"] : [],
  };
}

function opener(browser: Browser, lang: string) {
  const locale = lang === "ko" ? "ko-KR" : "en-US";
  return async (options: object = {}) => {
    // Colours on their way to others would be looked at.
    const context = await browser.newContext({ locale, reducedMotion: "reduce", ...options });
    context.setDefaultTimeout(20_000);
    context.on("page", watched);
    return context;
  };
}
