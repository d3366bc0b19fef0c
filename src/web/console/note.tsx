import { useSignal } from "@preact/signals";
import { useId } from "preact/hooks";
import { Dialog } from "./dialog.tsx";
import { t } from "./words.ts";

interface NoteProps {
  /** What it goes with: a rejection, whose reason the buyer reads, or a hand-back, with what the agent is to know. */
  readonly of: "reject" | "hand-back";
  onNote(note: string): void;
  onClose(): void;
}

/** A deed and some words to go with it. */
export function Note({ of, onNote, onClose }: NoteProps) {
  const note = useSignal("");
  const id = useId();
  const required = of === "reject";
  return (
    <Dialog title={t(`deed.${of}`)} onClose={onClose}>
      <form
        class="stack"
        onSubmit={(event) => {
          event.preventDefault();
          onNote(note.value.trim());
        }}
      >
        <div class="field">
          <label for={id}>{t(`deed.${of}-label`)}</label>
          <textarea
            id={id}
            rows={3}
            required={required}
            maxLength={400}
            aria-describedby={`${id}-hint`}
            value={note.value}
            onInput={({ currentTarget }) => {
              note.value = currentTarget.value;
            }}
          />
          <p class="hint" id={`${id}-hint`}>
            {t(`deed.${of}-hint`)}
          </p>
        </div>
        <p class="buttons">
          <button
            type="submit"
            class={required ? "danger" : "primary"}
            // A note is not asked of anybody: the same key twice hands back.
            autofocus={!required}
            disabled={required && note.value.trim() === ""}
          >
            {t(`deed.${of}`)}
          </button>
          <button type="button" class="quiet" onClick={onClose}>
            {t("act.cancel")}
          </button>
        </p>
      </form>
    </Dialog>
  );
}
