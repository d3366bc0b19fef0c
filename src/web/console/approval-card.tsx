import { useSignal } from "@preact/signals";
import type { Approval } from "../../protocol/bodies.ts";
import * as approvals from "./approvals-queue.ts";
import { CounterForm } from "./counter-form.tsx";
import { clock, duration, instant, money, percent } from "./figures.ts";
import { Note } from "./note.tsx";
import { now } from "./now.ts";
import { at } from "./route.ts";
import { approves } from "./session.ts";
import { t } from "./words.ts";

type Order = Approval["intent"];
type Open = "none" | "editing" | "rejecting";

/** One order: what would be bound, why it waits, how long it still may, and a person's answer. */
export function ApprovalCard({ approval: { intent, waits } }: { approval: Approval }) {
  const open = useSignal<Open>("none");
  const outcome = approvals.outcomes.value.get(intent.id);
  const { currency, totals, buyer } = intent;
  const show = (what: Open) => {
    open.value = what;
  };
  return (
    <li class={`card ${outcome?.ok ? "card-done" : ""}`} data-intent={intent.id} tabIndex={-1}>
      <header class="card-head">
        {approves.value && !outcome?.ok && (
          <label class="check">
            <input
              type="checkbox"
              checked={approvals.chosen.value.has(intent.id)}
              onChange={({ currentTarget }) => approvals.choose(intent.id, currentTarget.checked)}
            />
            <span class="hidden">{t("approvals.choose", { id: intent.id })}</span>
          </label>
        )}
        <h2>
          <span class="amount">{money(totals.total, currency)}</span>
          <small>
            {intent.payer.name} · {t(`kind.${buyer.kind}`)} · {t(`tier.${buyer.tier}` as "tier.anonymous")}
          </small>
        </h2>
        {!outcome?.ok && <Expiry at={intent.expires_at} />}
      </header>
      <p class="why">{whyOf(waits, currency)}</p>
      <Lines order={intent} />
      <p class="facts-line">
        <span>
          {t("approvals.ship-to")}:{" "}
          {[intent.ship_to.name, intent.ship_to.city, intent.ship_to.country].filter(Boolean).join(", ")}
        </span>
        {intent.purchase_order && (
          <span>
            {t("approvals.reference")}: {intent.purchase_order}
          </span>
        )}
        <a href={at("conversation", intent.session)}>{t("approvals.conversation")}</a>
        <code>{intent.id}</code>
      </p>
      {outcome && (
        <p class={outcome.ok ? "done" : "refusal"} role="status">
          {outcome.text}
        </p>
      )}
      {approves.value && !outcome?.ok && open.value !== "editing" && (
        <p class="buttons">
          <button
            type="button"
            class="primary"
            aria-keyshortcuts="a"
            onClick={() => void approvals.decide(intent.id, "approve")}
          >
            {t("approvals.approve")}
          </button>
          <button type="button" onClick={() => show("editing")}>
            {t("approvals.edit")}
          </button>
          <button type="button" class="quiet" onClick={() => show("rejecting")}>
            {t("approvals.reject")}
          </button>
        </p>
      )}
      {open.value === "editing" && !outcome?.ok && (
        <CounterForm order={intent} onClose={() => show("none")} />
      )}
      {open.value === "rejecting" && (
        <Note
          of="reject"
          onNote={(note) => {
            show("none");
            void approvals.decide(intent.id, "decline", note);
          }}
          onClose={() => show("none")}
        />
      )}
    </li>
  );
}

function whyOf({ why, above }: Approval["waits"], currency: string): string {
  return t(`approvals.${why}`, { above: above === undefined ? "" : money(above, currency) });
}

function Expiry({ at }: { at: string }) {
  const left = Date.parse(at) - now.value;
  const soon = left < 3_600_000;
  return (
    <p class={soon ? "expiry soon" : "expiry"} title={instant(at)}>
      {left <= 0
        ? t("approvals.expired")
        : t("approvals.expires", { in: soon ? clock(left) : duration(left) })}
    </p>
  );
}

function Lines({ order: { lines, discounts, totals, tax, currency, terms } }: { order: Order }) {
  const list = lines.reduce((sum, { list_price, quantity }) => sum + list_price * quantity, 0);
  const given = list - (totals.goods - totals.discounts);
  return (
    <div class="scrolls">
      <table class="lines">
        <caption class="hidden">{t("approvals.lines")}</caption>
        <thead>
          <tr>
            <th scope="col">{t("approvals.product")}</th>
            <th scope="col" class="amount">
              {t("approvals.quantity")}
            </th>
            <th scope="col" class="amount">
              {t("approvals.list-price")}
            </th>
            <th scope="col" class="amount">
              {t("approvals.unit-price")}
            </th>
          </tr>
        </thead>
        <tbody>
          {lines.map((line) => (
            <tr key={`${line.sku} ${line.gift}`}>
              <th scope="row">
                {line.title} <small>{line.sku}</small>{" "}
                {line.gift && <span class="chip">{t("approvals.gift")}</span>}
              </th>
              <td class="amount">{line.quantity}</td>
              <td class="amount">{money(line.list_price, currency)}</td>
              <td class="amount">{money(line.unit_price, currency)}</td>
            </tr>
          ))}
        </tbody>
      </table>
      <p class="facts-line">
        <span>
          {t("approvals.off-list")}: {list > 0 ? percent(Math.round((given / list) * 10_000)) : "–"}
        </span>
        {discounts.map(({ id, kind, amount }) => (
          <span key={id}>
            {t(`discount.${kind}`)}: −{money(amount, currency)}
          </span>
        ))}
        <span>
          {t("approvals.tax")}: {money(tax.amount, currency)}
        </span>
        <span>
          {t("approvals.terms", {
            delivery: terms.delivery.days_max,
            warranty: terms.warranty.months,
            payment:
              terms.payment.days === 0
                ? t("approvals.prepaid")
                : t("approvals.paid-in", { days: terms.payment.days }),
          })}
        </span>
      </p>
    </div>
  );
}
