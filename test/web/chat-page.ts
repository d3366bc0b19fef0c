import type { Page } from "playwright-core";

/** The chat of a page, as whoever uses it sees it. */
export function chatOn(page: Page) {
  const chat = page.locator("parley-chat");
  const input = chat.locator("textarea");
  const launcher = chat.locator("button.launcher");
  return {
    ...{ chat, input, launcher, dialog: chat.locator("dialog") },
    say: async (text: string) => {
      await input.fill(text);
      await input.press("Enter");
    },
    /** Goes to the demo shop of a gateway, and opens the chat there. */
    open: async (url: string, lang: "en" | "ko") => {
      await page.goto(`${url}/?lang=${lang}`);
      await launcher.click();
      await chat.locator(".quick button").first().waitFor();
    },
    replies: chat.locator(".reply .text"),
    mine: chat.locator(".mine .text"),
    unsent: chat.locator(".unsent"),
  };
}
