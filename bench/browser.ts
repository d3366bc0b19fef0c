import type { Page } from "playwright-core";
import { logOver } from "./storm-log.ts";

export { CHROMIUM, launch } from "../test/web/chromium.ts";

/** The chat on a page, as whoever writes in it sees it. */
export function chatOn(page: Page) {
  const chat = page.locator("parley-chat");
  return {
    open: async () => {
      await chat.locator("button.launcher").click();
      await chat.locator("textarea").waitFor();
    },
    say: async (text: string) => {
      await chat.locator("textarea").fill(text);
      await chat.locator("textarea").press("Enter");
    },
    /** What it shows as said by the reader, in its order, and how much of that waits. */
    mine: async () => ({
      shown: await chat.locator(".mine .text").allTextContents(),
      waiting: await chat.locator(".unsent").count(),
    }),
  };
}

/** The texts that the gateway's log holds of the page's session, read by a client of its own. */
export async function saidIn(page: Page, ws: string): Promise<string[]> {
  const stored = await page.evaluate(
    `Object.entries(localStorage).find(([key]) => key.startsWith("parley ws"))?.[1]`,
  );
  if (stored === undefined)
    throw new Error(`the page keeps no session: ${await page.locator("parley-chat .line").textContent()}`);
  const back = JSON.parse(String(stored));
  const log = await logOver(ws, { ...back, seq: 0 });
  return log.flatMap(({ event }) => (event.kind === "message" ? [event.message.text ?? ""] : []));
}

/** Waits until `done` is so, at most `ms`. */
export async function until(done: () => Promise<boolean>, ms: number): Promise<boolean> {
  const end = performance.now() + ms;
  while (performance.now() < end) {
    if (await done()) return true;
    await new Promise((resolve) => setTimeout(resolve, 100));
  }
  return false;
}
