import type { Fact } from "../../domain/fact.ts";
import type { Talk } from "./talk.ts";
import { t } from "./words.ts";

/** What a reply rests on: each fact with its source, and what sources disagree about. */
export function Facts({ talk, seq }: { talk: Talk; seq: number | null }) {
  const found = talk.log.value.findLast(
    ({ seq: at, event }) => event.kind === "reply" && (seq === null || at === seq),
  );
  if (found?.event.kind !== "reply") return <p class="empty">{t("staff.no-facts")}</p>;
  const { citations, answers } = found.event.move;
  const facts = new Map(answers.flatMap((answer) => answer.facts).map((fact) => [fact.id, fact]));
  if (citations.length === 0) return <p class="empty">{t("staff.no-facts")}</p>;
  return (
    <>
      <p class="about">{t("staff.about", { seq: found.seq })}</p>
      <ul class="facts">
        {citations.map(({ fact, source, quote }) => (
          <li key={fact}>
            <code>{fact}</code>
            {stated(facts.get(fact)) && <strong>{stated(facts.get(fact))}</strong>}
            {quote && <q>{quote}</q>}
            <small>{source}</small>
          </li>
        ))}
      </ul>
    </>
  );
}

function stated(fact: Fact | undefined): string {
  if (!fact || fact.value === null || fact.kind === "answer") return "";
  return `${fact.value} ${fact.unit ?? ""}`.trim();
}
