import type { Offer } from "../../domain/offer.ts";
import type { Move, Words } from "../../domain/reply.ts";
import { clock, money } from "./figures.ts";
import { now } from "./now.ts";
import { t } from "./words.ts";

/** Both faces of a reply: what people read on the left; on the right what is spoken, and what machines get. */
export function Faces({ move, words }: { move: Move; words: Words | undefined }) {
  return (
    <div class="faces">
      <div class="face">
        <p class="face-name">{t("talk.text")}</p>
        <p class="text" lang={words?.lang}>
          {words?.text ?? "…"}
        </p>
      </div>
      <div class="face face-machine">
        <p class="face-name">{t("talk.speech")}</p>
        <p class="speech" lang={words?.lang}>
          {words?.speech ?? "…"}
        </p>
        <p class="chips">
          <code class="chip chip-act">{move.act}</code>
          {move.reasons.map((reason) => (
            <code class="chip" key={reason}>
              {reason}
            </code>
          ))}
          {move.round.n > 0 && <span class="chip">{t("talk.round", move.round)}</span>}
          {move.citations.length > 0 && (
            <span class="chip">{t("talk.cited", { count: move.citations.length })}</span>
          )}
        </p>
        {move.offers.map((offer) => (
          <OfferLine key={offer.id} offer={offer} />
        ))}
        {move.intents.map(({ id, status, total, currency }) => (
          <p class="offer" key={id}>
            <code>{id}</code> <span class="chip">{t(`order.${status}`)}</span>
            <span class="amount">{money(total, currency)}</span>
          </p>
        ))}
      </div>
    </div>
  );
}

function OfferLine({ offer: { lines, totals, currency, revision, final, expires_at } }: { offer: Offer }) {
  const left = Date.parse(expires_at) - now.value;
  return (
    <p class="offer">
      <span>
        {t("talk.offer", { revision })}
        {final && <span class="chip">{t("talk.final")}</span>}
        <small>{lines.map(({ quantity, title }) => `${quantity} × ${title}`).join(", ")}</small>
      </span>
      <span class="amount">
        {money(totals.total, currency)}
        <small>{left > 0 ? t("talk.expires", { in: clock(left) }) : t("talk.expired")}</small>
      </span>
    </p>
  );
}
