import { button, h, setText } from "./dom.ts";
import { named } from "./figures.ts";
import { words } from "./words.ts";

/** An input by its properties; `label` where it is not called as `words.field` has its name. */
export interface Field extends Partial<Pick<HTMLInputElement, Given>> {
  readonly name: string;
  readonly label?: string;
  readonly value?: string | undefined;
}
type Given = "type" | "min" | "max" | "minLength" | "pattern" | "required" | "inputMode" | "autocomplete";

/** What was filled in, trimmed; what was left empty is absent. */
export type Filled = Readonly<Record<string, string>>;

interface Asked {
  readonly title: string;
  readonly text?: string | false;
  readonly content?: Node[];
  readonly fields?: readonly Field[];
  /** What the button says that answers; without it there is only one to leave. */
  readonly yes?: string;
}

/**
 * A modal dialog: the browser keeps the focus in it and gives it back after. Resolves with what `read` makes of the fields, or null
 * when it was left. A wrong field is named in words, marked and gone to; `read` throws the name of one that it finds wrong.
 */
export function ask<T>(
  host: ParentNode,
  { title, text = "", content = [], fields = [], yes }: Asked,
  read: (filled: Filled) => T,
): Promise<T | null> {
  const { promise, resolve } = Promise.withResolvers<T | null>();
  const rows = fields.map((field) => {
    const { label = named(words.field, field.name) } = field;
    const error = h("small.error", { role: "alert", hidden: true });
    const input = h("input.input", { ...field, value: field.value ?? "" });
    return { input, error, label, line: h("label.field", label, input, error) };
  });
  const wrong = (at: string, why: string) => {
    for (const { input, error, label } of rows) {
      const here = input.name === at;
      setText(error, here ? `${why} ${label}` : "");
      input.ariaInvalid = String(here);
      if (here) input.focus();
    }
  };
  const onsubmit = (event: Event) => {
    event.preventDefault();
    const bad = rows.find(({ input }) => !input.checkValidity())?.input;
    if (bad) return wrong(bad.name, bad.validity.valueMissing ? words.needed : words.wrong);
    const filled = rows.map(({ input }) => [
      input.name,
      input.type === "checkbox" ? (input.checked ? "on" : "") : input.value.trim(),
    ]);
    try {
      resolve(read(Object.fromEntries(filled.filter(([, value]) => value))));
      dialog.close();
    } catch (name) {
      wrong(String(name), words.wrong);
    }
  };
  const onclose = () => {
    resolve(null);
    dialog.remove();
  };
  const buttons = h(
    "div.buttons",
    yes && h("button.main", yes),
    button(yes ? words.cancel : words.done, () => dialog.close()),
  );
  const form = h(
    "form",
    { noValidate: true, onsubmit },
    rows.map(({ line }) => line),
    buttons,
  );
  const dialog = h(
    "dialog.dialog",
    { ariaLabel: title, onclose },
    h("h2", title),
    text && h("p", text),
    content,
    form,
  );
  host.append(dialog);
  dialog.showModal();
  return promise;
}
