import type { Page } from "playwright-core";
import { afterAll, beforeAll, expect, test } from "vitest";
import type { StaffRole } from "../../src/domain/staff.ts";
import { violations } from "./axe.ts";
import { inBrowser, problemsOf } from "./browser.ts";
import { ConsoleShop, DESK, NAMES } from "./console-shop.ts";

let shop: ConsoleShop;
beforeAll(async () => {
  shop = await ConsoleShop.open({ PARLEY_STAFF_LEASE_SECONDS: "20" });
});
afterAll(() => shop.close());

/** What a person of the vendor's has said in a conversation, in order. */
async function saidIn(buyer: Awaited<ReturnType<ConsoleShop["korean"]>>): Promise<string[]> {
  const { body } = await buyer.page();
  return body.events.flatMap(({ event }) => (event.kind === "said" ? [event.text] : []));
}

const write = (page: Page) => page.getByLabel(/^(Customer|고객에게)$/).last();

inBrowser("taking a conversation over in the console", ({ context, kept }) => {
  const desk = (role: StaffRole) => kept(role, DESK);

  test("one of two has it: the other is told who, and both see what is said", async () => {
    const buyer = await shop.korean("사람이랑 얘기하고 싶어요");
    const address = `/conversation/${buyer.welcome.session}`;
    const [first, second] = await Promise.all([context(DESK), context(DESK)]);
    const mine = await shop.console(first, "agent", "/inbox", { lang: "ko" });
    const theirs = await shop.console(second, "manager", address);
    await mine.locator("tbody a").first().waitFor();
    await mine.locator(`a[href="#${address}"]`).focus();
    await mine.keyboard.press("t");
    await mine.getByText("내 담당").waitFor();
    expect(await violations(mine)).toEqual([]);
    await theirs.getByText(`With ${NAMES.agent}`).waitFor();
    await theirs.getByRole("button", { name: "Take over" }).click();
    await theirs.getByRole("alert").getByText(NAMES.agent).waitFor();
    expect(await violations(theirs)).toEqual([]);

    await buyer.say({ text: "배송지가 두 곳이에요" });
    await mine.getByRole("log").getByText("배송지가 두 곳이에요").waitFor();
    await write(mine).fill("두 곳으로 나누어 보내 드릴게요.");
    await mine.keyboard.press("Enter");
    await theirs.getByRole("log").getByText("두 곳으로 나누어 보내 드릴게요.").waitFor();
    expect(await saidIn(buyer)).toEqual(["두 곳으로 나누어 보내 드릴게요."]);

    await mine.getByRole("button", { name: /돌려주기/ }).click();
    await mine.getByLabel("에이전트와 동료에게 남길 메모").fill("두 곳 배송을 약속했어요.");
    expect(await violations(mine)).toEqual([]);
    await mine.getByRole("dialog").getByRole("button", { name: "돌려주기" }).click();
    await theirs.getByText("두 곳 배송을 약속했어요.").waitFor();
    await theirs.getByRole("log").getByText("The agent answers again.").waitFor();
    expect(problemsOf(mine)).toEqual([]);
    await Promise.all([first.close(), second.close()]);
  });

  test("a lost lease says so and keeps what was typed", async () => {
    const buyer = await shop.english();
    const page = await shop.console(await desk("agent"), "agent", `/conversation/${buyer.welcome.session}`);
    await page.getByRole("button", { name: "Take over" }).click();
    await write(page).fill("We can ship to two addresses.");
    // Another window of the same person's gives it back.
    const other = await shop.console(await desk("agent"), null, `/conversation/${buyer.welcome.session}`);
    await other.getByRole("button", { name: "Hand back" }).waitFor();
    await other.keyboard.press("h");
    await other.getByRole("dialog").waitFor();
    await other.keyboard.press("Enter");
    await other.getByRole("log").getByText("The agent answers again.").waitFor();
    await write(page).press("Enter");
    await page.getByText("You no longer have this conversation.").waitFor();
    expect(await violations(page)).toEqual([]);
    await page.getByRole("button", { name: "Take over" }).click();
    await page.getByText("Yours for").waitFor();
    expect(await write(page).inputValue()).toBe("We can ship to two addresses.");
    await page.getByRole("button", { name: "Send" }).click();
    await expect.poll(() => saidIn(buyer)).toEqual(["We can ship to two addresses."]);
    await Promise.all([page.close(), other.close()]);
  });

  test("goes on after a reload with the lease and the words that were there", async () => {
    const buyer = await shop.english();
    const page = await shop.console(await desk("agent"), "agent", `/conversation/${buyer.welcome.session}`);
    await page.getByRole("button", { name: "Take over" }).click();
    await write(page).fill("One moment");
    await page.reload();
    await page.getByText("Yours for").waitFor();
    expect(await write(page).inputValue()).toBe("One moment");
    await page.getByRole("button", { name: "Close", exact: true }).click();
    await page.getByText("This conversation is closed.").waitFor();
    await page.close();
  });

  test("whoever has the console open, on whatever page, is there for a customer who asks for a person", async () => {
    await shop.korean("사람이랑 얘기하고 싶어요");
    const page = await shop.console(await desk("agent"), "agent", "/gaps");
    await page.getByRole("heading", { level: 1, name: "Gaps" }).waitFor();
    await page.locator(".nav .count").first().waitFor();
    const buyer = await shop.english("I want to talk to a person");
    const { body } = await buyer.page();
    const asked = body.events.find(({ event }) => event.kind === "handoff")?.event;
    expect(asked).toMatchObject({ to: "waiting", why: "asked" });
    await page.close();
  });

  test("a whisper reaches staff and the agent, and never the customer", async () => {
    const buyer = await shop.english();
    const page = await shop.console(await desk("agent"), "agent", `/conversation/${buyer.welcome.session}`);
    await page.getByLabel("Whisper to the agent").last().fill("mention the cable that comes with it");
    await page.keyboard.press("Enter");
    await page.getByRole("log").getByText("mention the cable that comes with it").waitFor();
    const { text } = await buyer.page();
    expect(text).not.toContain("mention the cable");
    await page.close();
  });

  test("shows a draft beside what was typed, and takes it over only when told to", async () => {
    const buyer = await shop.english();
    const page = await shop.console(await desk("agent"), "agent", `/conversation/${buyer.welcome.session}`);
    await page.getByRole("button", { name: "Take over" }).click();
    await write(page).fill("mine");
    await buyer.say({ text: "what is the warranty on the dock?" });
    await page.getByRole("button", { name: "Draft by the agent" }).click();
    await page.getByRole("button", { name: "Use this" }).waitFor();
    expect(await violations(page)).toEqual([]);
    expect(await write(page).inputValue()).toBe("mine");
    await page.getByRole("button", { name: "Use this" }).click();
    expect(await write(page).inputValue()).toMatch(/12|warranty/i);
    await page.close();
  });

  test("one Enter sends one Korean message once, in the middle of its last syllable", async () => {
    const buyer = await shop.korean();
    const browser = await context(DESK);
    const page = await shop.console(browser, "agent", `/conversation/${buyer.welcome.session}`, {
      lang: "ko",
    });
    await page.getByRole("button", { name: /넘겨받기/ }).click();
    await page.getByText("내 담당").waitFor();
    await write(page).focus();
    const input = await browser.newCDPSession(page);
    const key = { key: "Enter", code: "Enter", windowsVirtualKeyCode: 229 };
    for (const words of ["안녕하세요", "네, 가능해요"]) {
      await input.send("Input.insertText", { text: words.slice(0, -1) });
      await input.send("Input.imeSetComposition", {
        text: words.slice(-1),
        selectionStart: 1,
        selectionEnd: 1,
      });
      await input.send("Input.dispatchKeyEvent", { type: "rawKeyDown", ...key });
      await input.send("Input.insertText", { text: words.slice(-1) });
      await input.send("Input.dispatchKeyEvent", { type: "keyUp", ...key });
      await page.getByRole("log").getByText(words, { exact: true }).waitFor();
      expect(await write(page).inputValue()).toBe("");
    }
    expect(await saidIn(buyer)).toEqual(["안녕하세요", "네, 가능해요"]);
    await browser.close();
  });
});
