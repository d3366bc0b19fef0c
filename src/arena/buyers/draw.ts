import type { Offer } from "../../domain/offer.ts";
import type { Random } from "../agent.ts";
import { Conversation, type Shop } from "../conversation.ts";
import { between, drawn, QUANTITIES, willingness } from "./priors.ts";
import { type IssueName, type Menu, menuOf, type Want } from "./want.ts";

/** Any instant will do: what is listed depends on it only where a published price has a date. */
const READ_AT = "2026-03-02T09:00:00.000Z";
const MILLION = 1_000_000;

/** What can be sold in this currency, in the order of the catalogue. */
export function goodsOf(shop: Shop, currency: string): readonly string[] {
  return [...shop.products.values()]
    .filter(({ product, live, stock }) => live && stock > 0 && (product.price[currency] ?? 0) > 0)
    .map(({ product }) => product.id);
}

/**
 * A buyer of something of this shop, drawn from the priors; null when the shop lists no price for it. All that it knows
 * of the shop is public.
 */
export function drawWant(
  shop: Shop,
  goods: readonly string[],
  currency: string,
  random: Random,
): Want | null {
  const lines = wantedLines(shop, goods, random);
  const offer = listedOffer(shop, currency, lines);
  if (!offer) return null;
  const listed = offer.totals.total;
  const share = willingness(random);
  const paid = offer.totals.goods - offer.totals.discounts;
  const tax_bp = offer.tax.treatment === "added" ? offer.tax.rate_bp : 0;
  const menu = menuOf(shop, currency, paid, tax_bp);
  return {
    ...{ currency, lines, listed, menu, tastes: tastesOf(menu, listed, random) },
    worth: Math.round(listed * share),
    gift: Math.round(between(0.2, 0.8, random) * MILLION),
    subscription: planFor(shop, lines, random),
    patience: 2 + Math.floor(between(0, 9, random)),
    opening: Math.round(Math.min(share, 1) * between(0.6, 0.92, random) * MILLION),
  };
}

/**
 * What the market asks for an option says about what it is worth: to most a little less than its fee, to one in five
 * more. Nobody pays more than a tenth of the goods for one: a cable needs no assembly. What lists below the usual way is
 * less trouble to some than it saves, and more to others.
 */
function tastesOf(menu: Menu, listed: number, random: Random): Want["tastes"] {
  const taste = (issue: IssueName) => {
    const liking = between(0, 1.25, random);
    const trouble = between(0.2, 2, random);
    return Object.fromEntries(
      menu[issue].map(({ id, fee }) => [
        id,
        Math.round(fee < 0 ? fee * trouble : Math.min(fee, listed / 10) * liking),
      ]),
    );
  };
  return {
    delivery: taste("delivery"),
    warranty: taste("warranty"),
    payment: taste("payment"),
    returns: taste("returns"),
  };
}

/** One product, or now and then all parts of a bundle. */
function wantedLines(shop: Shop, goods: readonly string[], random: Random): Want["lines"] {
  const sellable = (sku: string, quantity: number) => (shop.products.get(sku)?.stock ?? 0) >= quantity;
  const bundles = shop.bundles.filter(({ lines }) =>
    lines.every(({ sku, quantity }) => goods.includes(sku) && sellable(sku, quantity)),
  );
  const bundle = random() < 0.08 ? bundles[Math.floor(random() * bundles.length)] : undefined;
  if (bundle) return bundle.lines.map(({ sku, quantity }) => ({ sku, quantity }));
  const sku = goods[Math.floor(random() * goods.length)] ?? "";
  const most = Math.min(shop.products.get(sku)?.stock ?? 1, shop.vendor.max_quantity);
  return [{ sku, quantity: Math.max(1, Math.min(most, Math.floor(drawn(QUANTITIES, random)))) }];
}

/** What is listed for these goods on the listed terms, tiers and bundles and tax and all. */
export function listedOffer(shop: Shop, currency: string, lines: Want["lines"]): Offer | null {
  return listing(shop, currency, lines).reply?.offers[0] ?? null;
}

/** Somebody asks what these goods list at, and says no more. */
export function listing(
  shop: Shop,
  currency: string,
  lines: Want["lines"],
  plan: string | null = null,
): Conversation {
  const page = new Conversation(shop, { session: "list", now: READ_AT, currency });
  const wanted = lines.map(({ sku, quantity }) => ({ item: { sku }, quantity }));
  const terms = plan === null ? {} : { terms: { subscription: { id: plan } } };
  page.send({ act: "propose", lines: wanted, ...terms });
  return page;
}

/** Some who buy what runs out would have it sent again and again. */
function planFor({ vendor, products }: Shop, lines: Want["lines"], random: Random): string | null {
  const plans = vendor.terms.subscription;
  const plan = plans[Math.floor(random() * plans.length)];
  const wishes = random() < 0.4;
  const runsOut = lines.every(({ sku }) => {
    const category = products.get(sku)?.product.category ?? "";
    return vendor.subscribable.some((prefix) => category === prefix || category.startsWith(`${prefix}/`));
  });
  return plan && wishes && runsOut ? plan.id : null;
}
