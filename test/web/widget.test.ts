import { createServer, type Server } from "node:http";
import type { AddressInfo } from "node:net";
import { afterAll, beforeAll, expect, test } from "vitest";
import { type RunningGateway, startGateway } from "../harness.ts";
import { violations } from "./axe.ts";
import { inBrowser, problemsOf } from "./browser.ts";
import { chatOn } from "./chat-page.ts";

let gateway: RunningGateway;
let foreign: Server;
let elsewhere: string;
beforeAll(async () => {
  gateway = await startGateway();
  foreign = createServer((_, answer) => answer.setHeader("content-type", "text/html").end(page()));
  await new Promise<void>((done) => foreign.listen(0, "127.0.0.1", done));
  elsewhere = `http://127.0.0.1:${(foreign.address() as AddressInfo).port}`;
  const told = await (await fetch(`${gateway.url}/widget/version.json`)).json();
  const page = () => `<!doctype html><html lang="ko"><title>Host</title>
    <script type="module" src="${gateway.url}${told.script}" integrity="${told.integrity}" crossorigin></script>
    <parley-chat src="${gateway.ws}" open></parley-chat>`;
});
afterAll(async () => {
  foreign.close();
  await gateway.stop();
  gateway.remove();
});

const WORDS = {
  en: {
    find: "show me laptops",
    offer: "make me an offer for 2 of the first one",
    person: "I want to talk to a person",
  },
  ko: { find: "노트북 보여 주세요", offer: "첫 번째 거 2개 견적 주세요", person: "상담원 연결해 주세요" },
} as const;
const FILLED = {
  en: {
    name: "Dana Whitfield",
    street: "480 Townsend Street",
    city: "San Francisco",
    region: "CA",
    postal_code: "94107",
  },
  ko: {
    name: "윤서진",
    street: "세종대로 110",
    city: "서울특별시 중구",
    region: "서울",
    postal_code: "04524",
  },
} as const;

inBrowser("the chat element", ({ page, context }) => {
  test.each(["en", "ko"] as const)(
    "sells by offer, address and read-back, and the page hears of the order (%s)",
    async (lang) => {
      const shop = await page({ colorScheme: lang === "ko" ? "dark" : "light" });
      const { open, say, chat, dialog } = chatOn(shop);
      const seen = async (state: string) =>
        expect([state, ...(await violations(shop, "all", "parley-chat"))]).toEqual([state]);
      await open(gateway.url, lang);
      await shop.evaluate(() => {
        document.addEventListener("parley-intent", (event) => {
          document.title = (event as CustomEvent).detail.intent.id;
        });
      });
      await seen("open");
      await say(WORDS[lang].find);
      await chat.locator(".product").first().waitFor();
      await seen("products");
      await say(WORDS[lang].offer);
      await chat.locator(".offer.live").waitFor();
      await seen("offer");
      await chat.locator(".offer.live button").nth(1).click();
      await seen("counter");
      await dialog.locator("button.main").click();
      await expect.poll(() => dialog.locator(".error:visible").count()).toBe(1);
      await shop.keyboard.press("Escape");
      await chat.locator(".offer.live .main").click();
      await dialog.locator("button.main").click();
      // The first field that lacks something is named and has the focus.
      await expect.poll(() => dialog.locator("input[name=name]:focus").count()).toBe(1);
      await seen("address");
      const filled = { ...FILLED[lang], payer: FILLED[lang].name, email: "me@example.com" };
      for (const [name, value] of Object.entries(filled))
        await dialog.locator(`input[name=${name}]`).fill(value);
      await dialog.locator("button.main").click();
      await dialog.getByText(/^of_/).waitFor();
      await seen("read-back");
      await dialog.locator("button.main").click();
      await expect.poll(() => shop.title()).toMatch(/^int_/);
      expect(await shop.locator(".orders").textContent()).toContain(await shop.title());
      await say(WORDS[lang].person);
      await chat.locator(".notice").waitFor();
      await seen("handoff");
      expect(problemsOf(shop)).toEqual([]);
    },
  );

  test("shows what is written offline as waiting, keeps it over a reload, and sends it once", async () => {
    const visitor = await context();
    const shop = await visitor.newPage();
    const { open, say, unsent } = chatOn(shop);
    await open(gateway.url, "en");
    await shop.route("**/v1/**", (route) => route.abort());
    await shop.routeWebSocket("**/v1/ws", (socket) => socket.close());
    await shop.reload();
    await shop.locator("parley-chat button.launcher").click();
    await say("hello there");
    await expect.poll(() => unsent.count()).toBe(1);
    await shop.close();
    const later = await visitor.newPage();
    const again = chatOn(later);
    // It goes out though the chat is not even opened.
    await later.goto(`${gateway.url}/?lang=en`);
    await later.locator("parley-chat button.launcher").click();
    await expect.poll(() => again.mine.allTextContents()).toEqual(["hello there"]);
    await expect.poll(() => again.unsent.count()).toBe(0);
    await expect.poll(() => again.replies.count()).toBe(1);
  });

  test("shares one conversation with another tab, live", async () => {
    const visitor = await context();
    const tabs = [chatOn(await visitor.newPage()), chatOn(await visitor.newPage())] as const;
    for (const tab of tabs) await tab.open(gateway.url, "en");
    await tabs[0].say("show me desk lamps");
    await expect.poll(() => tabs[1].mine.allTextContents()).toEqual(["show me desk lamps"]);
    await expect.poll(() => tabs[1].replies.count()).toBe(1);
    const thumb = (tab: (typeof tabs)[number]) => tab.chat.getByRole("button", { name: "Not helpful" });
    await thumb(tabs[0]).click();
    await expect.poll(() => thumb(tabs[1]).getAttribute("aria-pressed")).toBe("true");
  });

  test("shows what was said here, also when another tab hears of it first", async () => {
    const visitor = await context();
    const [here, there] = [await visitor.newPage(), await visitor.newPage()];
    const heard = Promise.withResolvers<void>();
    await here.routeWebSocket("**/v1/ws", (socket) => {
      let before = Promise.resolve();
      socket.connectToServer().onMessage((message) => {
        const held = String(message).includes('"type":"ack"') ? heard.promise : undefined;
        before = before.then(() => held).then(() => socket.send(message));
      });
    });
    const tabs = [chatOn(here), chatOn(there)] as const;
    for (const tab of tabs) await tab.open(gateway.url, "en");
    await tabs[0].say("show me desk lamps");
    await expect.poll(() => tabs[1].replies.count()).toBe(1);
    await expect.poll(() => tabs[0].unsent.count()).toBe(0);
    heard.resolve();
    await expect.poll(() => tabs[0].replies.count()).toBe(1);
    expect(await tabs[0].mine.allTextContents()).toEqual(["show me desk lamps"]);
  });

  test("keeps hostile text text, in whatever it stands", async () => {
    const shop = await page();
    const { open, say, mine, chat } = chatOn(shop);
    await open(gateway.url, "en");
    const hostile = [
      "<img src=x onerror=alert(1)><script>alert(2)</script>",
      "\u202Egnp.exe \u2066harmless\u2069",
      "W".repeat(3_000),
      "{{constructor.constructor('alert(3)')()}} javascript:alert(4)",
    ];
    shop.on("dialog", () => expect.fail("a script ran"));
    for (const text of hostile) await say(text);
    await expect.poll(() => mine.allTextContents()).toEqual(hostile);
    expect(await chat.locator(".log img, .log script, .log a").count()).toBe(0);
    const wide = await chat.locator(".log").evaluate((log) => log.scrollWidth > log.clientWidth);
    expect([wide, ...problemsOf(shop)]).toEqual([false]);
  });

  test("says in its own language that a page of a foreign origin may not use it", async () => {
    const shop = await page();
    await shop.goto(elsewhere);
    await expect.poll(() => shop.locator("parley-chat .end").textContent()).toContain("쓸 수 없어요");
  });

  test("sends Korean whole with one Enter in the middle of a syllable, in either order of events", async () => {
    const shop = await page();
    const { open, mine, input } = chatOn(shop);
    await open(gateway.url, "ko");
    const keys = await shop.context().newCDPSession(shop);
    const enter = { key: "Enter", code: "Enter", windowsVirtualKeyCode: 229 };
    for (const enterFirst of [true, false]) {
      await keys.send("Input.insertText", { text: "안녕하세" });
      await keys.send("Input.imeSetComposition", { text: "요", selectionStart: 1, selectionEnd: 1 });
      if (enterFirst) await keys.send("Input.dispatchKeyEvent", { type: "rawKeyDown", ...enter });
      await keys.send("Input.insertText", { text: "요" });
      if (!enterFirst) await keys.send("Input.dispatchKeyEvent", { type: "rawKeyDown", ...enter });
      await keys.send("Input.dispatchKeyEvent", { type: "keyUp", ...enter });
    }
    await expect.poll(() => mine.allTextContents()).toEqual(["안녕하세요", "안녕하세요"]);
    expect(await input.inputValue()).toBe("");
  });

  test("deletes the conversation, shows the receipt, and begins another", async () => {
    const shop = await page();
    const { open, say, replies, chat, dialog, mine } = chatOn(shop);
    await open(gateway.url, "en");
    await say("my name is Dana");
    await expect.poll(() => replies.count()).toBe(1);
    await chat.locator("summary").click();
    await chat.getByText("Delete my data").click();
    await dialog.locator("button.main").click();
    await expect.poll(() => chat.locator(".end").textContent()).toMatch(/Receipt: \w+/);
    expect(await mine.count()).toBe(0);
    await chat.locator(".end button").click();
    await say("hello");
    await expect.poll(() => mine.allTextContents()).toEqual(["hello"]);
    await expect.poll(() => replies.count()).toBe(1);
  });

  test("is used by keyboard alone: opened, written in, left, and the focus is where it was", async () => {
    const shop = await page();
    await shop.goto(`${gateway.url}/?lang=en`);
    const launcher = shop.locator("parley-chat button.launcher");
    await launcher.focus();
    await shop.keyboard.press("Enter");
    await shop.locator("parley-chat .quick button").first().waitFor();
    await shop.keyboard.type("hello");
    await shop.keyboard.press("Enter");
    await expect.poll(() => shop.locator("parley-chat .reply .text").count()).toBe(1);
    // A page's own styles reach it by its parts.
    expect(await launcher.getAttribute("part")).toBe("launcher");
    // What is announced is whole sentences.
    const told = shop.locator("parley-chat .unseen");
    await expect.poll(() => told.textContent()).toContain("Tell me what you need");
    for (const line of await told.locator("p").allTextContents()) expect(line).toMatch(/[.!?:]$/);
    await shop.keyboard.press("Escape");
    await expect
      .poll(() => launcher.evaluate((one) => (one.getRootNode() as ShadowRoot).activeElement === one))
      .toBe(true);
  });
});
