import { button, h } from "../widget/dom.ts";
import type { ParleyChat } from "../widget/main.ts";
import en from "../words/shop.en.json" with { type: "json" };
import ko from "../words/shop.ko.json" with { type: "json" };
import { type Good, goods, pictureOf } from "./goods.ts";

const lang = (new URLSearchParams(location.search).get("lang") ?? navigator.language).startsWith("ko")
  ? "ko"
  : "en";
const currency = lang === "ko" ? "KRW" : "USD";
const words: Readonly<Record<string, string>> = { en, ko }[lang];
const say = (word: string, values: Record<string, string> = {}) =>
  (words[word] ?? word).replace(/\{(\w+)\}/g, (_, name: string) => values[name] ?? "");
const money = (amount: number, of: string) => {
  const format = new Intl.NumberFormat(lang, {
    style: "currency",
    currency: of,
    currencyDisplay: "narrowSymbol",
  });
  return format.format(amount / 10 ** (format.resolvedOptions().maximumFractionDigits ?? 2));
};

const find = <T extends Element>(selector: string) => document.querySelector(selector) as T;
const list = find<HTMLElement>(".goods");
const told = find<HTMLElement>(".told");
const chat = find<ParleyChat>("parley-chat");
const pictures = new Map<string, string>();

document.documentElement.lang = lang;
find("h1").textContent = say("tagline");
const search = find<HTMLInputElement>(".search input");
search.placeholder = search.ariaLabel = say("search");
const language = find<HTMLAnchorElement>(".language");
language.textContent = say("other");
language.lang = lang === "ko" ? "en" : "ko";
language.href = `?lang=${language.lang}`;

// What any page does to embed the chat: language, currency, what it suggests, and the pictures the shop has.
chat.lang = lang;
chat.setAttribute("currency", currency);
chat.starters = [say("starter1"), say("starter2"), say("starter3")];
chat.picture = (sku) => pictures.get(sku) ?? null;
chat.addEventListener("parley-intent", ({ detail: { intent } }) => {
  const orders = find<HTMLElement>(".orders");
  const text = say("order", { id: intent.id, total: money(intent.total, intent.currency) });
  orders.hidden = false;
  if (!orders.firstChild) orders.append(h("h2", {}, say("orders")));
  if (!orders.textContent.includes(intent.id)) orders.append(h("p", {}, text));
});

const departments = [
  "computers",
  "audio",
  "phones",
  "office",
  "kitchen",
  "home",
  "smart-home",
  "consumables",
];
const chips = ["", ...departments].map((category) => {
  const chip = button(say(category || "all"), () => void show({ category }), "chip");
  chip.dataset.category = category;
  return chip;
});
find("nav").append(...chips);
find("nav").ariaLabel = say("all");
find<HTMLFormElement>(".search form").addEventListener("submit", (event) => {
  event.preventDefault();
  void show({ q: search.value.trim() });
});
void show({ category: "" });

async function show({ category, q = "" }: { category?: string; q?: string }): Promise<void> {
  for (const chip of chips) chip.ariaPressed = String(chip.dataset.category === category);
  list.ariaBusy = "true";
  told.textContent = "";
  try {
    const shelf = await goods({ lang, currency, q, ...(category ? { category } : {}) });
    find(".brand").textContent = document.title = shelf.name;
    for (const good of shelf.products) pictures.set(good.sku, new URL(pictureOf(good), location.href).href);
    list.replaceChildren(...shelf.products.map(card));
    if (shelf.products.length === 0) told.textContent = say("none");
  } catch {
    told.textContent = say("failed");
  }
  list.ariaBusy = "false";
}

function card(good: Good): HTMLElement {
  const { sku, title, brand, price, in_stock } = good;
  return h(
    "li.good",
    {},
    h("img", { src: pictureOf(good), alt: "", width: 160, height: 120, loading: "lazy" }),
    h("p.brandname", {}, brand ?? ""),
    h("h2", {}, title),
    h(
      "p.price",
      {},
      price === null ? "" : money(price, good.currency),
      h("span.stock", {}, say(in_stock ? "inStock" : "soldOut")),
    ),
    h(
      "p.actions",
      {},
      in_stock &&
        button(
          say("offer"),
          () => chat.act({ act: "propose", lines: [{ item: { sku }, quantity: 1 }] }),
          "main",
          {
            ariaLabel: `${say("offer")}: ${title}`,
          },
        ),
      button(say("details"), () => details(good), "button", { ariaLabel: `${say("details")}: ${title}` }),
    ),
  );
}

function details(good: Good): void {
  const { title, description, specs } = good;
  const ask = () => {
    dialog.close();
    chat.draft(say("askText", { title }));
  };
  const dialog = h(
    "dialog.details",
    { ariaLabel: title },
    h("img", { src: pictureOf(good), alt: "" }),
    h("h2", {}, title),
    h("p", {}, description),
    h(
      "dl",
      {},
      specs.map(({ label, value }) => h("div", {}, h("dt", {}, label), h("dd", {}, value))),
    ),
    h(
      "p.actions",
      {},
      button(say("ask"), ask, "main"),
      button(say("close"), () => dialog.close()),
    ),
  );
  dialog.addEventListener("close", () => dialog.remove());
  document.body.append(dialog);
  dialog.showModal();
}
