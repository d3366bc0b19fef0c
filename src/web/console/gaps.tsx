import { useEffect } from "preact/hooks";
import { Choices } from "./choices.tsx";
import { GapCard } from "./gap-card.tsx";
import * as list from "./gaps-list.ts";
import { Refusal } from "./refusal.tsx";
import { filter, route } from "./route.ts";
import { Head } from "./shell.tsx";
import { t } from "./words.ts";

const LANGS = ["", "en", "ko"] as const;

/** What buyers asked and nothing answered, what is asked most and for most money on top. */
export function GapsPage() {
  const { lang = "" } = route.value.query;
  useEffect(() => void list.load(lang), [lang]);
  const gaps = list.gaps.value;
  return (
    <>
      <Head title={t("page.gaps")} />
      <p class="lead">{t("gaps.lead")}</p>
      <Choices
        label={t("inbox.language")}
        options={LANGS.map((value) => ({ value, name: value === "" ? t("inbox.all") : t(`lang.${value}`) }))}
        chosen={lang as (typeof LANGS)[number]}
        onChoose={(value) => filter({ lang: value })}
      />
      <Refusal fault={list.fault.value} />
      {gaps?.length === 0 && <p class="empty">{t("gaps.none")}</p>}
      {gaps === null && !list.fault.value && <p class="empty">{t("inbox.loading")}</p>}
      <ol class="cards">
        {gaps?.map((gap) => (
          <GapCard key={gap.id} gap={gap} onChange={() => void list.load(lang)} />
        ))}
      </ol>
      {list.next.value && (
        <button type="button" onClick={() => void list.more()}>
          {t("act.more")}
        </button>
      )}
    </>
  );
}
