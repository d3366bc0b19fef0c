import type { CDPSession, Page } from "playwright-core";
import { launch } from "../test/web/chromium.ts";
import { ConsoleShop, DESK } from "../test/web/console-shop.ts";
import { median, rounded, spread } from "./statistics.ts";

const AT_ONCE = 8;
const LOADS = 5;
const UPDATES = 40;
const STEPS = 40;
const IDLE_SECONDS = 5;

/**
 * The inbox with so many conversations in it, all of them asked for: how soon the first is painted, and what its page has to do,
 * in milliseconds of its main thread, for one change elsewhere, one step by key, and one second in which nothing happens.
 */
export async function run([count = "2000"]: string[]): Promise<object> {
  const all = Number(count);
  const [shop, browser] = await Promise.all([ConsoleShop.open(), launch()]);
  try {
    const talks = await stocked(shop, all);
    const context = await browser.newContext(DESK);
    await context.addInitScript(FIRST_ROW);
    await shop.signIn(context, "agent");
    const loads: number[] = [];
    let page = await shop.console(context, null);
    for (let i = 0; i < LOADS; i++) {
      if (i > 0) page = await shop.console(context, null);
      await page.locator("tbody a").first().waitFor();
      await settled(page);
      loads.push((await page.evaluate("firstRow")) as number);
      if (i < LOADS - 1) await page.close();
    }
    await whole(page);
    const worked = await workOf(page);
    const changes: number[] = [];
    for (let i = 0; i < UPDATES; i++) {
      const before = await worked();
      await talks[(i * 37) % all]?.say({ text: `still there, ${i}` });
      // Whoever said something last stands first.
      await page.locator(`tbody a[href$="${talks[(i * 37) % all]?.welcome.session}"]`).waitFor();
      await settled(page);
      changes.push((await worked()) - before);
    }
    await page.locator("tbody a").first().focus();
    const steps: number[] = [];
    for (let i = 0; i < STEPS; i++) {
      const before = await worked();
      await page.keyboard.press("j");
      await settled(page);
      steps.push((await worked()) - before);
    }
    const before = await worked();
    await new Promise((done) => setTimeout(done, IDLE_SECONDS * 1_000));
    const idle = ((await worked()) - before) / IDLE_SECONDS;
    const figures = {
      conversations: all,
      rows: Number(await page.locator(".inbox").getAttribute("aria-rowcount")) - 1,
      rows_in_page: await page.locator("tbody a").count(),
      first_row_ms: Math.round(median(loads)),
      change_ms: spread(changes),
      step_ms: spread(steps),
      idle_second_ms: rounded(idle),
    };
    console.table(figures);
    return figures;
  } finally {
    await browser.close();
    await shop.close();
  }
}

/** When the first conversation was painted, in milliseconds since the page was asked for. */
const FIRST_ROW = `
  new MutationObserver((_, looking) => {
    if (!document.querySelector("tbody a")) return;
    looking.disconnect();
    requestAnimationFrame(() => setTimeout(() => { globalThis.firstRow = performance.now(); }));
  }).observe(document, { childList: true, subtree: true });
`;

/** So many conversations with something said in each. */
async function stocked(shop: ConsoleShop, all: number) {
  const talks: Awaited<ReturnType<ConsoleShop["buyer"]>>[] = [];
  let begun = 0;
  const open = async () => {
    while (begun < all) {
      begun += 1;
      const lang = begun % 2 === 0 ? "en" : "ko";
      const said = lang === "en" ? "hello" : "안녕하세요";
      talks.push(await shop.buyer({ lang, kind: "person", channel: "chat" }, said));
    }
  };
  await Promise.all(Array.from({ length: AT_ONCE }, open));
  return talks;
}

/** Asks for page after page until there is no more. */
async function whole(page: Page): Promise<void> {
  const more = page.locator(".inbox + button");
  while (await more.isVisible()) {
    const had = await page.locator(".inbox").getAttribute("aria-rowcount");
    await more.click();
    await page.locator(`.inbox:not([aria-rowcount="${had}"])`).waitFor();
  }
}

/** Milliseconds of work that the page's main thread has done so far. */
async function workOf(page: Page): Promise<() => Promise<number>> {
  const session: CDPSession = await page.context().newCDPSession(page);
  await session.send("Performance.enable");
  return async () => {
    const { metrics } = await session.send("Performance.getMetrics");
    return (metrics.find(({ name }) => name === "TaskDuration")?.value ?? 0) * 1_000;
  };
}

async function settled(page: Page): Promise<void> {
  await page.evaluate("new Promise((done) => requestAnimationFrame(() => setTimeout(done)))");
}
