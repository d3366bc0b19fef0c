import { afterAll, beforeAll, beforeEach, expect, test } from "vitest";
import { type Provider, startProvider } from "../transport/identity-provider.ts";
import { violations } from "./axe.ts";
import { inBrowser, problemsOf } from "./browser.ts";
import { ConsoleShop, DESK } from "./console-shop.ts";

const CLIENT = { id: "parley-console", secret: "secret of this test" };

let provider: Provider;
let shop: ConsoleShop;
beforeAll(async () => {
  provider = await startProvider(CLIENT);
  shop = await ConsoleShop.open({
    PARLEY_STAFF_OIDC_ISSUER: provider.issuer,
    PARLEY_STAFF_OIDC_CLIENT_ID: CLIENT.id,
    PARLEY_STAFF_OIDC_CLIENT_SECRET: CLIENT.secret,
  });
});
afterAll(async () => {
  await shop.close();
  await provider.close();
});
beforeEach(() => {
  Object.assign(provider, { denies: false, claims: { name: "Mina 김", parley_role: "agent" } });
});

inBrowser("signing in with one's organisation", ({ context }) => {
  test("leads to the provider and back to the page one came for, with the role that it says", async () => {
    const browser = await context(DESK);
    const page = await shop.console(browser, null, "/gaps?lang=ko");
    await page.getByRole("link", { name: "Sign in with your organisation" }).click();
    await page.getByRole("heading", { level: 1, name: "Gaps" }).waitFor();
    expect(page.url()).toBe(`${shop.gateway.url}/console#/gaps?lang=ko`);
    expect(await page.locator(".whoami").textContent()).toBe("Mina 김agent");
    expect(problemsOf(page)).toEqual([]);
    await browser.close();
  });

  test.each([
    ["was denied there", { denies: true }, "en", "cancelled or refused"],
    ["was denied there, in Korean", { denies: true }, "ko", "취소했거나 거부되었어요"],
    ["has no role", { claims: { name: "Someone" } }, "en", "no role in this console yet"],
    ["answers for another nonce", { claims: { parley_role: "manager", nonce: "x" } }, "en", "does not hold"],
  ] as const)(
    "says on its own page that somebody %s, and offers both ways again",
    async (_, says, lang, told) => {
      Object.assign(provider, says);
      const browser = await context(DESK);
      const page = await shop.console(browser, null, "/gaps", { lang });
      const link = page.locator("a.primary");
      await link.click();
      await page.getByRole("alert").getByText(told).waitFor();
      expect(page.url()).toBe(`${shop.gateway.url}/console#/gaps`);
      expect(await violations(page)).toEqual([]);
      Object.assign(provider, { denies: false, claims: { name: "Mina", parley_role: "agent" } });
      await link.click();
      await page.getByRole("link", { name: /^(Inbox|받은 대화)/ }).waitFor();
      await browser.close();
    },
  );

  test("an answer to another browser's question signs nobody in", async () => {
    const [mine, theirs] = await Promise.all([context(DESK), context(DESK)]);
    const sent = await theirs.request.get(`${shop.gateway.url}/v1/staff/oidc`, { maxRedirects: 0 });
    const answered = await theirs.request.get(sent.headers().location ?? "", { maxRedirects: 0 });
    const page = await shop.console(mine, null);
    await page.goto(answered.headers().location ?? "");
    await page.getByRole("alert").getByText("does not hold").waitFor();
    await page.goto(`${shop.gateway.url}/console?refused=<b>a%20sentence%20of%20mine</b>`);
    await page.getByRole("alert").getByText("does not hold").waitFor();
    expect(await page.locator("main").textContent()).not.toContain("of mine");
    await Promise.all([mine.close(), theirs.close()]);
  });
});
