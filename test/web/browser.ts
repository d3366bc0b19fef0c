import type { Browser, BrowserContext, Page } from "playwright-core";
import { afterAll, beforeAll, describe } from "vitest";
import { CHROMIUM, launch, WHERE } from "./chromium.ts";

/** What the tests of one file share. */
export interface Shared {
  /** A profile of its own, with nothing stored: another visitor. */
  context(options?: Parameters<Browser["newContext"]>[0]): Promise<BrowserContext>;
  /** The profile of this name, which the tests of one file share: what one test leaves stored in it the next one finds. */
  kept(name: string, options?: Parameters<Browser["newContext"]>[0]): Promise<BrowserContext>;
  /** A page in a context of its own, whose uncaught errors and refused policies are kept in `problemsOf`. */
  page(options?: Parameters<Browser["newContext"]>[0]): Promise<Page>;
}

const problems = new WeakMap<Page, string[]>();

/** Errors nobody caught, and what the content security policy refused, so far. */
export function problemsOf(page: Page): readonly string[] {
  return problems.get(page) ?? [];
}

/** Begins to keep what goes wrong in a page. */
export function watched(page: Page): Page {
  const kept: string[] = [];
  problems.set(page, kept);
  page.on("pageerror", (error) => kept.push(String(error)));
  page.on("console", (message) => {
    if (/Content Security Policy|TrustedHTML|TrustedScript/.test(message.text())) kept.push(message.text());
  });
  return page;
}

/**
 * A group of tests in one real browser. Skipped, and said so, where no Chromium is installed; with `PARLEY_REQUIRE_ALL=1`
 * that is a failure.
 */
export function inBrowser(name: string, tests: (shared: Shared) => void): void {
  const skipped = CHROMIUM === null && process.env.PARLEY_REQUIRE_ALL !== "1";
  if (skipped) process.stderr.write(`${name}: skipped, there is no Chromium at ${WHERE}\n`);
  describe.skipIf(skipped)(name, () => {
    let browser: Browser | undefined;
    beforeAll(async () => {
      browser = await launch();
    });
    afterAll(() => browser?.close());
    const context: Shared["context"] = async (options) => {
      if (!browser) throw new Error("pages are opened by tests, once the browser runs");
      return browser.newContext(options);
    };
    const profiles = new Map<string, Promise<BrowserContext>>();
    const kept: Shared["kept"] = (name, options) => {
      const profile = profiles.get(name) ?? context(options);
      profiles.set(name, profile);
      return profile;
    };
    tests({ context, kept, page: async (options) => watched(await (await context(options)).newPage()) });
  });
}
