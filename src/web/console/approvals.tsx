import { useSignal } from "@preact/signals";
import { useEffect, useRef } from "preact/hooks";
import { ApprovalCard } from "./approval-card.tsx";
import * as approvals from "./approvals-queue.ts";
import { useKeys } from "./keys.ts";
import { Note } from "./note.tsx";
import { Refusal } from "./refusal.tsx";
import { approves } from "./session.ts";
import { Head } from "./shell.tsx";
import { t } from "./words.ts";

/** Orders that wait for a person's yes, the soonest to expire on top. */
export function ApprovalsPage() {
  useEffect(approvals.keepLoading, []);
  const list = useRef<HTMLUListElement>(null);
  const queue = approvals.queue.value;
  const here = () => document.activeElement?.closest<HTMLElement>("[data-intent]")?.dataset.intent;
  useKeys({
    j: () => step(list.current, 1),
    k: () => step(list.current, -1),
    a: () => {
      const intent = here();
      if (intent && approves.value) void approvals.decide(intent, "approve");
    },
  });
  return (
    <>
      <Head title={t("page.approvals")} />
      <p class="lead">{t("approvals.lead")}</p>
      <Refusal fault={approvals.fault.value} />
      {approves.value && approvals.decidable.value.length > 0 && <Batch />}
      {queue?.length === 0 && <p class="empty">{t("approvals.none")}</p>}
      {queue === null && !approvals.fault.value && <p class="empty">{t("inbox.loading")}</p>}
      <ul class="cards" ref={list}>
        {queue?.map((approval) => (
          <ApprovalCard key={approval.intent.id} approval={approval} />
        ))}
      </ul>
    </>
  );
}

/** One answer for those that were chosen; each gets a result of its own. */
function Batch() {
  const rejecting = useSignal(false);
  const count = approvals.decidable.value.length;
  return (
    <section class="batch" aria-label={t("approvals.batch", { count })}>
      <p>{t("approvals.batch", { count })}</p>
      <p class="buttons">
        <button type="button" class="primary" onClick={() => void approvals.decideChosen("approve")}>
          {t("approvals.approve")}
        </button>
        <button
          type="button"
          onClick={() => {
            rejecting.value = true;
          }}
        >
          {t("approvals.reject")}
        </button>
      </p>
      {rejecting.value && (
        <Note
          of="reject"
          onNote={(note) => {
            rejecting.value = false;
            void approvals.decideChosen("decline", note);
          }}
          onClose={() => {
            rejecting.value = false;
          }}
        />
      )}
    </section>
  );
}

function step(list: HTMLElement | null, by: 1 | -1): void {
  const cards = [...(list?.querySelectorAll<HTMLElement>("[data-intent]") ?? [])];
  const at = cards.findIndex((card) => card.contains(document.activeElement));
  cards[at < 0 ? 0 : Math.min(cards.length - 1, Math.max(0, at + by))]?.focus();
}
