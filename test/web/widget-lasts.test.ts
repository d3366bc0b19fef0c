import { execFile } from "node:child_process";
import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join, resolve } from "node:path";
import { promisify } from "node:util";
import { SignJWT } from "jose";
import type { Page } from "playwright-core";
import { afterAll, beforeAll, expect, test } from "vitest";
import { type Keys, keys, type Publisher, publisher } from "../adapters/identity/keys.ts";
import { type RunningGateway, startGateway } from "../harness.ts";
import { inBrowser, problemsOf } from "./browser.ts";
import { chatOn } from "./chat-page.ts";

const MAIN = resolve(import.meta.dirname, "../../src/app/main.ts");
const ISSUER = "https://login.example";

let login: Keys;
let provider: Publisher;
let gateway: RunningGateway;
let identity: Record<string, string>;
beforeAll(async () => {
  login = await keys();
  provider = await publisher(login.jwk);
  identity = {
    PARLEY_OIDC_ISSUER: ISSUER,
    PARLEY_OIDC_AUDIENCE: "shop",
    PARLEY_OIDC_JWKS: `${provider.origin}/jwks`,
  };
  gateway = await startGateway(identity);
});
afterAll(async () => {
  await gateway.stop();
  gateway.remove();
  await provider.close();
});

function token(seconds: number): Promise<string> {
  return new SignJWT({ sub: "kim" })
    .setProtectedHeader({ alg: "ES256", kid: login.kid })
    .setIssuer(ISSUER)
    .setAudience("shop")
    .setExpirationTime(Math.floor(Date.now() / 1_000) + seconds)
    .sign(login.privateKey);
}

inBrowser("a chat that lasts", ({ page }) => {
  test("keeps a draft over a reload, until it is sent or everything is deleted", async () => {
    const shop = await page();
    const { open, input, say, replies, launcher, chat, dialog } = chatOn(shop);
    const again = async () => {
      await shop.reload();
      await launcher.click();
    };
    await open(gateway.url, "en");
    await input.fill("half a thou");
    await again();
    await expect.poll(() => input.inputValue()).toBe("half a thou");
    await say("half a thought");
    await expect.poll(() => replies.count()).toBe(1);
    await again();
    await expect.poll(() => replies.count()).toBe(1);
    expect(await input.inputValue()).toBe("");
    await input.fill("a secret");
    await chat.locator("summary").click();
    await chat.getByText("Delete my data").click();
    await dialog.locator("button.main").click();
    await expect.poll(() => chat.locator(".end").textContent()).toContain("Receipt");
    const stored = await shop.evaluate(() => JSON.stringify({ ...localStorage }));
    expect([await input.inputValue(), stored.includes("a secret")]).toEqual(["", false]);
  });

  test("is there without its words, and gets them as soon as they can be had", async () => {
    const shop = await page();
    const { launcher, input } = chatOn(shop);
    await shop.route("**/widget.en.js", (route) => route.abort());
    await shop.goto(`${gateway.url}/?lang=en`);
    await launcher.click();
    expect(await launcher.textContent()).toBe("💬");
    await shop.unroute("**/widget.en.js");
    await input.waitFor();
    await expect.poll(() => launcher.textContent()).toBe("Close chat");
    expect(problemsOf(shop)).toEqual([]);
  });

  /** A page whose token ends soon, and then is `next()`; with the codes of faults that it was told. */
  async function signedIn(shop: Page, next: () => number) {
    const faults: string[] = [];
    let first = true;
    await shop.exposeFunction("signedIn", () => {
      const seconds = first ? 8 : next();
      first = false;
      return token(seconds);
    });
    await shop.exposeFunction("faulted", (code: string) => faults.push(code));
    await shop.goto(`${gateway.url}/?lang=en`);
    await shop.evaluate(() => {
      const { signedIn, faulted } = window as unknown as Record<string, (value?: string) => Promise<string>>;
      const element = document.querySelector("parley-chat");
      if (element) element.token = signedIn;
      document.addEventListener("parley-fault", (event) => faulted?.((event as CustomEvent).detail.code));
    });
    const chat = chatOn(shop);
    await chat.launcher.click();
    await chat.say("first");
    await expect.poll(() => chat.replies.count()).toBe(1);
    await expect.poll(() => faults, { timeout: 60_000 }).toContain("token_expired");
    return chat;
  }

  test("goes on unnoticed when a token ends and the page has a fresh one", async () => {
    const shop = await page();
    const { say, mine, replies, chat } = await signedIn(shop, () => 3_600);
    await say("second");
    await expect.poll(() => replies.count()).toBe(2);
    expect(await mine.allTextContents()).toEqual(["first", "second"]);
    expect([await chat.locator(".end").textContent(), ...problemsOf(shop)]).toEqual([""]);
  });

  test("says that a sign-in is over, and goes on with the same conversation after the next one", async () => {
    let seconds = -60;
    const shop = await page();
    const { say, mine, replies, chat } = await signedIn(shop, () => seconds);
    await expect.poll(() => chat.locator(".end").textContent()).toContain("sign in");
    seconds = 3_600;
    await say("second");
    await expect.poll(() => replies.count()).toBe(2);
    expect(await mine.allTextContents()).toEqual(["first", "second"]);
    expect([await chat.locator(".end").textContent(), ...problemsOf(shop)]).toEqual([""]);
  });

  test("says so when the vendor went back to an earlier log, and goes on from there", async () => {
    const folder = mkdtempSync(join(tmpdir(), "parley-lasts-"));
    const before = await startGateway();
    const run = (home: string, ...args: string[]) =>
      promisify(execFile)(process.execPath, [MAIN, ...args], { env: { ...process.env, PARLEY_HOME: home } });
    const shop = await page();
    const { open, say, mine, replies, unsent, chat } = chatOn(shop);
    await open(before.url, "en");
    await say("kept");
    await expect.poll(() => replies.count()).toBe(1);
    await run(before.home, "backup", join(folder, "backup"));
    await say("lost with the disk");
    await expect.poll(() => replies.count()).toBe(2);
    await before.kill();
    await say("written meanwhile");
    await expect.poll(() => unsent.count()).toBe(1);
    await run(join(folder, "home"), "restore", join(folder, "backup"));
    const after = await startGateway({
      PARLEY_HOME: join(folder, "home"),
      PARLEY_PORT: new URL(before.url).port,
    });
    await expect
      .poll(() => mine.allTextContents(), { timeout: 60_000 })
      .toEqual(["kept", "written meanwhile"]);
    await expect.poll(() => replies.count()).toBe(2);
    expect(await chat.locator(".tail .notice").textContent()).toContain("earlier state");
    await after.stop();
    before.remove();
    rmSync(folder, { recursive: true });
  });
});
