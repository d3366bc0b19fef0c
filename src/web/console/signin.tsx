import { useSignal } from "@preact/signals";
import { useId } from "preact/hooks";
import type { ParleyFault } from "../../protocol/codes.ts";
import * as api from "./api.ts";
import { leave, turnedDown } from "./away.ts";
import { LanguageChoice, ThemeChoice } from "./preferences.tsx";
import { Refusal } from "./refusal.tsx";
import { asFault } from "./request.ts";
import { signIn, ways } from "./session.ts";
import { t } from "./words.ts";

/** The first page of somebody nobody knows yet. */
export function SignInPage() {
  return (
    <main class="signin">
      <div class="signin-card">
        <p class="brand">
          <span class="brand-mark" aria-hidden="true">
            P
          </span>
          <strong>{t("shell.product")}</strong>
        </p>
        <h1>{t("signin.title")}</h1>
        <SignInForm />
      </div>
      <div class="prefs-row">
        <LanguageChoice />
        <ThemeChoice />
      </div>
    </main>
  );
}

/** By the identity provider where there is one, else by a token that the gateway printed. */
export function SignInForm() {
  const token = useSignal("");
  const fault = useSignal<ParleyFault | null>(null);
  const busy = useSignal(false);
  const id = useId();
  const submit = async (event: Event) => {
    event.preventDefault();
    busy.value = true;
    try {
      await signIn(token.value.trim());
    } catch (error) {
      fault.value = asFault(error);
    }
    busy.value = false;
  };
  return (
    <>
      {ways.value.includes("oidc") && (
        <>
          {turnedDown.value && (
            <p class="refusal" role="alert">
              {t(turnedDown.value)}
            </p>
          )}
          <a class="button primary wide" href={api.OIDC} onClick={leave}>
            {t("signin.oidc")}
          </a>
          <p class="or">{t("signin.or")}</p>
        </>
      )}
      <form class="stack" onSubmit={submit}>
        <div class="field">
          <label for={id}>{t("signin.token")}</label>
          <input
            id={id}
            type="password"
            autocomplete="current-password"
            required
            value={token.value}
            aria-describedby={`${id}-hint ${id}-fault`}
            aria-invalid={fault.value !== null}
            onInput={({ currentTarget }) => {
              token.value = currentTarget.value;
              fault.value = null;
            }}
          />
          <Refusal id={`${id}-fault`} fault={fault.value} />
          <p class="hint" id={`${id}-hint`}>
            {t("signin.hint")}
          </p>
        </div>
        <button type="submit" class="primary wide" disabled={busy.value || token.value.trim() === ""}>
          {t("signin.enter")}
        </button>
      </form>
    </>
  );
}
