import { useSignal } from "@preact/signals";
import type { ParleyFault } from "../../protocol/codes.ts";
import type { Gap } from "../../protocol/gaps.ts";
import * as api from "./api.ts";
import { money, number } from "./figures.ts";
import { GapAnswer, LANGS } from "./gap-answer.tsx";
import { tell } from "./notices.ts";
import { Refusal } from "./refusal.tsx";
import { asFault } from "./request.ts";
import { at } from "./route.ts";
import { may } from "./session.ts";
import { t } from "./words.ts";

/** One question, in the words it was asked in, and what staff answer to it. */
export function GapCard({ gap, onChange }: { gap: Gap; onChange(): void }) {
  const fault = useSignal<ParleyFault | null>(null);
  const answering = useSignal(false);
  const act = async (work: () => Promise<unknown>, done: string) => {
    try {
      await work();
      fault.value = null;
      answering.value = false;
      tell(done);
      onChange();
    } catch (error) {
      fault.value = asFault(error);
    }
  };
  const open = gap.state === "open" || gap.state === "drafted";
  return (
    <li class="card" tabIndex={-1}>
      <header class="card-head">
        <h2>
          {gap.question}
          <small>
            {gap.product ? `${gap.product.name} (${gap.product.sku})` : t("gaps.shop")} ·{" "}
            {t(`gap.${gap.why}`)}
          </small>
        </h2>
        <p class="rank">
          <strong>{t("gaps.times", { count: number(gap.times) })}</strong>
          {gap.at_stake && (
            <span>
              <strong class="amount">{money(gap.at_stake.amount, gap.at_stake.currency)}</strong>{" "}
              {t("gaps.at-stake")}
            </span>
          )}
          <span class={`badge badge-gap-${gap.state}`}>{t(`gap-state.${gap.state}`)}</span>
        </p>
      </header>
      <Examples gap={gap} />
      {gap.draft && !answering.value && <Draft text={gap.draft.text} />}
      <Refusal fault={fault.value} />
      {open && may("agent") && !answering.value && (
        <p class="buttons">
          {gap.state === "drafted" && may("manager") && (
            <button
              type="button"
              class="primary"
              onClick={() => void act(() => api.publishGap(gap.id), t("gaps.published"))}
            >
              {t("gaps.publish")}
            </button>
          )}
          <button
            type="button"
            class={gap.state === "open" ? "primary" : undefined}
            onClick={() => {
              answering.value = true;
            }}
          >
            {t(gap.state === "drafted" ? "gaps.change" : "gaps.answer")}
          </button>
          <button
            type="button"
            class="quiet"
            onClick={() => void act(() => api.dismissGap(gap.id), t("gaps.dismissed"))}
          >
            {t("gaps.dismiss")}
          </button>
        </p>
      )}
      {gap.state === "drafted" && !may("manager") && <p class="hint">{t("gaps.waits-for-manager")}</p>}
      {answering.value && (
        <GapAnswer
          gap={gap}
          onAnswer={(draft) => void act(() => api.answerGap(gap.id, draft), t("gaps.drafted"))}
          onClose={() => {
            answering.value = false;
          }}
        />
      )}
    </li>
  );
}

function Examples({ gap: { examples } }: { gap: Gap }) {
  return (
    <ul class="examples">
      {examples.slice(0, 3).map(({ session, seq, text, lang }) => (
        <li key={`${session} ${seq}`}>
          <q lang={lang}>{text}</q> <a href={at("conversation", session)}>{t("approvals.conversation")}</a>
        </li>
      ))}
    </ul>
  );
}

function Draft({ text }: { text: NonNullable<Gap["draft"]>["text"] }) {
  return (
    <div class="draft">
      <h3>{t("gaps.draft")}</h3>
      {LANGS.map(
        (lang) =>
          text[lang] && (
            <p key={lang} lang={lang} class="text">
              {text[lang]}
            </p>
          ),
      )}
    </div>
  );
}
