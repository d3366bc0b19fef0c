import { useSignal } from "@preact/signals";
import type { Reasons } from "../../domain/reasons.ts";
import { Calls } from "./calls.tsx";
import { Choices } from "./choices.tsx";
import { Facts } from "./facts.tsx";
import { money, number } from "./figures.ts";
import { Promote } from "./promote.tsx";
import { Scale } from "./scale.tsx";
import { may } from "./session.ts";
import type { Talk } from "./talk.ts";
import { isKey, t } from "./words.ts";

const VIEWS = ["why", "facts", "events"] as const;

interface StaffPaneProps {
  readonly session: string;
  readonly talk: Talk;
  readonly currency: string;
  /** The reply asked about; when null, the latest in which an offer was weighed. */
  readonly chosen: number | null;
}

/** What only staff may see: why the core did what it did, within which limits, resting on what. */
export function StaffPane({ session, talk, currency, chosen }: StaffPaneProps) {
  const view = useSignal<(typeof VIEWS)[number]>("why");
  const turns = [...talk.turns.value];
  const weighed = turns.findLast(([, { reasons }]) => reasons.net !== undefined);
  const seq = chosen ?? (weighed ?? turns.at(-1))?.[0] ?? null;
  return (
    <aside class="staff" aria-label={t("staff.title")}>
      <p class="staff-note">{t("staff.only")}</p>
      <Choices
        label={t("staff.views")}
        options={VIEWS.map((value) => ({ value, name: t(`staff.${value}`) }))}
        chosen={view.value}
        onChoose={(value) => {
          view.value = value;
        }}
      />
      <section
        class="staff-body"
        // biome-ignore lint/a11y/noNoninteractiveTabindex: what scrolls has to be reached by keyboard
        tabIndex={0}
        aria-label={t(`staff.${view.value}`)}
      >
        {view.value === "why" && <Why talk={talk} currency={currency} seq={seq} />}
        {view.value === "facts" && <Facts talk={talk} seq={seq} />}
        {view.value === "events" && <Events talk={talk} session={session} />}
      </section>
    </aside>
  );
}

function Why({ talk, currency, seq }: { talk: Talk; currency: string; seq: number | null }) {
  const record = seq === null ? undefined : talk.turns.value.get(seq);
  if (!record) return <p class="empty">{t("staff.no-reasons")}</p>;
  const { reasons, policy } = record;
  return (
    <>
      <p class="about">{t("staff.about", { seq: seq ?? 0 })}</p>
      <Scale reasons={reasons} currency={currency} />
      <dl class="pairs">
        {pairs(reasons, currency).map(([name, value]) => (
          <div key={name}>
            <dt>{name}</dt>
            <dd>{value}</dd>
          </div>
        ))}
        <div>
          <dt>{t("staff.policy")}</dt>
          <dd>
            <code title={policy}>{policy.slice(0, 12)}</code>
          </dd>
        </div>
      </dl>
      {reasons.notes.length > 0 && (
        <>
          <h2>{t("staff.notes")}</h2>
          <ul class="notes">
            {reasons.notes.map((note) => (
              <li key={note}>{noteOf(note)}</li>
            ))}
          </ul>
        </>
      )}
      <Calls talk={talk} seq={seq} />
    </>
  );
}

/** The core's own words for what it did are said in the reader's language; what it found in the knowledge base stands as it is. */
function noteOf(note: string): string {
  const key = `note.${note.replaceAll(" ", "-")}`;
  return isKey(key) ? t(key) : note;
}

/** Only what was decided upon stands there. */
function pairs(reasons: Reasons, currency: string): [string, string][] {
  const { strategy, candidates, floor, limit, net, round, target, theirs } = reasons;
  const told: [string, string | undefined][] = [
    [t("staff.strategy"), strategy],
    [t("staff.round"), round === undefined ? undefined : number(round)],
    [t("staff.net"), net === undefined ? undefined : money(net, currency)],
    [t("staff.limit"), limit === undefined ? undefined : money(limit, currency)],
    [t("staff.floor"), floor === undefined ? undefined : money(floor, currency)],
    [t("staff.target"), target === undefined ? undefined : number(target / 1_000, 3)],
    [t("staff.theirs"), theirs === undefined ? undefined : number(theirs / 1_000, 3)],
    [t("staff.candidates"), number(candidates)],
  ];
  return told.filter((pair): pair is [string, string] => pair[1] !== undefined);
}

function Events({ talk, session }: { talk: Talk; session: string }) {
  return (
    <>
      {may("agent") && <Promote session={session} />}
      <ol class="events" reversed>
        {talk.log.value.toReversed().map(({ seq, event }) => (
          <li key={seq}>
            <details>
              <summary>
                <span class="seq">{seq}</span> <code>{event.kind}</code>
              </summary>
              <pre>{JSON.stringify(event, null, 2)}</pre>
            </details>
          </li>
        ))}
      </ol>
    </>
  );
}
