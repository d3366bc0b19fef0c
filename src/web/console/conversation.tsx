import { useSignal } from "@preact/signals";
import { useEffect, useMemo } from "preact/hooks";
import type { ParleyFault } from "../../protocol/codes.ts";
import { Composer } from "./composer.tsx";
import { useKeys } from "./keys.ts";
import * as lease from "./lease.ts";
import { Note } from "./note.tsx";
import { tell } from "./notices.ts";
import { Refusal } from "./refusal.tsx";
import { asFault } from "./request.ts";
import { at, go } from "./route.ts";
import { may, me } from "./session.ts";
import { StaffPane } from "./staff-pane.tsx";
import { standing } from "./standing.ts";
import { watch } from "./talk.ts";
import { TalkHead } from "./talk-head.tsx";
import { Transcript } from "./transcript.tsx";
import { t } from "./words.ts";

/** One conversation: what is said, why, and the person's own part in it. */
export function ConversationPage({ id }: { id: string }) {
  const talk = useMemo(() => watch(id, may("agent") ? "operator" : "observer"), [id, me.value]);
  useEffect(() => () => talk.leave(), [talk]);
  const chosen = useSignal<number | null>(null);
  const fault = useSignal<ParleyFault | null>(null);
  const handing = useSignal(false);
  const now = standing(talk.log.value);
  const holds = lease.holds(id);

  const act = async (work: () => Promise<void>, done: string) => {
    try {
      await work();
      fault.value = null;
      tell(done);
    } catch (error) {
      fault.value = asFault(error);
    }
  };
  const acts = {
    take: () => act(() => lease.take(id), t("talk.taken")),
    handBack: () => {
      handing.value = true;
    },
    close: () => act(() => lease.close(id), t("talk.closed")),
  };
  useKeys({
    u: () => go("inbox"),
    ...(may("agent") && !now.closed && !holds ? { t: () => void acts.take() } : {}),
    ...(holds ? { h: acts.handBack } : {}),
  });

  if (talk.fault.value) {
    return (
      <>
        <TalkHead id={id} standing={now} link={talk.link.value} acts={null} />
        <Refusal fault={talk.fault.value} />
        <p class="empty">
          <a href={at("inbox")}>{t("page.inbox")}</a>
        </p>
      </>
    );
  }
  return (
    <div class="conversation">
      <TalkHead id={id} standing={now} link={talk.link.value} acts={may("agent") ? acts : null} />
      <Refusal fault={fault.value} />
      <LostLease id={id} />
      {handing.value && holds && (
        <Note
          of="hand-back"
          onNote={(note) => {
            handing.value = false;
            void act(() => lease.handBack(id, note), t("talk.handed-back"));
          }}
          onClose={() => {
            handing.value = false;
          }}
        />
      )}
      <div class="columns">
        <div class="talk">
          <Transcript
            talk={talk}
            chosen={chosen.value}
            onChoose={(seq) => {
              chosen.value = chosen.value === seq ? null : seq;
            }}
          />
          {may("agent") && !now.closed ? (
            <Composer session={id} />
          ) : (
            <p class="hint">{t(now.closed ? "talk.is-closed" : "talk.only-watching")}</p>
          )}
        </div>
        <StaffPane session={id} talk={talk} currency={now.currency} chosen={chosen.value} />
      </div>
    </div>
  );
}

/** Somebody else has it now, or it took too long: what was typed is still there. */
function LostLease({ id }: { id: string }) {
  const held = lease.leaseOf(id);
  if (!held?.lost) return null;
  const { operator } = held.lost.detail;
  return (
    <div class="refusal" role="alert">
      <p>
        <strong>{t("lease.lost")}</strong> {held.lost.message}
      </p>
      <p>{operator ? t("lease.has", { name: String(operator) }) : t("lease.kept")}</p>
      <p class="buttons">
        <button type="button" onClick={() => lease.forget(id)}>
          {t("act.understood")}
        </button>
      </p>
    </div>
  );
}
