import type { ComponentChildren } from "preact";
import { useEffect, useId, useRef } from "preact/hooks";
import { Icon } from "./icons.tsx";
import { t } from "./words.ts";

interface DialogProps {
  readonly title: string;
  readonly children: ComponentChildren;
  /** Absent where it cannot be left alone. */
  readonly onClose?: () => void;
}

/** In front of the page until it is closed; the browser keeps the focus inside and gives it back. */
export function Dialog({ title, children, onClose }: DialogProps) {
  const dialog = useRef<HTMLDialogElement>(null);
  const label = useId();
  useEffect(() => {
    dialog.current?.showModal();
  }, []);
  return (
    <dialog
      ref={dialog}
      aria-labelledby={label}
      onCancel={(event) => {
        event.preventDefault();
        onClose?.();
      }}
    >
      <div class="dialog-head">
        <h2 id={label}>{title}</h2>
        {onClose && (
          <button type="button" class="quiet" onClick={onClose}>
            <Icon name="close" />
            <span class="hidden">{t("act.close-dialog")}</span>
          </button>
        )}
      </div>
      {children}
    </dialog>
  );
}
