import { randomInt } from "node:crypto";
import { createServer } from "node:http";
import type { AddressInfo } from "node:net";
import type { BrowserContext, Page } from "playwright-core";
import { makePages } from "../src/app/page-assets.ts";
import { chatOn, launch, saidIn, until } from "./browser.ts";
import { type Served, startGateway, temporary } from "./gateway.ts";
import { type CutProxy, cutProxy } from "./reload-proxy.ts";
import { rounded, seeded } from "./statistics.ts";

const TIMES = 200;
const MOST_SECONDS = 158;
const SETTLE_MS = 12_000;

/** What befalls a conversation, and how often of a hundred. */
const DISTURBANCES = { reload: 40, cut: 45, tab: 12, restart: 3 } as const;
type Disturbance = keyof typeof DISTURBANCES;

/**
 * Somebody writes in a real browser while pages are reloaded, the network is cut, tabs are changed, closed and opened, and the gateway
 * is killed and started again, all at random moments and often before what was just written arrived. At the end the
 * gateway's log, read by a client of its own, is held against what was typed, tab by tab, and each tab's page against
 * the log. Arguments: how many disturbances, and the seed of all choices.
 */
export async function run(args: string[]): Promise<object> {
  const [times = TIMES, seed = randomInt(2 ** 31)] = args.map(Number);
  process.stdout.write(`seed ${seed}\n`);
  const scene = await setUp(seed);
  const began = performance.now();
  const counts: Record<Disturbance, number> = { reload: 0, cut: 0, tab: 0, restart: 0 };
  try {
    await scene.openTab();
    for (let n = 0; n < times && performance.now() - began < MOST_SECONDS * 1_000; n++) {
      await scene.write();
      const what = scene.choose();
      counts[what] += 1;
      await scene.disturb(what);
      if (scene.random() < 0.5) await scene.write();
    }
    const verdict = await scene.judge();
    const done = Object.values(counts).reduce((a, b) => a + b, 0);
    const failures = Object.entries(verdict).flatMap(([name, n]) =>
      name !== "messages" && n > 0 ? [`${n} ${name}`] : [],
    );
    if (done < times) failures.push(`only ${done} of ${times} disturbances within ${MOST_SECONDS} s`);
    return {
      disturbances: done,
      ...counts,
      ...verdict,
      seed,
      seconds: rounded((performance.now() - began) / 1_000),
      failures,
    };
  } finally {
    await scene.end();
  }
}

interface Tab {
  readonly page: Page;
  readonly typed: string[];
}

async function setUp(seed: number) {
  const random = seeded(seed);
  const home = temporary();
  const proxy = await cutProxy();
  const host = await bareHost(proxy);
  const start = async () => {
    const served = await startGateway({ PARLEY_HOME: home.path, PARLEY_ORIGINS: host.url });
    proxy.to(Number(new URL(served.ws).port));
    return served;
  };
  const world = { gateway: await start(), tabs: [] as Tab[], at: 0, closed: [] as string[][] };
  const browser = await launch();
  const context = await browser.newContext();
  const current = () => world.tabs[world.at % world.tabs.length] as Tab;
  let written = 0;
  return {
    random,
    choose: () => chosen(random()),
    openTab: async () => {
      world.tabs.push(await opened(context, host.url));
      world.at = world.tabs.length - 1;
    },
    write: async () => {
      const { page, typed } = current();
      for (let n = random() < 0.4 ? 2 : 1; n > 0; n--) {
        const text = `What lamps do you have? ${++written}`;
        typed.push(text);
        await chatOn(page).say(text);
      }
    },
    disturb: async (what: Disturbance) => {
      await pause(random() * 60);
      if (what === "reload") await loaded(current().page, host.url);
      else if (what === "cut") await cut(proxy, random);
      else if (what === "tab") await otherTab(world, context, host.url, random);
      else world.gateway = await restarted(world.gateway, proxy, start);
    },
    judge: () => judged(world, `ws://127.0.0.1:${proxy.port}/v1/ws`),
    end: async () => {
      await browser.close();
      await world.gateway.stop();
      proxy.close();
      host.close();
      home.remove();
    },
  };
}

function chosen(at: number): Disturbance {
  let left = at * 100;
  for (const [name, share] of Object.entries(DISTURBANCES)) {
    left -= share;
    if (left < 0) return name as Disturbance;
  }
  return "reload";
}

async function opened(context: BrowserContext, url: string): Promise<Tab> {
  const page = await context.newPage();
  await loaded(page, url);
  return { page, typed: [] };
}

async function loaded(page: Page, url: string): Promise<void> {
  // A page that came while the network was cut lacks its script: whoever sees that loads it again.
  const came = async () => {
    await page.goto(url, { waitUntil: "commit" });
    await page.locator("parley-chat textarea").waitFor({ timeout: 2_000 });
  };
  while (
    await came().then(
      () => false,
      () => true,
    )
  )
    await pause(100);
}

/** A site with nothing on it but the chat of a gateway behind the proxy. */
async function bareHost({ port }: CutProxy): Promise<{ readonly url: string; close(): void }> {
  const { widget } = await makePages();
  const server = createServer((_, answer) => {
    answer.setHeader("content-type", "text/html");
    answer.end(`<!doctype html><script type="module" crossorigin src="http://127.0.0.1:${port}${widget.path}"></script>
      <parley-chat src="ws://127.0.0.1:${port}/v1/ws" lang="en" open></parley-chat>`);
  });
  await new Promise<void>((done) => server.listen(0, "127.0.0.1", done));
  const { port: own } = server.address() as AddressInfo;
  return { url: `http://127.0.0.1:${own}`, close: () => server.close() };
}

async function cut(proxy: CutProxy, random: () => number): Promise<void> {
  proxy.cut();
  const ms = random() * 300;
  // What is written meanwhile waits.
  setTimeout(() => proxy.mend(), ms);
  if (random() < 0.5) await pause(ms);
}

async function restarted(gateway: Served, proxy: CutProxy, start: () => Promise<Served>): Promise<Served> {
  proxy.cut();
  await gateway.kill();
  const next = await start();
  proxy.mend();
  return next;
}

/** Another tab comes to the front, a third one is opened, or this one is closed with whatever it has not sent. */
async function otherTab(
  world: { tabs: Tab[]; at: number; closed: string[][] },
  context: BrowserContext,
  url: string,
  random: () => number,
): Promise<void> {
  if (world.tabs.length < 3) {
    world.tabs.push(await opened(context, url));
    world.at = world.tabs.length - 1;
  } else if (random() < 0.4) {
    const [gone] = world.tabs.splice(world.at % world.tabs.length, 1);
    world.closed.push(gone?.typed ?? []);
    await gone?.page.close();
  } else world.at += 1;
  await world.tabs[world.at % world.tabs.length]?.page.bringToFront();
}

async function judged(world: { tabs: Tab[]; closed: string[][] }, ws: string) {
  const [first] = world.tabs;
  if (!first) throw new TypeError("no tab is left");
  const lists = [...world.tabs.map(({ typed }) => typed), ...world.closed];
  const typed = lists.flat();
  const complete = async () => {
    const pages = await Promise.all(world.tabs.map(({ page }) => chatOn(page).mine()));
    return pages.every(({ shown, waiting }) => waiting === 0 && shown.length >= typed.length);
  };
  await until(complete, SETTLE_MS);
  const said = await saidIn(first.page, ws);
  const pages = await Promise.all(world.tabs.map(({ page }) => chatOn(page).mine()));
  const unordered = (list: readonly string[]) => {
    const places = list.map((text) => said.indexOf(text)).filter((place) => place >= 0);
    return places.filter((place, i) => place < (places[i - 1] ?? -1)).length;
  };
  return {
    messages: typed.length,
    lost: typed.filter((text) => !said.includes(text)).length,
    doubled: said.length - new Set(said).size,
    out_of_order: lists.reduce((sum, list) => sum + unordered(list), 0),
    shown_otherwise: pages.filter(({ shown }) => shown.join("\n") !== said.join("\n")).length,
  };
}

function pause(ms: number): Promise<void> {
  return new Promise((resolve) => setTimeout(resolve, ms));
}
