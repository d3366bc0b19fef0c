import type { Move, Words } from "../domain/reply.ts";
import type { Expect, ExpectedOffer } from "./fixture.ts";

/** What a reply was, as what it must be again: typed outcome, citations and language; of the words nothing. */
export function expectationFrom(move: Move, words: Words | null): Expect {
  const [offer] = move.offers;
  const intent = move.intents.at(-1);
  const cites = [...new Set(move.citations.map(({ fact }) => fact))];
  return {
    act: move.act,
    ...(move.ask === null ? {} : { ask: move.ask }),
    ...(offer ? { offer: expectedOffer(offer), offers: move.offers.length } : {}),
    ...(move.results.length > 0 ? { results: move.results.map(({ sku }) => sku) } : {}),
    ...(cites.length > 0 ? { cites } : {}),
    ...(intent ? { intent: { status: intent.status } } : {}),
    ...(words ? { lang: words.lang } : {}),
  };
}

function expectedOffer({ lines, terms, totals, final }: Move["offers"][number]): ExpectedOffer {
  const goods = lines.filter((line) => !line.gift);
  const [first] = goods;
  return {
    skus: goods.map(({ sku }) => sku),
    ...(first ? { quantity: first.quantity, unit_price: first.unit_price } : {}),
    total: totals.total,
    delivery: terms.delivery.id,
    warranty: terms.warranty.id,
    payment: terms.payment.id,
    returns: terms.returns.id,
    subscription: terms.subscription?.id ?? null,
    final,
  };
}
