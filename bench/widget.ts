import { readFileSync } from "node:fs";
import { createServer } from "node:http";
import type { AddressInfo } from "node:net";
import { resolve } from "node:path";
import { gzipSync } from "node:zlib";
import { makePages } from "../src/app/page-assets.ts";
import { launch } from "./browser.ts";
import { startGateway, temporary } from "./gateway.ts";
import { rounded } from "./statistics.ts";

const MOST_KB = 15;
const DEEP_CHAT = resolve(import.meta.dirname, "../node_modules/deep-chat/dist/deepChat.bundle.js");

/**
 * What the chat element weighs: its script, its styles and one language, gzipped, whatever is loaded late included; beside
 * deep-chat's bundle by the same measure. Then, in a real browser on a page of another origin, what is asked for and
 * transferred until somebody can write.
 */
export async function run(): Promise<object> {
  const { assets, widget } = await makePages();
  const files = [...assets.values()].filter(({ path }) => path.startsWith("/widget/"));
  const kb = (body: Uint8Array) => gzipSync(body, { level: 9 }).length / 1_000;
  const language = (name: string) =>
    files.find(({ path }) => path.includes(`.${name}.`))?.body ?? new Uint8Array();
  const one = (name: string) => rounded(kb(widget.body) + kb(language(name)));
  const en = one("en");
  const ko = one("ko");
  const gz_kb = Math.max(en, ko);
  const usable = await untilUsable();
  return {
    ...{ gz_kb, en, ko, deep_chat_kb: rounded(kb(readFileSync(DEEP_CHAT))), ...usable },
    failures: [
      ...(gz_kb > MOST_KB ? [`${gz_kb} kB gzipped, and ${MOST_KB} are promised`] : []),
      ...(usable.usable_ms === null ? ["nobody could write within 20 s"] : []),
    ],
  };
}

async function untilUsable() {
  const home = temporary();
  let html = "";
  const host = createServer((_, answer) => answer.setHeader("content-type", "text/html").end(html));
  await new Promise<void>((done) => host.listen(0, "127.0.0.1", done));
  const origin = `http://127.0.0.1:${(host.address() as AddressInfo).port}`;
  const gateway = await startGateway({ PARLEY_HOME: home.path, PARLEY_ORIGINS: origin });
  const url = gateway.ws.replace("ws", "http").replace("/v1/ws", "");
  const { script, integrity } = (await (await fetch(`${url}/widget/version.json`)).json()) as Record<
    string,
    string
  >;
  html = `<!doctype html><html lang="en"><title>Host</title>
    <script type="module" src="${url}${script}" integrity="${integrity}" crossorigin></script>
    <parley-chat src="${gateway.ws}" open></parley-chat>`;
  const browser = await launch();
  try {
    const page = await browser.newPage();
    const network = await page.context().newCDPSession(page);
    await network.send("Network.enable");
    let requests = 0;
    let bytes = 0;
    network.on("Network.requestWillBeSent", ({ request }) => {
      if (request.url.startsWith(url)) requests += 1;
    });
    network.on("Network.loadingFinished", ({ encodedDataLength }) => {
      bytes += encodedDataLength;
    });
    network.on("Network.webSocketCreated", () => {
      requests += 1;
    });
    network.on("Network.webSocketFrameReceived", ({ response }) => {
      bytes += response.payloadData.length;
    });
    await page.goto(origin);
    const began = performance.now();
    const ready = page.locator("parley-chat .quick button").first().waitFor({ timeout: 20_000 });
    const usable_ms = await ready.then(
      () => rounded(performance.now() - began),
      () => null,
    );
    return { requests, bytes: bytes - Buffer.byteLength(html), usable_ms };
  } finally {
    await browser.close();
    host.close();
    await gateway.stop();
    home.remove();
  }
}
