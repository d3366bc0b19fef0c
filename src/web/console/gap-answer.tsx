import { useId } from "preact/hooks";
import type { Gap, GapDraft } from "../../protocol/gaps.ts";
import { type, typed } from "./typed.ts";
import { t } from "./words.ts";

export const LANGS = ["en", "ko"] as const;
type Lang = (typeof LANGS)[number];

interface GapAnswerProps {
  readonly gap: Gap;
  onAnswer(draft: GapDraft): void;
  onClose(): void;
}

/** What staff answer to a question, from now on. One language is enough; what is typed stays until it went through. */
export function GapAnswer({ gap, onAnswer, onClose }: GapAnswerProps) {
  const id = useId();
  const place = (what: string) => `gap ${gap.id} ${what}`;
  const answer = (lang: Lang) => typed(place(lang)) || gap.draft?.text[lang] || "";
  const question = (lang: Lang) => typed(place(`question ${lang}`)) || gap.draft?.question?.[lang] || "";
  const about = typed(place("about")) || gap.draft?.about || gap.product?.sku || "";
  const given = (of: (lang: Lang) => string) =>
    Object.fromEntries(LANGS.map((lang) => [lang, of(lang).trim()]).filter(([, words]) => words !== ""));
  const questions = given(question);
  return (
    <form
      class="stack edit"
      onSubmit={(event) => {
        event.preventDefault();
        onAnswer({
          text: given(answer),
          about: about.trim() || null,
          ...(Object.keys(questions).length > 0 ? { question: questions } : {}),
        });
      }}
    >
      <p class="hint">{t("gaps.answer-hint")}</p>
      {LANGS.map((lang) => (
        <div class="pair" key={lang}>
          <div class="field">
            <label for={`${id}-${lang}`}>{t("gaps.answer-in", { lang: t(`lang.${lang}`) })}</label>
            <textarea
              id={`${id}-${lang}`}
              lang={lang}
              rows={2}
              value={answer(lang)}
              onInput={({ currentTarget }) => type(place(lang), currentTarget.value)}
            />
          </div>
          <div class="field">
            <label for={`${id}-q-${lang}`}>{t("gaps.question-in", { lang: t(`lang.${lang}`) })}</label>
            <textarea
              id={`${id}-q-${lang}`}
              lang={lang}
              rows={2}
              maxLength={400}
              value={question(lang)}
              onInput={({ currentTarget }) => type(place(`question ${lang}`), currentTarget.value)}
            />
          </div>
        </div>
      ))}
      <div class="field">
        <label for={`${id}-about`}>{t("gaps.about")}</label>
        <input
          id={`${id}-about`}
          value={about}
          aria-describedby={`${id}-about-hint`}
          onInput={({ currentTarget }) => type(place("about"), currentTarget.value)}
        />
        <p class="hint" id={`${id}-about-hint`}>
          {t("gaps.about-hint")}
        </p>
      </div>
      <p class="buttons">
        <button type="submit" class="primary" disabled={Object.keys(given(answer)).length === 0}>
          {t("gaps.save-draft")}
        </button>
        <button type="button" class="quiet" onClick={onClose}>
          {t("act.cancel")}
        </button>
      </p>
    </form>
  );
}
