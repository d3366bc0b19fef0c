import type { Act } from "../../domain/act.ts";
import type { IntentView } from "../../domain/reply.ts";
import style from "./chat.css";
import { type Chat, chat } from "./chat.ts";
import { button } from "./dom.ts";
import type { Emit, ParleyEvents } from "./events.ts";
import { unsentFor } from "./outbox.ts";
import { speak, words } from "./words.ts";

declare global {
  interface HTMLElementTagNameMap {
    "parley-chat": ParleyChat;
  }
  interface HTMLElementEventMap extends ParleyCustomEvents {}
}
type ParleyCustomEvents = { [Name in keyof ParleyEvents]: CustomEvent<ParleyEvents[Name]> };

/** Milliseconds until words that did not come are asked for again. */
const AGAIN_MS = 2_000;

/** In every browser of today. */
const visualViewport = window.visualViewport as VisualViewport;

/** Constructed, and so no inline style: strict policies allow it. */
const sheet = new CSSStyleSheet();
sheet.replaceSync(style);

/**
 * `<parley-chat src="wss://shop.example/v1/ws" lang="ko">`: a conversation with a vendor. Attributes: `src`, `lang` (`en` or
 * `ko`), `theme` (`light`, `dark`), `currency`, `inline` (part of the page instead of docked at its corner), `open`.
 */
export class ParleyChat extends HTMLElement {
  static readonly observedAttributes = ["src", "lang", "currency", "open"];

  /** What to suggest before anything was said; by default what any shop is asked. */
  starters: readonly string[] | null = null;
  /** The page's picture of a product, where it has one; otherwise the fact `image` is looked for. */
  picture: ((sku: string) => string | null) | null = null;
  /** An access token of who is signed in on the page, for vendors with an identity provider. Asked at every connection. */
  token: (() => string | undefined | Promise<string | undefined>) | undefined;
  #chat: Chat | null = null;
  /** What is to be done with the panel once it is there. */
  #then: ((chat: Chat) => void)[] = [];
  readonly #root = this.attachShadow({ mode: "open" });
  /** A sign that needs no words, until there are some. */
  readonly #launcher = button("💬", () => this.toggle(), "launcher");

  connectedCallback(): void {
    this.#root.adoptedStyleSheets = [sheet];
    this.#root.append(this.#launcher);
    visualViewport.onresize = visualViewport.onscroll = () => this.#fit();
    void this.#update();
  }

  disconnectedCallback(): void {
    this.#leave();
  }

  attributeChangedCallback(name: string, before: string | null, now: string | null): void {
    if (!this.isConnected || before === now) return;
    if (name !== "open") this.#leave();
    void this.#update();
  }

  get open(): boolean {
    return this.hasAttribute("open") || this.hasAttribute("inline");
  }

  set open(open: boolean) {
    this.toggleAttribute("open", open);
  }

  /** Orders of this conversation as they stand now. */
  get intents(): readonly IntentView[] {
    return this.#chat?.intents() ?? [];
  }

  /** The conversation as plain text. */
  get transcript(): string {
    return this.#chat?.transcript() ?? "";
  }

  toggle(): void {
    this.open = !this.open;
    this.#emit("parley-toggle", { open: this.open });
    if (this.open) this.#with((chat) => chat.focus());
    else this.#launcher.focus();
  }

  /** Says something in the reader's stead, once the chat is there; opens it. */
  say(text: string): void {
    this.#with((chat) => chat.say(text));
  }

  /** The same as a typed act, such as `{ act: "propose", lines: [{ item: { sku: "LP-1" }, quantity: 1 }] }`. */
  act(act: Act): void {
    this.#with((chat) => chat.act(act));
  }

  /** Writes into the field without sending. */
  draft(text: string): void {
    this.#with((chat) => chat.draft(text));
  }

  #with(does: (chat: Chat) => void): void {
    this.open = true;
    this.#then.push(does);
    void this.#update();
  }

  /**
   * Shows what the attributes say. Properties that the page sets while the reader's language is loaded count. The connection is
   * made when the chat is first opened, or when something typed at an earlier visit is not sent.
   */
  async #update(): Promise<void> {
    const lang = /^ko/.test(this.lang || document.documentElement.lang || navigator.language) ? "ko" : "en";
    try {
      await speak(lang);
    } catch {
      if (this.isConnected) setTimeout(() => this.#update(), AGAIN_MS);
      return;
    }
    const { open } = this;
    const path = this.getAttribute("src");
    if (!this.isConnected || path === null) return;
    const src = new URL(path, location.href.replace("http", "ws")).href;
    if (!this.#chat && (open || unsentFor(src)[0])) {
      this.#chat = chat(this, src, this.#emit);
      this.#root.prepend(this.#chat.element);
    }
    if (this.#chat) {
      this.#chat.element.hidden = !open;
      for (const does of this.#then.splice(0)) does(this.#chat);
    }
    this.#launcher.textContent = open ? words.close : words.chat;
    this.#launcher.ariaExpanded = String(open);
    this.#launcher.lang = lang;
    this.#fit();
  }

  #leave(): void {
    this.#chat?.stop();
    this.#chat?.element.remove();
    this.#chat = null;
  }

  readonly #emit: Emit = (name, detail) =>
    this.dispatchEvent(new CustomEvent(name, { detail, bubbles: true, composed: true, cancelable: true }));

  /** A phone's keyboard covers the page without making it smaller: the panel keeps to what is left. */
  #fit(): void {
    const { height, offsetTop } = visualViewport;
    this.style.setProperty("--seen", `${height}px`);
    this.style.setProperty("--above", `${offsetTop}px`);
  }
}
