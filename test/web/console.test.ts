import type { Page } from "playwright-core";
import { afterAll, beforeAll, expect, test } from "vitest";
import type { StaffRole } from "../../src/domain/staff.ts";
import type { HttpBuyer } from "../transport/http-client.ts";
import { violations } from "./axe.ts";
import { inBrowser, problemsOf } from "./browser.ts";
import { ConsoleShop, DESK, HOSTILE, NAMES } from "./console-shop.ts";

let shop: ConsoleShop;
let korean: HttpBuyer;
let english: HttpBuyer;
beforeAll(async () => {
  shop = await ConsoleShop.open();
  korean = await shop.korean("사람이랑 얘기하고 싶어요");
  english = await shop.english();
});
afterAll(() => shop.close());

const PAGES = ["inbox", "approvals", "gaps", "insights", "limits", "lab"] as const;

/** The page behind an address, once it has said its title. */
async function at(page: Page, title: string | RegExp): Promise<Page> {
  await page.getByRole("heading", { level: 1, name: title }).waitFor();
  return page;
}

inBrowser("the console", ({ context, kept }) => {
  const desk = (role: StaffRole) => kept(role, DESK);

  test.each(["en", "ko"] as const)("has no accessibility violation on any page, in %s", async (lang) => {
    const page = await shop.console(await desk("manager"), "manager", "/inbox", { lang });
    for (const name of [...PAGES, `conversation/${korean.welcome.session}`]) {
      await page.evaluate((address) => {
        location.hash = address;
      }, `/${name}`);
      await page.locator("h1:focus").waitFor();
      await page.getByText(/^(Loading…|불러오는 중…)$/).waitFor({ state: "detached" });
      // What stands around a page is the same for all.
      expect(await violations(page, "all", name === "inbox" ? "html" : "main"), name).toEqual([]);
    }
    expect(await page.locator("html").getAttribute("lang")).toBe(lang);
    expect(problemsOf(page)).toEqual([]);
    await page.close();
  });

  test("asks who one is, says what was wrong with a token, and lets in with the one of the first run", async () => {
    const browser = await context(DESK);
    const page = await shop.console(browser, null);
    await page.getByLabel("Staff token").fill("staff_wrong");
    await page.keyboard.press("Enter");
    await page.getByRole("alert").getByText("no staff token").waitFor();
    expect(await page.getByLabel("Staff token").inputValue()).toBe("staff_wrong");
    expect(await violations(page)).toEqual([]);
    await page.getByLabel("Staff token").fill(shop.tokens.first);
    await page.getByRole("button", { name: "Sign in" }).click();
    await at(page, "Inbox");
    await page.getByRole("button", { name: "Sign out" }).click();
    await at(page, "Staff sign-in");
    await browser.close();
  });

  test("is walked by keyboard alone: down the list, into a conversation and back, to the search", async () => {
    const browser = await context(DESK);
    const page = await at(await shop.console(browser, "agent"), "Inbox");
    await page.locator("tbody tr").nth(1).waitFor();
    const rows = await page
      .locator("tbody a")
      .evaluateAll((links) => links.map((link) => link.getAttribute("href")));
    await page.keyboard.press("j");
    await page.keyboard.press("j");
    expect(await page.evaluate(() => document.activeElement?.getAttribute("href"))).toBe(rows[1]);
    await page.keyboard.press("k");
    await page.keyboard.press("Enter");
    await page.waitForURL(`**/console${rows[0]}`);
    await page.getByRole("log").waitFor();
    await page.keyboard.press("u");
    await at(page, "Inbox");
    await page.keyboard.press("?");
    await page.getByRole("dialog", { name: "Keyboard" }).waitFor();
    expect(await violations(page)).toEqual([]);
    await page.getByLabel("Single keys do this").uncheck();
    await page.keyboard.press("Escape");
    await page.keyboard.press("/");
    expect(await page.evaluate(() => document.activeElement?.tagName)).not.toBe("INPUT");
    await page.getByRole("button", { name: "Keyboard" }).click();
    await page.getByLabel("Single keys do this").check();
    await page.keyboard.press("Escape");
    await page.getByRole("dialog").waitFor({ state: "detached" });
    await page.keyboard.press("/");
    await page.keyboard.insertText(korean.welcome.session);
    await expect.poll(() => page.locator("tbody tr").count()).toBe(1);
    expect(page.url()).toContain(`q=${korean.welcome.session}`);
    await browser.close();
  });

  test("shows what is said elsewhere as it is said, and keeps its filters in the address", async () => {
    const page = await at(
      await shop.console(await desk("viewer"), "viewer", "/inbox?state=agent&lang=en"),
      "Inbox",
    );
    await page.locator("tbody tr").first().waitFor();
    expect(await page.getByRole("button", { name: /^Agent/ }).getAttribute("aria-pressed")).toBe("true");
    expect(await page.locator("tbody").textContent()).not.toContain("ko");
    const late = await shop.buyer(
      { lang: "en", kind: "person", channel: "chat" },
      "do you sell espresso machines?",
    );
    await page.locator(`a[href="#/conversation/${late.welcome.session}"]`).waitFor();
    await late.say({ text: "bye" });
    await page.locator(`a[href="#/conversation/${late.welcome.session}"]`).waitFor({ state: "detached" });
    await page.close();
  });

  test("takes no text for markup, wherever it stands", async () => {
    const page = await shop.console(
      await desk("manager"),
      "manager",
      `/conversation/${english.welcome.session}`,
    );
    await page.getByRole("log").getByText(HOSTILE).first().waitFor();
    await page.goto(`${shop.gateway.url}/console#/gaps`);
    await page.getByText(HOSTILE).first().waitFor();
    expect(await page.locator("main img, main b").count()).toBe(0);
    expect(await page.title()).not.toBe("taken");
    expect(problemsOf(page)).toEqual([]);
    await page.close();
  });

  test("offers a viewer nothing to do, and says which role a page needs", async () => {
    const page = await shop.console(
      await desk("viewer"),
      "viewer",
      `/conversation/${korean.welcome.session}`,
    );
    await page.getByText("Your role may watch here, not write.").waitFor();
    expect(await page.getByRole("button", { name: /Take over|Send|Whisper|Draft/ }).count()).toBe(0);
    expect(await page.getByRole("link", { name: "Limits" }).count()).toBe(0);
    await page.goto(`${shop.gateway.url}/console#/limits`);
    await page.getByText("It needs the role “manager”.").waitFor();
    await page.close();
  });

  test("goes on where it was when a sign-in ends in the middle of work", async () => {
    const browser = await context(DESK);
    const page = await shop.console(browser, "agent", `/conversation/${korean.welcome.session}`);
    await page.getByPlaceholder("A note to the agent").fill("offer the bundle first");
    await browser.clearCookies();
    await page.getByRole("button", { name: "Draft by the agent" }).click();
    const dialog = page.getByRole("dialog", { name: "Sign in again" });
    await dialog.getByLabel("Staff token").fill(shop.tokens.agent);
    await dialog.getByRole("button", { name: "Sign in" }).click();
    await dialog.waitFor({ state: "detached" });
    expect(await page.getByPlaceholder("A note to the agent").inputValue()).toBe("offer the bundle first");
    expect(await page.getByText(NAMES.agent).count()).toBeGreaterThan(0);
    await browser.close();
  });

  test("has on top who waits for a person, however many said something since, and shows more when asked to", async () => {
    const waits = await shop.korean("사람이랑 얘기하고 싶어요");
    const opening = { lang: "en", kind: "person", channel: "chat" };
    for (let i = 0; i < 12; i++)
      await Promise.all(Array.from({ length: 10 }, () => shop.buyer(opening, "hello")));
    const page = await at(await shop.console(await desk("viewer"), "viewer"), "Inbox");
    await page.locator(`a[href="#/conversation/${waits.welcome.session}"]`).waitFor();
    const rows = async () => Number(await page.locator(".inbox").getAttribute("aria-rowcount"));
    const before = await rows();
    await page.getByRole("button", { name: "Show more" }).click();
    await expect.poll(rows).toBeGreaterThan(before);
    await page.close();
  });

  test("is there at the width of a phone, with nothing to scroll sideways", async () => {
    const browser = await context({ viewport: { width: 400, height: 860 } });
    const page = await shop.console(browser, "manager", "/inbox", { lang: "ko" });
    for (const name of [...PAGES, `conversation/${english.welcome.session}`]) {
      await page.evaluate((address) => {
        location.hash = address;
      }, `/${name}`);
      await page.locator("h1:focus").waitFor();
      await page.getByText("불러오는 중…").waitFor({ state: "detached" });
      const wide = await page.evaluate(() => document.documentElement.scrollWidth - innerWidth);
      expect(wide, name).toBeLessThanOrEqual(0);
    }
    await browser.close();
  });
});
