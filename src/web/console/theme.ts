import { effect, signal } from "@preact/signals";

export const THEMES = ["system", "light", "dark", "contrast"] as const;
export type Theme = (typeof THEMES)[number];

const KEPT = "parley.console.theme";
const kept = THEMES.find((name) => name === localStorage.getItem(KEPT));

/** What was chosen here; `system` follows the browser. */
export const theme = signal<Theme>(kept ?? "system");

const more = matchMedia("(prefers-contrast: more)");
const contrasts = signal(more.matches);
more.addEventListener("change", () => {
  contrasts.value = more.matches;
});

/** The page's root says what the style sheet shall follow. */
effect(() => {
  const { dataset } = document.documentElement;
  dataset.theme = theme.value;
  dataset.contrast = String(theme.value === "contrast" || (theme.value === "system" && contrasts.value));
  localStorage.setItem(KEPT, theme.value);
});
