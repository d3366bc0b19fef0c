import { useId } from "preact/hooks";
import { minorOf } from "./figures.ts";
import { blank, choicesOf, type Path, plain, type Schema, type Value } from "./schema.ts";
import { isKey, t } from "./words.ts";

interface FieldProps {
  readonly root: Schema;
  readonly schema: Schema;
  readonly value: Value | undefined;
  readonly path: Path;
  readonly label: string;
  readonly required: boolean;
  /** What is wrong, by path. */
  readonly problems: ReadonlyMap<string, string>;
  /** Amounts are asked for in whole units of this currency, as people write them. */
  readonly currency: string;
  /** Undefined takes a value away that may be left out. */
  onChange(path: Path, value: Value | undefined): void;
}

/** A form made from a JSON Schema: a field for every property, named and bounded as the schema says. */
export function SchemaForm(props: FieldProps) {
  const { schema, nullable } = plain(props.schema, props.root);
  const optional = nullable || !props.required;
  if (optional && (props.value === undefined || props.value === null) && isNest(schema))
    return <Absent {...props} />;
  if (schema.type === "object") return <Group {...props} schema={schema} optional={optional} />;
  if (schema.type === "array") return <List {...props} schema={schema} />;
  return <Field {...props} schema={schema} optional={optional} />;
}

function isNest({ type }: Schema): boolean {
  return type === "object" || type === "array";
}

/** What may be left out is, until it is asked for. */
function Absent({ schema, root, path, label, onChange }: FieldProps) {
  const inner = plain(schema, root).schema;
  return (
    <button type="button" class="link" onClick={() => onChange(path, blank(inner, root))}>
      {t("form.add", { name: label })}
    </button>
  );
}

function Group(props: FieldProps & { optional: boolean }) {
  const { schema, value, path, label, onChange, optional } = props;
  const values = (typeof value === "object" && value !== null ? value : {}) as Record<string, Value>;
  return (
    <fieldset class={path.length === 0 ? "form-root" : "form-group"}>
      <legend class={path.length === 0 ? "hidden" : undefined}>
        {label}
        {optional && path.length > 0 && (
          <button type="button" class="link" onClick={() => onChange(path, undefined)}>
            {t("form.remove", { name: label })}
          </button>
        )}
      </legend>
      {Object.entries(schema.properties ?? {})
        .filter(([, inner]) => inner.const === undefined)
        .map(([key, inner]) => (
          <SchemaForm
            {...props}
            key={key}
            schema={inner}
            value={values[key]}
            path={[...path, key]}
            label={labelOf(key, inner)}
            required={schema.required?.includes(key) ?? false}
          />
        ))}
      <Wrong {...props} />
    </fieldset>
  );
}

function List(props: FieldProps) {
  const { schema, root, value, path, label, onChange } = props;
  const items = Array.isArray(value) ? (value as readonly Value[]) : [];
  const inner = schema.items ?? {};
  return (
    <fieldset class="form-list">
      <legend>{label}</legend>
      {items.map((item, i) => (
        <div class="form-item" key={i}>
          <SchemaForm
            {...props}
            schema={inner}
            value={item}
            path={[...path, i]}
            label={`${label} ${i + 1}`}
            required
          />
          {items.length > (schema.minItems ?? 0) && (
            <button type="button" class="link" onClick={() => onChange([...path, i], undefined)}>
              {t("form.remove", { name: `${label} ${i + 1}` })}
            </button>
          )}
        </div>
      ))}
      {items.length < (schema.maxItems ?? Number.POSITIVE_INFINITY) && (
        <button
          type="button"
          class="link"
          onClick={() => onChange([...path, items.length], blank(inner, root))}
        >
          {t("form.add", { name: label })}
        </button>
      )}
      <Wrong {...props} />
    </fieldset>
  );
}

function Field(props: FieldProps & { optional: boolean }) {
  const { schema, value, path, label, problems, optional, currency, onChange } = props;
  const id = useId();
  const wrong = problems.get(path.join("."));
  const shared = {
    id,
    "aria-invalid": wrong !== undefined,
    "aria-describedby": `${id}-hint ${id}-wrong`,
    required: !optional,
  };
  const change = (next: Value) => onChange(path, next === "" && optional ? undefined : next);
  const name = String(path.at(-1));
  const choices = choicesOf(schema);
  return (
    <div class={schema.type === "boolean" ? "field field-check" : "field"}>
      <label for={id}>{label}</label>
      {choices ? (
        <select
          {...shared}
          value={String(value ?? "")}
          onChange={({ currentTarget }) => change(currentTarget.value)}
        >
          {optional && <option value="">–</option>}
          {choices.map((choice) => (
            <option key={choice.value} value={choice.value}>
              {choice.label}
            </option>
          ))}
        </select>
      ) : schema.type === "boolean" ? (
        <input
          {...shared}
          required={false}
          type="checkbox"
          checked={value === true}
          onChange={({ currentTarget }) => change(currentTarget.checked)}
        />
      ) : schema.type === "integer" || schema.type === "number" ? (
        <NumberInput
          shared={shared}
          schema={schema}
          value={value}
          money={isMoney(name) ? currency : null}
          onChange={change}
        />
      ) : (schema.maxLength ?? 0) > 200 ? (
        <textarea
          {...shared}
          rows={2}
          maxLength={schema.maxLength}
          value={String(value ?? "")}
          onInput={({ currentTarget }) => change(currentTarget.value)}
        />
      ) : (
        <input
          {...shared}
          maxLength={schema.maxLength}
          value={String(value ?? "")}
          onInput={({ currentTarget }) => change(currentTarget.value)}
        />
      )}
      {schema.description && (
        <p class="hint" id={`${id}-hint`}>
          {schema.description}
        </p>
      )}
      <p class="wrong" id={`${id}-wrong`} role="alert">
        {wrong}
      </p>
    </div>
  );
}

interface NumberInputProps {
  readonly shared: object;
  readonly schema: Schema;
  readonly value: Value | undefined;
  readonly money: string | null;
  onChange(value: Value): void;
}

/** What is no number yet stays as it was typed, for the gateway to say what is wrong with it. */
function NumberInput({ shared, schema, value, money, onChange }: NumberInputProps) {
  const factor = money === null ? 1 : minorOf(money);
  const shown = typeof value === "number" ? String(value / factor) : String(value ?? "");
  return (
    <input
      {...shared}
      type="number"
      inputMode="decimal"
      class="amount"
      step={1 / factor}
      min={schema.minimum === undefined ? undefined : schema.minimum / factor}
      value={shown}
      onInput={({ currentTarget }) => {
        const { value: text, valueAsNumber } = currentTarget;
        onChange(text === "" || Number.isNaN(valueAsNumber) ? text : Math.round(valueAsNumber * factor));
      }}
    />
  );
}

function Wrong({ path, problems }: FieldProps) {
  const wrong = problems.get(path.join("."));
  return (
    <p class="wrong" role="alert">
      {wrong}
    </p>
  );
}

function isMoney(name: string): boolean {
  return /(?:^|_)(?:price|amount|total|fee)$/.test(name);
}

/** The schema's own title; else the console's word for it; else the property's name, spelt out. */
function labelOf(key: string, { title }: Schema): string {
  if (title) return title;
  const word = `field.${key}`;
  if (isKey(word)) return t(word);
  return key.replaceAll("_", " ").replace(/^./, (letter) => letter.toUpperCase());
}
