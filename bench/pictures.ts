import { resolve } from "node:path";
import type { Page } from "playwright-core";
import { launch } from "../test/web/chromium.ts";
import { ConsoleShop, DESK } from "../test/web/console-shop.ts";

const FOLDER = resolve(import.meta.dirname, "../docs/pictures");
/** The same letters wherever they are taken: Debian's fonts-noto-cjk. */
const FONT = `html { font-family: "Noto Sans CJK KR", sans-serif; }`;
const LAMPS = { act: "propose", lines: [{ item: { sku: "LP-RC-WHT" }, quantity: 4, unit_price: 6_000 }] };

/** Takes the console's pictures of the documentation anew: `npx node bench/pictures.ts`. They are looked at before they are kept. */
async function run(): Promise<void> {
  const [shop, browser] = await Promise.all([ConsoleShop.open(), launch()]);
  try {
    const waiting = await stocked(shop);
    const context = await browser.newContext({ ...DESK, bypassCSP: true });
    const take = (page: Page, name: string) => page.screenshot({ path: `${FOLDER}/console-${name}.png` });
    const page = await shop.console(context, "manager");
    await page.addStyleTag({ content: FONT });
    await page.locator("tbody tr").nth(6).waitFor();
    await page.getByText("Live", { exact: true }).waitFor();
    await take(page, "inbox");
    await conversation(page, waiting);
    await take(page, "conversation");
    await limits(page);
    await take(page, "limits");
  } finally {
    await browser.close();
    await shop.close();
  }
}

/** Conversations in every state; gives the one that waits for a person. */
async function stocked(shop: ConsoleShop): Promise<string> {
  const person = { kind: "person", channel: "chat" };
  await shop.buyer({ ...person, lang: "en" }, "do you sell espresso machines?", "bye");
  await shop.buyer({ ...person, lang: "en" }, "four of the Orrin docks, please", "how long is the warranty?");
  await shop.buyer({ currency: "USD" }, LAMPS);
  await shop.buyer({ ...person, lang: "ko" }, "원두 추천해 주세요");
  await shop.pending(3);
  await shop.pending(2);
  const { welcome } = await shop.korean("사람이랑 얘기하고 싶어요");
  return welcome.session;
}

async function conversation(page: Page, session: string): Promise<void> {
  await page.evaluate(`location.hash = "/conversation/${session}"`);
  await page.getByRole("button", { name: "Take over" }).click();
  const write = page.getByLabel("Customer").last();
  await write.fill("네, 두 곳으로 나누어 보내 드릴게요.");
  await write.press("Enter");
  await page.locator(".said-operator").waitFor();
  await write.fill("두 번째 주소를 알려 주시겠어요?");
  // What was done is said for a moment, above the page.
  await page.locator(".notice:empty").waitFor({ state: "attached" });
}

/** Twice as much kept back above the floor, tried. */
async function limits(page: Page): Promise<void> {
  await page.evaluate(`location.hash = "/limits"`);
  const text = page.locator(".editor textarea");
  await page.locator(".gutter li").nth(20).waitFor({ state: "attached" });
  const live = await text.inputValue();
  await text.fill(live.replace("conceal_bp: 2500", "conceal_bp: 5000"));
  await page.getByRole("button", { name: "Try it out" }).click();
  await page.locator(".compared").first().waitFor({ timeout: 120_000 });
  await text.evaluate((box) => box.scrollTo(0, 0));
  await page.mouse.click(700, 20);
}

await run();
