import { cpSync, existsSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join, resolve } from "node:path";
import type { BrowserContext, BrowserContextOptions, Page } from "playwright-core";
import { listStaff } from "../../src/adapters/identity/staff-list.ts";
import type { StaffRole } from "../../src/domain/staff.ts";
import type { EventFrame } from "../../src/protocol/frames.ts";
import { demo } from "../demo.ts";
import { type RunningGateway, startGateway } from "../harness.ts";
import { HttpBuyer } from "../transport/http-client.ts";
import { watched } from "./browser.ts";

export const ROLES = ["viewer", "agent", "manager"] as const satisfies readonly StaffRole[];
export const NAMES: Readonly<Record<StaffRole, string>> = {
  viewer: "Vera Lindqvist",
  agent: "박민지",
  manager: "Jisoo Kim",
};

/** Text that would be a page's, if anybody took it for markup. */
export const HOSTILE = `<img src=x onerror="document.title='taken'"><b>bold</b>`;

const ROOT = resolve(import.meta.dirname, "../..");
/** Conversations that the lab of this shop plays. */
const FIXTURES = ["en-handoff-and-leave", "ko-stock"];
const VENDOR = "fixtures/vendors/demo";

const CALIFORNIA = { country: "US", region: "CA", postal_code: "94107" };
/** So that small orders, too, wait for a person. */
const LOW = "approval_above: { USD: 30000, KRW: 2000000 }";
const DETAILS = {
  ship_to: { ...CALIFORNIA, name: "Dana Whitfield", lines: ["480 Townsend Street"], city: "San Francisco" },
  payer: { name: "Whitfield Studio LLC" },
  purchase_order: "PO-1042",
};

/** A gateway with conversations in it, and staff of every role. */
export class ConsoleShop {
  readonly gateway: RunningGateway;
  readonly tokens: Readonly<Record<StaffRole | "first", string>>;

  readonly #folder: string;

  constructor(gateway: RunningGateway, folder: string) {
    this.gateway = gateway;
    this.#folder = folder;
    const file = join(gateway.home, "staff.json");
    const kept = JSON.parse(readFileSync(join(gateway.home, "tokens.json"), "utf8")) as { staff: string };
    const token = (role: StaffRole) => listStaff(file, NAMES[role], role);
    this.tokens = {
      first: kept.staff,
      viewer: token("viewer"),
      agent: token("agent"),
      manager: token("manager"),
    };
  }

  /** With a vendor's folder, prompts and fixtures of its own, since a console writes them. */
  static async open(env: Record<string, string> = {}): Promise<ConsoleShop> {
    const folder = mkdtempSync(join(tmpdir(), "parley-console-"));
    const place = (name: string) => join(folder, name);
    cpSync(join(ROOT, VENDOR), place(VENDOR), { recursive: true });
    cpSync(join(ROOT, "prompts"), place("prompts"), { recursive: true });
    for (const folder of ["fixtures/dialogues", "fixtures/tapes"])
      for (const name of FIXTURES) {
        const file = `${folder}/${name}.yaml`;
        if (existsSync(join(ROOT, file))) cpSync(join(ROOT, file), place(file), { recursive: true });
      }
    const limits = readFileSync(place(`${VENDOR}/limits.yaml`), "utf8");
    writeFileSync(place(`${VENDOR}/limits.yaml`), limits.replace(/^approval_above:.*$/m, LOW));
    const paths = { PARLEY_VENDOR: place(VENDOR), PARLEY_PROMPTS: place("prompts") };
    // Its goods are the demo vendor's, which need not be loaded once more.
    const home = mkdtempSync(join(tmpdir(), "parley-console-home-"));
    writeFileSync(join(home, "parley.db"), (await demo()).knowledge);
    return new ConsoleShop(await startGateway({ ...paths, ...env, PARLEY_HOME: home }), folder);
  }

  async close(): Promise<void> {
    await this.gateway.stop();
    this.gateway.remove();
    rmSync(this.#folder, { recursive: true, force: true });
  }

  /** Somebody who says these things, one after the other. */
  async buyer(opening: object, ...says: readonly (string | object)[]): Promise<HttpBuyer> {
    const buyer = await HttpBuyer.open(this.gateway.url, opening);
    for (const said of says) await buyer.say(typeof said === "string" ? { text: said } : { act: said });
    return buyer;
  }

  /** A person who bargains in Korean and has an offer. */
  korean(...says: readonly string[]): Promise<HttpBuyer> {
    return this.buyer(
      { lang: "ko", channel: "chat", kind: "person", currency: "KRW" },
      "무선 헤드셋 12개 사면 얼마예요?",
      "130만원에 맞춰 주시면 살게요",
      ...says,
    );
  }

  /** A person who writes what a page must not take for markup. */
  english(...says: readonly string[]): Promise<HttpBuyer> {
    return this.buyer(
      { lang: "en", channel: "chat", kind: "person", currency: "USD", ship_to: CALIFORNIA },
      "four of the Orrin docks, please",
      `${HOSTILE} does it have HDMI?`,
      ...says,
    );
  }

  /** A machine whose order waits for a person's yes. */
  async pending(quantity = 2): Promise<{ readonly buyer: HttpBuyer; readonly intent: string }> {
    const buyer = await HttpBuyer.open(this.gateway.url, { currency: "USD", ship_to: CALIFORNIA });
    const line = { item: { sku: "DK-11C" }, quantity };
    const offered = await buyer.say({ act: { act: "propose", lines: [line] } });
    const offer = replyIn(offered.body.events).move.offers[0];
    if (!offer) throw new Error(`no offer was made: ${offered.text.slice(0, 400)}`);
    const accept = { act: "accept", offer: offer.id, hash: offer.hash, details: DETAILS };
    const accepted = await buyer.say({ act: accept });
    const intent = replyIn(accepted.body.events).move.intents[0];
    if (intent?.status !== "approval_pending")
      throw new Error(`it waits for nobody: ${accepted.text.slice(0, 400)}`);
    return { buyer, intent: intent.id };
  }

  /** Signs a browser in, as its own page does. */
  async signIn(context: BrowserContext, role: StaffRole): Promise<void> {
    const { url } = this.gateway;
    const answer = await context.request.post(`${url}/v1/staff/sign-in`, {
      data: { token: this.tokens[role] },
      headers: { origin: url },
    });
    if (!answer.ok()) throw new Error(`signing in was refused: ${await answer.text()}`);
  }

  /** The console at an address behind its `#`, signed in, in this language and theme. */
  async console(
    context: BrowserContext,
    role: StaffRole | null,
    address = "/inbox",
    { lang = "en", theme = "light" }: { lang?: "en" | "ko"; theme?: string } = {},
  ): Promise<Page> {
    if (role) await this.signIn(context, role);
    context.setDefaultTimeout(60_000);
    const page = watched(await context.newPage());
    // As text: this file is also read where there is no page to speak of.
    await page.addInitScript(
      `localStorage["parley.console.lang"] = "${lang}"; localStorage["parley.console.theme"] = "${theme}"`,
    );
    await page.goto(`${this.gateway.url}/console#${address}`);
    return page;
  }
}

/** As wide as a desk's screen. */
export const DESK: BrowserContextOptions = { viewport: { width: 1280, height: 800 } };

function replyIn(events: readonly EventFrame[]) {
  for (const { event } of events) if (event.kind === "reply") return event;
  throw new Error("there was no reply");
}
