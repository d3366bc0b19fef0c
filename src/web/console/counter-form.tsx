import { useSignal } from "@preact/signals";
import { useEffect } from "preact/hooks";
import type { Approval } from "../../protocol/bodies.ts";
import type { ParleyFault } from "../../protocol/codes.ts";
import * as api from "./api.ts";
import * as approvals from "./approvals-queue.ts";
import { Refusal } from "./refusal.tsx";
import { asFault } from "./request.ts";
import { blank, problems, type Schema, type Value, withAt } from "./schema.ts";
import { SchemaForm } from "./schema-form.tsx";
import { lang, t } from "./words.ts";

/** What was typed for an order and not sent, for as long as this page is. */
const typed = new Map<string, Value>();

/** Staff's edit of an order: an offer of its own, judged like any other, which the buyer has to accept anew. */
export function CounterForm({ order, onClose }: { order: Approval["intent"]; onClose(): void }) {
  const schema = useSignal<Schema | null>(null);
  const value = useSignal<Value>(typed.get(order.id) ?? null);
  const fault = useSignal<ParleyFault | null>(null);
  const busy = useSignal(false);
  useEffect(() => {
    api.counterSchema(lang.value).then(
      (found) => {
        schema.value = found as Schema;
        value.value ??= startOf(order, found as Schema);
      },
      (error: unknown) => {
        fault.value = asFault(error);
      },
    );
  }, [order, lang.value]);
  const change = (next: Value) => {
    value.value = next;
    typed.set(order.id, next);
  };
  const send = async () => {
    busy.value = true;
    try {
      await approvals.counter(order.id, value.value as object);
      typed.delete(order.id);
    } catch (error) {
      fault.value = asFault(error);
    }
    busy.value = false;
  };
  const wrong =
    fault.value?.code === "bad_frame"
      ? problems(fault.value.message, (path) => has(value.value, path))
      : NONE;
  return (
    <form
      class="stack edit"
      noValidate
      onSubmit={(event) => {
        event.preventDefault();
        void send();
      }}
    >
      <h3>{t("approvals.edit-title")}</h3>
      <p class="hint">{t("approvals.edit-hint")}</p>
      {schema.value && (
        <SchemaForm
          root={schema.value}
          schema={schema.value}
          value={value.value}
          path={[]}
          label={t("approvals.edit-title")}
          required
          problems={wrong}
          currency={order.currency}
          onChange={(path, put) => change(withAt(value.value, path, put))}
        />
      )}
      <Refusal fault={wrong.size > 0 && !wrong.has("") ? null : fault.value} />
      <p class="buttons">
        <button type="submit" class="primary" disabled={busy.value || !schema.value}>
          {t("approvals.send-counter")}
        </button>
        <button type="button" class="quiet" onClick={onClose}>
          {t("act.cancel")}
        </button>
      </p>
    </form>
  );
}

const NONE: ReadonlyMap<string, string> = new Map();

function has(value: Value, path: string): boolean {
  let at: unknown = value;
  for (const key of path.split(".")) {
    if (typeof at !== "object" || at === null) return false;
    at = (at as Record<string, unknown>)[key];
  }
  return true;
}

/** The order as it stands, as far as the form asks for it. */
function startOf(order: Approval["intent"], schema: Schema): Value {
  const start = blank(schema, schema) as Record<string, Value>;
  const lines = order.lines
    .filter(({ gift }) => !gift)
    .map(({ sku, quantity, unit_price }) => ({ sku, quantity, unit_price }));
  const { delivery, warranty, payment, returns } = order.terms;
  const terms = { delivery: delivery.id, warranty: warranty.id, payment: payment.id, returns: returns.id };
  return { ...start, lines, ...(schema.properties?.terms ? { terms } : {}) };
}
