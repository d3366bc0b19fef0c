import { useSignal } from "@preact/signals";
import type { ParleyFault } from "../../protocol/codes.ts";
import type { Promoted } from "../../protocol/lab.ts";
import * as api from "./api.ts";
import { Dialog } from "./dialog.tsx";
import { Refusal } from "./refusal.tsx";
import { asFault } from "./request.ts";
import { t } from "./words.ts";

/** Makes a test of this conversation: its text is shown to be kept; nothing is written by it. */
export function Promote({ session }: { session: string }) {
  const made = useSignal<Promoted | null>(null);
  const fault = useSignal<ParleyFault | null>(null);
  const promote = async () => {
    try {
      made.value = await api.promote(session);
      fault.value = null;
    } catch (error) {
      fault.value = asFault(error);
    }
  };
  return (
    <>
      <button type="button" onClick={() => void promote()}>
        {t("promote.make")}
      </button>
      <Refusal fault={fault.value} />
      {made.value && (
        <Dialog
          title={t("promote.title", { id: made.value.id })}
          onClose={() => {
            made.value = null;
          }}
        >
          <p class="lead">{t("promote.lead", { masked: made.value.masked })}</p>
          {made.value.notes.map((note) => (
            <p class="hint" key={note}>
              {note}
            </p>
          ))}
          <textarea
            class="code"
            rows={14}
            readOnly
            aria-label={t("promote.title", { id: made.value.id })}
            value={made.value.fixture}
          />
          {made.value.tape !== null && (
            <textarea class="code" rows={8} readOnly aria-label={t("promote.tape")} value={made.value.tape} />
          )}
        </Dialog>
      )}
    </>
  );
}
