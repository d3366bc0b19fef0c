import { button, h, set, setText } from "./dom.ts";
import { named } from "./figures.ts";
import { words } from "./words.ts";

/** An input by its properties; `label` where it is not called as `words.field` has its name. */
export interface Field extends Partial<Pick<HTMLInputElement, Given>> {
  readonly name: string;
  readonly label?: string;
  readonly value?: string | number | undefined;
  readonly min?: number;
  readonly max?: number;
}
type Given = "type" | "minLength" | "pattern" | "required" | "inputMode" | "autocomplete";

/** What was filled in, trimmed; what was left empty is absent. */
export type Filled = Readonly<Record<string, string>>;

interface Asked {
  readonly title: string;
  readonly text?: string;
  readonly content?: readonly Node[];
  readonly fields?: readonly Field[];
  /** What the button says that answers; without it there is only one to leave. */
  readonly yes?: string;
}

/**
 * A modal dialog: the browser keeps the focus in it and gives it back after. `answered` throws the name of a field that it finds
 * wrong; such a one is named in words, marked and gone to.
 */
export function ask(
  host: ParentNode,
  { title, text, content, fields = [], yes }: Asked,
  answered: (filled: Filled) => void = () => {},
): void {
  const rows = fields.map((field) => ({
    label: named(words.field, field.name, field.label),
    error: h("small.error", { role: "alert", hidden: true }),
    input: h("input.input", { ...field, value: field.value ?? "" }),
  }));
  const wrong = (at: string, why: string) => {
    for (const { input, error, label } of rows) {
      const here = input.name === at;
      setText(error, here ? `${why} ${label}` : "");
      set(input, { ariaInvalid: here });
      if (here) input.focus();
    }
  };
  const onsubmit = (event: Event) => {
    event.preventDefault();
    const filled: Record<string, string> = {};
    for (const { input } of rows) {
      const { name, type, validity } = input;
      if (!validity.valid) return wrong(name, validity.valueMissing ? words.needed : words.wrong);
      const value = type === "checkbox" ? input.checked && "on" : input.value.trim();
      if (value) filled[name] = value;
    }
    try {
      answered(filled);
      dialog.close();
    } catch (name) {
      wrong(String(name), words.wrong);
    }
  };
  const dialog = h(
    "dialog.dialog",
    { ariaLabel: title, onclose: () => dialog.remove() },
    h("h2", title),
    text && h("p", text),
    content,
    h(
      "form",
      { noValidate: true, onsubmit },
      rows.map(({ label, input, error }) => h("label.field", label, input, error)),
      h(
        "div.buttons",
        yes && h("button.main", yes),
        button(yes ? words.cancel : words.done, () => dialog.close()),
      ),
    ),
  );
  host.append(dialog);
  dialog.showModal();
}
