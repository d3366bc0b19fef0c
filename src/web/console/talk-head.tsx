import type { LinkState } from "../../protocol/link.ts";
import { clock, money } from "./figures.ts";
import { Icon } from "./icons.tsx";
import { nameOf } from "./inbox.tsx";
import { rowOf } from "./inbox-rows.ts";
import * as lease from "./lease.ts";
import { now } from "./now.ts";
import { at } from "./route.ts";
import { name } from "./session.ts";
import { Head } from "./shell.tsx";
import type { Standing } from "./standing.ts";
import { StateBadge } from "./state-badge.tsx";
import { t } from "./words.ts";

interface TalkHeadProps {
  readonly id: string;
  readonly standing: Standing;
  readonly link: LinkState;
  /** Null for who may only watch. */
  readonly acts: (Readonly<Record<"take" | "close", () => Promise<void>>> & { handBack(): void }) | null;
}

/** Who this is, how it stands, and what one may do about it. */
export function TalkHead({ id, standing, link, acts }: TalkHeadProps) {
  const { who, lang, channel, state, operator, offers, rounds, closed } = standing;
  const best = offers.reduce((most, { totals }) => Math.max(most, totals.total), 0);
  const row = rowOf(id);
  return (
    <div class="talk-head">
      <a class="quiet button back" href={at("inbox")} title={t("page.inbox")}>
        <Icon name="back" />
        <span class="hidden">{t("page.inbox")}</span>
      </a>
      <div class="talk-title">
        <Head title={nameOf({ who, session: id })}>
          <StateBadge state={state} operator={operator} />
          {link !== "open" && link !== "closed" && (
            <p class="live live-waiting" role="status">
              {t("live.waiting")}
            </p>
          )}
        </Head>
        <p class="facts-line">
          <span>
            <Icon name={who.kind} /> {t(`kind.${who.kind}`)} · {t(`tier.${who.tier}` as "tier.anonymous")}
          </span>
          <span>{t(`lang.${lang}` as "lang.en")}</span>
          <span>{t(`channel.${channel}` as "channel.chat")}</span>
          {best > 0 && <span class="amount">{money(best, standing.currency)}</span>}
          {rounds.n > 0 && <span>{t("talk.round", rounds)}</span>}
          {row?.waiting_since && <span>{t("talk.waits")}</span>}
        </p>
      </div>
      {acts && !closed && <Acts id={id} acts={acts} operator={operator} />}
    </div>
  );
}

function Acts({
  id,
  acts,
  operator,
}: Pick<TalkHeadProps, "id"> & { acts: NonNullable<TalkHeadProps["acts"]>; operator: string | null }) {
  const held = lease.leaseOf(id);
  if (!held || held.lost) {
    return (
      <div class="buttons">
        <button type="button" class="primary" aria-keyshortcuts="t" onClick={() => void acts.take()}>
          {t(operator === name.value ? "talk.go-on" : "talk.take")} <kbd>t</kbd>
        </button>
      </div>
    );
  }
  return (
    <div class="buttons">
      <p class="lease" title={t("lease.hint")}>
        {t("lease.yours")} <span class="clock">{clock(Date.parse(held.until) - now.value)}</span>
      </p>
      <button type="button" class="primary" aria-keyshortcuts="h" onClick={() => acts.handBack()}>
        {t("talk.hand-back")} <kbd>h</kbd>
      </button>
      <button type="button" onClick={() => void acts.close()}>
        {t("talk.close")}
      </button>
    </div>
  );
}
