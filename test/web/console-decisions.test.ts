import type { Page } from "playwright-core";
import { afterAll, beforeAll, expect, test } from "vitest";
import type { StaffRole } from "../../src/domain/staff.ts";
import { violations } from "./axe.ts";
import { inBrowser, problemsOf } from "./browser.ts";
import { ConsoleShop, DESK } from "./console-shop.ts";

let shop: ConsoleShop;
beforeAll(async () => {
  shop = await ConsoleShop.open();
});
afterAll(() => shop.close());

const card = (page: Page, intent: string) => page.locator(`[data-intent="${intent}"]`);

/** What has the focus: the keyboard goes on from there. */
const inFocus = (page: Page) =>
  page.evaluate(() => document.activeElement?.closest("button, [data-intent], .card")?.textContent ?? "");

/** How an order stands, as its buyer is told. */
async function statusOf({ buyer, intent }: Awaited<ReturnType<ConsoleShop["pending"]>>) {
  const { body } = await buyer.page();
  const last = body.events.findLast(({ event }) => event.kind === "order" && event.intent.id === intent);
  return last?.event.kind === "order" ? [last.event.intent.status, last.event.note] : null;
}

inBrowser("deciding in the console", ({ kept }) => {
  const desk = (role: StaffRole) => kept(role, DESK);

  test("an order is approved by one key, and its buyer told", async () => {
    const order = await shop.pending();
    const page = await shop.console(await desk("manager"), "manager", "/approvals");
    await card(page, order.intent).waitFor();
    await page.keyboard.press("j");
    await page.keyboard.press("a");
    await card(page, order.intent).getByText("the order is bound and signed").waitFor();
    expect(await statusOf(order)).toEqual(["pending", undefined]);
    await page.close();
  });

  test("a rejection takes a reason, which the buyer reads as it stands", async () => {
    const order = await shop.pending();
    const page = await shop.console(await desk("manager"), "manager", "/approvals", { lang: "ko" });
    await card(page, order.intent).getByRole("button", { name: "거절" }).click();
    const dialog = page.getByRole("dialog");
    expect(await dialog.getByRole("button", { name: "거절" }).isDisabled()).toBe(true);
    expect(await violations(page)).toEqual([]);
    await dialog.getByRole("textbox").fill("<b>재고</b>가 부족해요");
    await dialog.getByRole("button", { name: "거절" }).click();
    await card(page, order.intent).getByText("거절했어요").waitFor();
    expect(await statusOf(order)).toEqual(["declined", "<b>재고</b>가 부족해요"]);
    await page.close();
  });

  test("several are decided at once, each with a result of its own", async () => {
    const [one, two, three] = [await shop.pending(2), await shop.pending(3), await shop.pending(4)];
    const page = await shop.console(await desk("manager"), "manager", "/approvals");
    for (const { intent } of [one, two]) await card(page, intent).getByRole("checkbox").check();
    expect(await violations(page)).toEqual([]);
    // Meanwhile somebody else turns one of them down.
    const decision = { verdict: "decline", note: "sold out", by: "Dana" };
    await page.request.post(`${shop.gateway.url}/v1/orders/${one.intent}/decision`, {
      data: decision,
      headers: { origin: shop.gateway.url },
    });
    await page.getByRole("region", { name: "2 selected" }).getByRole("button", { name: "Approve" }).click();
    await card(page, two.intent).getByText("the order is bound and signed").waitFor();
    await card(page, one.intent)
      .getByText(/declined|conflict|turned down/i)
      .first()
      .waitFor();
    await card(page, three.intent).getByRole("button", { name: "Approve" }).press("Enter");
    await card(page, three.intent).getByText("the order is bound and signed").waitFor();
    await expect.poll(() => inFocus(page)).toContain("the order is bound and signed");
    expect([await statusOf(one), await statusOf(two)]).toEqual([
      ["declined", "sold out"],
      ["pending", undefined],
    ]);
    expect(problemsOf(page)).toEqual([]);
    await page.close();
  });

  test("an edit is a counter-offer: what is wrong is said at its field, what is typed stays, the buyer accepts anew", async () => {
    const order = await shop.pending(3);
    const page = await shop.console(await desk("manager"), "manager", "/approvals");
    const form = card(page, order.intent).locator("form");
    await card(page, order.intent).getByRole("button", { name: "Edit…" }).click();
    await form.getByLabel("Quantity").fill("");
    await form.getByRole("button", { name: "Send counter-offer" }).click();
    await form.locator("[aria-invalid=true]").waitFor();
    expect(await form.getByLabel("Quantity").getAttribute("aria-invalid")).toBe("true");
    expect(await violations(page)).toEqual([]);
    await form.getByLabel("Quantity").fill("2");
    await form.getByLabel("Price each").fill("1");
    await form.getByRole("button", { name: "Send counter-offer" }).click();
    await form.getByRole("alert").getByText(/limit/).waitFor();
    expect(await form.getByLabel("Price each").inputValue()).toBe("1");
    await form.getByLabel("Price each").fill("155.50");
    await form.getByLabel("Delivery").selectOption({ label: "Standard delivery" });
    await form.getByLabel("Note for the buyer").fill("two are in stock");
    await form.getByRole("button", { name: "Send counter-offer" }).click();
    await card(page, order.intent).getByText("The buyer has to accept it anew.").waitFor();
    expect(await statusOf(order)).toEqual(["declined", "two are in stock"]);
    const { body } = await order.buyer.page();
    const last = body.events.findLast(({ event }) => event.kind === "reply")?.event;
    expect(last?.kind === "reply" ? last.move.offers[0]?.lines[0] : null).toMatchObject({
      quantity: 2,
      unit_price: 15_550,
    });
    await page.close();
  });

  test("a gap is answered once, published by a manager, and answered from then on", async () => {
    await shop.buyer({ lang: "ko", channel: "chat", kind: "person" }, "매장에 주차할 수 있나요?");
    const page = await shop.console(await desk("manager"), "manager", "/gaps");
    const gap = page.getByRole("listitem").filter({ hasText: "매장에 주차할 수 있나요?" }).first();
    await gap.getByRole("button", { name: "Answer…" }).click();
    await gap.getByLabel("Answer in Korean").fill("네, 두 시간 동안 무료예요.");
    expect(await violations(page)).toEqual([]);
    await gap.getByRole("button", { name: "Save as draft" }).press("Enter");
    await gap.getByRole("heading", { name: "Drafted answer" }).waitFor();
    await expect.poll(() => inFocus(page)).toContain("매장에 주차할 수 있나요?");
    await gap.getByRole("button", { name: "Publish" }).click();
    await gap.getByText("live", { exact: true }).waitFor();
    const asks = await shop.buyer(
      { lang: "ko", channel: "chat", kind: "person" },
      "매장에 주차할 수 있나요?",
    );
    expect((await asks.page()).text).toContain("두 시간 동안 무료");
    await page.close();
  });

  test("what would not help is not published: the gap says what the agent would still answer", async () => {
    await shop.buyer({ lang: "ko", channel: "chat", kind: "person" }, "선물 포장도 되나요?");
    const page = await shop.console(await desk("manager"), "manager", "/gaps", { lang: "ko" });
    const gap = page.getByRole("listitem").filter({ hasText: "선물 포장도 되나요?" }).first();
    await gap.getByRole("button", { name: "답변하기…" }).click();
    await gap.getByLabel("한국어 답변").fill("네, 무료예요.");
    await gap.getByRole("button", { name: "초안 저장" }).click();
    await gap.getByRole("button", { name: "반영하기" }).click();
    await gap.getByRole("alert").getByText("nothing was published").waitFor();
    expect(await violations(page)).toEqual([]);
    await page.close();
  });

  test("limits name what is wrong by line, show what a change would do, and are put in place", async () => {
    const page = await shop.console(await desk("manager"), "manager", "/limits");
    const text = page.getByLabel("Limits", { exact: true }).last();
    await expect.poll(() => text.inputValue()).toContain("conceal_bp: 2500");
    const before = await text.inputValue();
    await text.fill(before.replace("objective: conversion", "objective: everything"));
    await page.getByRole("button", { name: "Try it out" }).click();
    await page.getByRole("button", { name: "Line 4" }).click();
    expect(await violations(page)).toEqual([]);
    expect(await page.getByRole("button", { name: "Make it live" }).isDisabled()).toBe(true);
    const changed = before.replace("conceal_bp: 2500", "conceal_bp: 3000");
    await text.fill(changed);
    await page.getByLabel("Visitors").selectOption("100");
    await page.getByRole("button", { name: "Try it out" }).press("Enter");
    const whole = page.getByRole("region", { name: "100 simulated visitors" });
    const margin = whole.getByRole("row", { name: /^Margin/ }).getByRole("cell");
    await margin.first().waitFor({ timeout: 60_000 });
    const [live, tried, difference] = await margin.allTextContents();
    await expect.poll(() => inFocus(page)).toBe("Try it out");
    for (const amount of [live, tried]) expect(amount).toMatch(/^\$[\d,]+\.\d\d$/);
    expect(difference).toMatch(/the same|interval|to/);
    await page.getByRole("button", { name: "Way of buying" }).click();
    await page.getByRole("rowheader", { name: "asks for a percentage off" }).waitFor();
    expect(await violations(page)).toEqual([]);
    await page.getByRole("button", { name: "Make it live" }).click();
    await page.getByText("The new limits are live.").waitFor();
    await page.reload();
    await expect.poll(() => text.inputValue()).toBe(changed);
    await page.close();
  });

  test("the lab shows what a changed prompt would do to every fixture, what flipped first", async () => {
    const page = await shop.console(await desk("manager"), "manager", "/lab?prompt=word");
    const prompt = page.getByRole("textbox", { name: "Prompt" });
    await expect.poll(() => prompt.inputValue()).toContain("name: word");
    await prompt.fill(`${await prompt.inputValue()}\nSay it in verse.\n`);
    await page.getByRole("button", { name: "Try on every fixture" }).click();
    await page.getByText(/\d+ flipped/).waitFor({ timeout: 60_000 });
    expect(await page.locator(".outcomes > li").count()).toBeGreaterThanOrEqual(2);
    expect(await violations(page)).toEqual([]);
    await page.reload();
    await expect.poll(() => prompt.inputValue()).toContain("Say it in verse.");
    await page.getByRole("button", { name: "Undo changes" }).click();
    expect(await prompt.inputValue()).not.toContain("verse");
    await page.close();
  });

  test("a conversation becomes a test, its personal data taken out", async () => {
    const buyer = await shop.english();
    const page = await shop.console(await desk("agent"), "agent", `/conversation/${buyer.welcome.session}`);
    await page.getByRole("button", { name: "Events", exact: true }).click();
    await page.getByRole("button", { name: "Make a test of this conversation" }).click();
    const dialog = page.getByRole("dialog");
    await expect.poll(() => dialog.getByRole("textbox").first().inputValue()).toContain("turns:");
    expect(await violations(page)).toEqual([]);
    await page.close();
  });
});
