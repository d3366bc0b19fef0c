import { effect } from "@preact/signals";
import { render } from "preact";
import { App } from "./app.tsx";
import { keepFocus } from "./focus.ts";
import { whoIsHere } from "./session.ts";
import { lang } from "./words.ts";

effect(() => {
  document.documentElement.lang = lang.value;
});
const root = document.getElementById("console");
if (root) render(<App />, root);
keepFocus();
void whoIsHere();
