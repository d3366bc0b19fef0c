import type { BrowserContext, Page } from "playwright-core";
import { type ConsoleShop, DESK } from "../test/web/console-shop.ts";

/** A state that somebody may meet, by a name for the table, and the page as it then is. */
export interface Met {
  readonly name: string;
  readonly page: Page;
  /** The element that is another than in the state before; the whole page when absent. */
  readonly within?: string;
}

type Lang = "en" | "ko";
type Open = (options?: object) => Promise<BrowserContext>;

/** Every page of the console in each of its states. Whoever looks at one asks for the next when done with it. */
export async function* consoleStates(shop: ConsoleShop, open: Open, lang: Lang): AsyncGenerator<Met> {
  yield* signingIn(shop, await open(DESK), lang);
  yield* inbox(shop, await open(DESK), lang);
  yield* conversation(shop, await open(DESK), lang);
  yield* approvals(shop, await open(DESK), lang);
  yield* gaps(shop, await open(DESK), lang);
  yield* alone(async function* () {
    yield* limits(shop, await open(DESK), lang);
    yield* lab(shop, await open(DESK), lang);
  });
  yield* elsewhere(shop, await open({ viewport: { width: 400, height: 860 } }), lang);
}

let turn: Promise<void> = Promise.resolve();

/** A gateway tries limits, or plays the lab, one at a time: whoever else would is refused. */
async function* alone(states: () => AsyncGenerator<Met>): AsyncGenerator<Met> {
  const before = turn;
  const mine = Promise.withResolvers<void>();
  turn = mine.promise;
  await before;
  try {
    yield* states();
  } finally {
    mine.resolve();
  }
}

/** Themes follow the browser, so that they can be changed under a page as it is. */
const look = (lang: Lang) => ({ lang, theme: "system" });

async function* signingIn(shop: ConsoleShop, context: BrowserContext, lang: Lang): AsyncGenerator<Met> {
  const page = await shop.console(context, null, "/inbox", look(lang));
  await page.locator("input[type=password]").fill("staff_wrong");
  yield { name: "sign-in", page };
  await page.keyboard.press("Enter");
  await page.locator(".refusal").waitFor();
  yield { name: "sign-in refused", page };
  await context.close();
}

async function* inbox(shop: ConsoleShop, context: BrowserContext, lang: Lang): AsyncGenerator<Met> {
  const page = await shop.console(context, "manager", "/inbox", look(lang));
  await page.locator("tbody tr").nth(1).waitFor();
  yield { name: "inbox", page };
  await page.keyboard.press("j");
  yield { name: "inbox, a row in focus", page };
  await page.keyboard.press("?");
  await page.locator("dialog").waitFor();
  yield { name: "keyboard", page };
  await page.keyboard.press("Escape");
  await page.locator("input[type=search]").fill("nobody says this");
  await page.locator(".empty").waitFor();
  yield { name: "inbox, nothing found", page };
  await context.close();
}

async function* conversation(shop: ConsoleShop, context: BrowserContext, lang: Lang): AsyncGenerator<Met> {
  const buyer = await shop[lang === "ko" ? "korean" : "english"]();
  const page = await shop.console(context, "agent", `/conversation/${buyer.welcome.session}`, look(lang));
  await page.locator(".said-agent").nth(1).waitFor();
  yield { name: "conversation", page };
  for (const [nth, view] of [
    [1, "facts"],
    [2, "events"],
  ] as const) {
    await page.locator(".staff .tabs button").nth(nth).click();
    yield { name: `conversation, ${view}`, page };
  }
  await page.locator("textarea").fill("whispered");
  await page.locator(".composer button[type=submit]").click();
  await page.locator(".said-whisper").waitFor();
  yield { name: "conversation, a whisper", page };
  await page.keyboard.press("Escape");
  await page.locator(".talk-head .primary").click();
  await page.locator(".lease").waitFor();
  yield { name: "conversation taken over", page };
  await page.locator(".composer .quiet").click();
  await page.locator(".suggestion, .composer .refusal").waitFor();
  yield { name: "conversation, a draft", page };
  const other = await shop.console(context, null, `/conversation/${buyer.welcome.session}`, look(lang));
  await other.locator(".lease").waitFor();
  await other.locator(".talk-head .primary").click();
  await other.locator("dialog .primary").waitFor();
  yield { name: "conversation, handing back", page: other };
  await other.locator("dialog .primary").click();
  await other.locator(".lease").waitFor({ state: "detached" });
  await page.locator("textarea").fill("too late");
  await page.keyboard.press("Enter");
  await page.locator(".refusal").first().waitFor();
  yield { name: "conversation, the lease lost", page };
  await buyer.say({ act: { act: "leave" } });
  await page.locator(".badge-closed").waitFor();
  yield { name: "conversation closed", page };
  await context.close();
}

async function* approvals(shop: ConsoleShop, context: BrowserContext, lang: Lang): AsyncGenerator<Met> {
  const [first, second] = [await shop.pending(), await shop.pending(3)];
  const card = (intent: string) => page.locator(`[data-intent="${intent}"]`);
  const page = await shop.console(context, "manager", "/approvals", look(lang));
  await card(first.intent).waitFor();
  yield { name: "approvals", page };
  await card(first.intent).locator("input[type=checkbox]").check();
  yield { name: "approvals, one chosen", page };
  await card(first.intent).locator(".buttons button").nth(1).click();
  await card(first.intent).locator("form .field, form .refusal").first().waitFor();
  yield { name: "approvals, edited", page };
  await card(second.intent).locator(".buttons button").nth(2).click();
  await page.locator("dialog textarea").fill("sold out");
  yield { name: "approvals, a reason", page };
  await page.locator("dialog .danger").click();
  await card(second.intent).locator(".done").waitFor();
  yield { name: "approvals, decided", page };
  await context.close();
}

async function* gaps(shop: ConsoleShop, context: BrowserContext, lang: Lang): AsyncGenerator<Met> {
  const page = await shop.console(context, "manager", `/gaps?lang=${lang}`, look(lang));
  await page.locator(".card .primary").first().waitFor();
  yield { name: "gaps", page };
  await page.locator(".card .buttons button").first().click();
  yield { name: "gaps, an answer", page };
  await page
    .locator(`.card textarea[lang=${lang}]`)
    .first()
    .fill(lang === "ko" ? "네, 그럼요." : "Yes.");
  await page.locator(".card form .primary").click();
  await page.locator(".draft").first().waitFor();
  yield { name: "gaps, a draft", page };
  await page.locator(".card:has(.draft) .primary").first().click();
  await page.locator(".card .refusal, .badge-gap-live").first().waitFor();
  yield { name: "gaps, published or refused", page };
  await page.goto(`${shop.gateway.url}/console#/insights`);
  await page.locator(".chart").first().waitFor();
  await page.locator("details summary").first().click();
  yield { name: "insights", page };
  await context.close();
}

async function* limits(shop: ConsoleShop, context: BrowserContext, lang: Lang): AsyncGenerator<Met> {
  const page = await shop.console(context, "manager", "/limits", look(lang));
  const text = page.locator(".editor textarea");
  await page.locator(".gutter li").nth(20).waitFor({ state: "attached" });
  yield { name: "limits", page };
  const live = await text.inputValue();
  await text.fill(live.replace(/objective: \w+/, "objective: everything"));
  await page.locator("section .primary").click();
  await page.locator(".problems li").first().waitFor();
  yield { name: "limits, problems", page };
  await text.fill(`${live}\n# another line\n`);
  await page.locator("section .buttons select").last().selectOption("100");
  await page.locator("section .primary").click();
  await page.locator(".compared").first().waitFor({ timeout: 60_000 });
  await page.locator(".whole summary").click();
  yield { name: "limits, tried", page };
  await context.close();
}

async function* lab(shop: ConsoleShop, context: BrowserContext, lang: Lang): AsyncGenerator<Met> {
  const page = await shop.console(context, "manager", "/lab", look(lang));
  await page.locator(".fixtures button").first().click();
  yield { name: "lab", page };
  await page.locator("section .primary").click();
  await page.locator(".outcomes > li").first().waitFor({ timeout: 60_000 });
  await page.locator(".outcomes summary").first().click();
  yield { name: "lab, played", page };
  await context.close();
}

async function* elsewhere(shop: ConsoleShop, phone: BrowserContext, lang: Lang): AsyncGenerator<Met> {
  const buyer = await shop.korean();
  const page = await shop.console(phone, "viewer", "/inbox", look(lang));
  await page.locator(".row").first().waitFor();
  yield { name: "inbox on a phone", page };
  await page.goto(`${shop.gateway.url}/console#/conversation/${buyer.welcome.session}`);
  await page.locator(".said-agent").first().waitFor();
  yield { name: "conversation on a phone, watched only", page };
  await page.goto(`${shop.gateway.url}/console#/limits`);
  await page.locator(".empty").waitFor();
  yield { name: "a page for another role", page };
  await page.goto(`${shop.gateway.url}/console#/nowhere`);
  await page.locator(".empty a").waitFor();
  yield { name: "no such page", page };
  await phone.close();
}
