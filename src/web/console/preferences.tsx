import { showHelp } from "./help.tsx";
import { Icon } from "./icons.tsx";
import { me, signOut } from "./session.ts";
import { THEMES, type Theme, theme } from "./theme.ts";
import { type Lang, lang, speak, t } from "./words.ts";

/** Who is here, and how the console looks and speaks to them. */
export function Preferences() {
  const who = me.value;
  return (
    <div class="prefs">
      <div class="prefs-row">
        <LanguageChoice />
        <ThemeChoice />
      </div>
      <div class="prefs-row">
        <p class="whoami">
          <strong>{who?.name}</strong>
          <small>{who && t(`role.${who.role}`)}</small>
        </p>
        <button type="button" class="quiet" onClick={showHelp} title={t("help.title")}>
          <Icon name="help" />
          <span class="hidden">{t("help.title")}</span>
        </button>
        <button type="button" class="quiet" onClick={() => void signOut()} title={t("shell.sign-out")}>
          <Icon name="out" />
          <span class="hidden">{t("shell.sign-out")}</span>
        </button>
      </div>
    </div>
  );
}

export function LanguageChoice() {
  return (
    <select
      class="small"
      aria-label={t("shell.language")}
      value={lang.value}
      onChange={({ currentTarget }) => speak(currentTarget.value as Lang)}
    >
      <option value="en" lang="en">
        English
      </option>
      <option value="ko" lang="ko">
        한국어
      </option>
    </select>
  );
}

export function ThemeChoice() {
  return (
    <select
      class="small"
      aria-label={t("shell.theme")}
      value={theme.value}
      onChange={({ currentTarget }) => {
        theme.value = currentTarget.value as Theme;
      }}
    >
      {THEMES.map((name) => (
        <option key={name} value={name}>
          {t(`theme.${name}`)}
        </option>
      ))}
    </select>
  );
}
