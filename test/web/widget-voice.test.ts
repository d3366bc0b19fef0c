import type { Page } from "playwright-core";
import { afterAll, beforeAll, expect, test } from "vitest";
import { type RunningGateway, startGateway } from "../harness.ts";
import { inBrowser } from "./browser.ts";
import { chatOn } from "./chat-page.ts";

let gateway: RunningGateway;
beforeAll(async () => {
  gateway = await startGateway();
});
afterAll(async () => {
  await gateway.stop();
  gateway.remove();
});

/** What a page sees of the Web Speech API, played by the test: Chromium without a sound card has neither ears nor voices. */
interface Played {
  readonly heard: { lang: string; running: boolean }[];
  readonly spoken: string[];
  readonly cancelled: () => number;
  hear(...parts: string[]): void;
  fail(error: string): void;
  end(): void;
  reach(at: number): void;
}

function play(): void {
  const heard: Recognition[] = [];
  const spoken: string[] = [];
  let queue: Utterance[] = [];
  let cancelled = 0;
  type Handler = ((event: object) => void) | null;
  class Recognition {
    lang = "";
    interimResults = false;
    running = false;
    onresult: Handler = null;
    onerror: Handler = null;
    onend: Handler = null;
    start() {
      if (this.running) throw new DOMException("recognition has already started", "InvalidStateError");
      this.running = true;
      heard.push(this);
    }
    stop() {
      if (this.running) queueMicrotask(() => this.end());
    }
    end() {
      this.running = false;
      this.onend?.({});
    }
  }
  class Utterance {
    lang = "";
    onstart: Handler = null;
    onboundary: Handler = null;
    onend: Handler = null;
    onerror: Handler = null;
    readonly text: string;
    constructor(text: string) {
      this.text = text;
    }
  }
  const speechSynthesis = {
    speak: (utterance: Utterance) => {
      queue.push(utterance);
      spoken.push(`${utterance.lang}: ${utterance.text}`);
      if (queue.length === 1) queueMicrotask(() => utterance.onstart?.({}));
    },
    cancel: () => {
      cancelled += 1;
      for (const utterance of queue.splice(0)) utterance.onerror?.({ error: "interrupted" });
    },
  };
  const define = (name: string, value: unknown) => Object.defineProperty(window, name, { value });
  define("SpeechRecognition", Recognition);
  define("SpeechSynthesisUtterance", Utterance);
  define("speechSynthesis", speechSynthesis);
  define("played", {
    ...{ heard, spoken, cancelled: () => cancelled },
    hear: (...parts: string[]) => {
      const results = parts.map((transcript) => [{ transcript, confidence: 0.9 }]);
      heard.at(-1)?.onresult?.({ resultIndex: parts.length - 1, results });
    },
    fail: (error: string) => {
      heard.at(-1)?.onerror?.({ error });
      heard.at(-1)?.end();
    },
    end: () => heard.at(-1)?.end(),
    reach: (charIndex: number) => queue[0]?.onboundary?.({ charIndex, name: "word" }),
  });
  queue = [];
}

/** The shop with its chat open, and what is said and heard there. */
async function opened(shop: Page, lang: "en" | "ko") {
  await shop.addInitScript(play);
  const chat = chatOn(shop);
  await chat.open(gateway.url, lang);
  const played = <T>(does: (played: Played) => T) =>
    shop.evaluate<T>(`(${does})(window.played)`) as Promise<Awaited<T>>;
  return { ...chat, played, talk: chat.chat.locator(".microphone"), line: chat.chat.locator(".line") };
}

inBrowser("a chat that is spoken with", ({ page }) => {
  test("writes down what is said as it is said, in the reader's language, and sends it whole and once", async () => {
    const { talk, played, input, mine, replies } = await opened(await page(), "ko");
    await input.fill("쓰다 만 말");
    await talk.click();
    expect(await talk.getAttribute("aria-pressed")).toBe("true");
    expect(await played(({ heard }) => heard.map(({ lang }) => lang))).toEqual(["ko-KR"]);
    await played(({ hear }) => hear("노트북"));
    expect(await input.inputValue()).toBe("노트북");
    await played(({ hear }) => hear("노트북 ", "보여 주세요"));
    expect(await mine.count()).toBe(0);
    await played(({ end }) => end());
    await expect.poll(() => mine.allTextContents()).toEqual(["노트북 보여 주세요"]);
    await expect.poll(() => replies.count()).toBe(1);
    expect([await talk.getAttribute("aria-pressed"), await input.inputValue()]).toEqual([
      "false",
      "쓰다 만 말",
    ]);
  });

  test("says why it did not hear, sends nothing then, and listens again", async () => {
    const { talk, played, mine, line } = await opened(await page(), "en");
    await talk.click();
    await played(({ fail }) => fail("not-allowed"));
    await expect.poll(() => line.textContent()).toBe("The microphone cannot be used.");
    await talk.click();
    await played(({ fail }) => fail("no-speech"));
    await expect.poll(() => line.textContent()).toBe("Nothing was heard.");
    await talk.click();
    await talk.click();
    await expect.poll(() => talk.getAttribute("aria-pressed")).toBe("false");
    expect([await mine.count(), await played(({ heard }) => heard.length)]).toEqual([0, 3]);
  });

  test("reads replies aloud until somebody speaks, and tells how much was heard", async () => {
    const shop = await page();
    const { talk, played, say, replies, chat } = await opened(shop, "en");
    await shop.evaluate(() => {
      document.addEventListener("parley-event", (event) => {
        const { event: told } = (event as CustomEvent).detail;
        if (told.kind === "interrupted") document.title = `heard ${told.heard}`;
      });
    });
    await say("hello");
    await expect.poll(() => replies.count()).toBe(1);
    expect(await played(({ spoken }) => spoken)).toEqual([]);
    await chat.locator("summary").click();
    await chat.getByText("Read replies aloud").click();
    await say("what is your return policy?");
    await expect.poll(() => played(({ spoken }) => spoken.length)).toBe(1);
    expect(await played(({ spoken }) => spoken[0])).toMatch(/^en-US: \w/);
    await played(({ reach }) => reach(7));
    const before = await played(({ cancelled }) => cancelled());
    await talk.click();
    expect(await played(({ cancelled }) => cancelled())).toBe(before + 1);
    await expect.poll(() => shop.title()).toBe("heard 7");
  });
});
