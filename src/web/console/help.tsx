import { signal } from "@preact/signals";
import { Dialog } from "./dialog.tsx";
import { keysOn, turnKeys } from "./keys.ts";
import { type Key, t } from "./words.ts";

const shown = signal(false);

export function showHelp(): void {
  shown.value = true;
}

const KEYS: readonly (readonly [string, Key])[] = [
  ["j", "help.next"],
  ["k", "help.previous"],
  ["Enter", "help.open"],
  ["/", "help.search"],
  ["t", "help.take"],
  ["h", "help.hand-back"],
  ["a", "help.approve"],
  ["u", "help.back"],
  ["?", "help.help"],
];

/** Every key there is, and the switch that turns them off. */
export function Help() {
  if (!shown.value) return null;
  return (
    <Dialog
      title={t("help.title")}
      onClose={() => {
        shown.value = false;
      }}
    >
      <dl class="keys">
        {KEYS.map(([key, meaning]) => (
          <div key={key}>
            <dt>
              <kbd>{key}</kbd>
            </dt>
            <dd>{t(meaning)}</dd>
          </div>
        ))}
      </dl>
      <label class="check">
        <input
          type="checkbox"
          checked={keysOn.value}
          onChange={({ currentTarget }) => turnKeys(currentTarget.checked)}
        />
        {t("help.keys-on")}
      </label>
    </Dialog>
  );
}
