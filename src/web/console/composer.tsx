import { useSignal } from "@preact/signals";
import { useEffect, useId, useRef } from "preact/hooks";
import type { ParleyFault } from "../../protocol/codes.ts";
import { sendsOnEnter } from "../enter.ts";
import * as api from "./api.ts";
import { Choices } from "./choices.tsx";
import { newId } from "./ids.ts";
import * as lease from "./lease.ts";
import { tell } from "./notices.ts";
import { Refusal } from "./refusal.tsx";
import { asFault } from "./request.ts";
import { type, typed } from "./typed.ts";
import { t } from "./words.ts";

const TO = ["customer", "agent"] as const;
/** As many as the gateway takes (BOUNDS). */
const TEXT_CHARS = 4_000;
const NOTE_CHARS = 400;
type To = (typeof TO)[number];

/** Words of a person: to the customer while the conversation is held, or whispered to the agent at any time. */
export function Composer({ session }: { session: string }) {
  const holds = lease.holds(session);
  const chosen = useSignal<To | null>(null);
  // What was typed for the customer stays in sight when the lease is lost.
  const toCustomer = holds || typed(`${session} customer`) !== "";
  const to: To = toCustomer ? (chosen.value ?? "customer") : "agent";
  const may = holds || to === "agent";
  const sending = useSignal<{ readonly key: string; readonly text: string } | null>(null);
  const fault = useSignal<ParleyFault | null>(null);
  const suggested = useSignal<string | null>(null);
  const id = useId();
  const box = useRef<HTMLTextAreaElement>(null);
  const place = `${session} ${to}`;
  useEffect(() => {
    const field = box.current;
    if (field) sendsOnEnter(field, () => field.form?.requestSubmit());
  }, []);

  const send = async () => {
    const text = (box.current?.value ?? "").trim();
    if (text === "" || sending.value || !may) return;
    // The same words that did not get through go again under the same key.
    const key = failed.get(place)?.text === text ? (failed.get(place)?.key ?? newId()) : newId();
    sending.value = { key, text };
    type(place, "");
    try {
      if (to === "customer") await lease.say(session, key, text);
      else await api.whisper(session, key, text);
      failed.delete(place);
      fault.value = null;
      if (to === "agent") tell(t("composer.whispered"));
    } catch (error) {
      fault.value = asFault(error);
      failed.set(place, { key, text });
      type(place, typed(place) === "" ? text : `${text}\n${typed(place)}`);
    }
    sending.value = null;
  };
  const draft = async () => {
    try {
      suggested.value = (await api.draft(session, lease.leaseOf(session)?.lease)).text;
      fault.value = null;
    } catch (error) {
      fault.value = asFault(error);
    }
  };

  return (
    <form
      class={`composer composer-${to}`}
      onSubmit={(event) => {
        event.preventDefault();
        void send();
      }}
    >
      <div class="composer-head">
        <Choices
          label={t("composer.to")}
          options={TO.map((value) => ({
            value,
            name: t(`composer.to-${value}`),
            disabled: value === "customer" && !toCustomer,
          }))}
          chosen={to}
          onChoose={(value) => {
            chosen.value = value;
          }}
        />
        <button type="button" class="quiet" onClick={() => void draft()}>
          {t("composer.draft")}
        </button>
      </div>
      {suggested.value !== null && (
        <Suggestion
          text={suggested.value}
          onTake={() => {
            type(`${session} customer`, suggested.value ?? "");
            if (holds) chosen.value = "customer";
            suggested.value = null;
          }}
          onLeave={() => {
            suggested.value = null;
          }}
        />
      )}
      <label class="hidden" for={id}>
        {t(`composer.to-${to}`)}
      </label>
      <div class="composer-line">
        <textarea
          id={id}
          ref={box}
          rows={2}
          maxLength={to === "customer" ? TEXT_CHARS : NOTE_CHARS}
          value={typed(place)}
          placeholder={t(`composer.placeholder-${to}`)}
          aria-describedby={`${id}-hint`}
          onInput={({ currentTarget }) => type(place, currentTarget.value)}
        />
        <button
          type="submit"
          class="primary"
          disabled={!may || sending.value !== null || typed(place).trim() === ""}
        >
          {t(to === "customer" ? "composer.send" : "composer.whisper")}
        </button>
      </div>
      <p class="hint" id={`${id}-hint`}>
        {t(holds ? `composer.hint-${to}` : "composer.hint-take")}
      </p>
      <Refusal fault={fault.value} />
    </form>
  );
}

/** Words that did not get through, with the key they were sent under. */
const failed = new Map<string, { readonly key: string; readonly text: string }>();

interface SuggestionProps {
  readonly text: string;
  onTake(): void;
  onLeave(): void;
}

/** The agent's words, beside what was typed: it replaces nothing unasked. */
function Suggestion({ text, onTake, onLeave }: SuggestionProps) {
  return (
    <div class="suggestion" role="status">
      {/* biome-ignore lint/a11y/noNoninteractiveTabindex: what scrolls has to be reached by keyboard */}
      <p class="text" tabIndex={0}>
        {text}
      </p>
      <p class="buttons">
        <button type="button" onClick={onTake}>
          {t("composer.use")}
        </button>
        <button type="button" class="quiet" onClick={onLeave}>
          {t("composer.leave")}
        </button>
      </p>
    </div>
  );
}
