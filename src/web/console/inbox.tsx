import { useEffect, useRef } from "preact/hooks";
import type { Row } from "../../protocol/staff.ts";
import { Choices } from "./choices.tsx";
import { STATES } from "./contract.ts";
import { Discount } from "./discount.tsx";
import { duration, money } from "./figures.ts";
import { Icon } from "./icons.tsx";
import * as inbox from "./inbox-rows.ts";
import { useKeys } from "./keys.ts";
import { take } from "./lease.ts";
import { live } from "./live.ts";
import { tell } from "./notices.ts";
import { now } from "./now.ts";
import { Refusal } from "./refusal.tsx";
import { asFault } from "./request.ts";
import { at, filter, route } from "./route.ts";
import { may } from "./session.ts";
import { Head } from "./shell.tsx";
import { StateBadge } from "./state-badge.tsx";
import { t } from "./words.ts";

const SEARCH_AFTER_MS = 250;

/** Every conversation, as it goes on: who wants what, and where a person is wanted. */
export function InboxPage() {
  const { state = "", kind = "", lang = "", q = "" } = route.value.query;
  const list = useRef<HTMLTableSectionElement>(null);
  const search = useRef<HTMLInputElement>(null);
  useEffect(() => {
    const filters = { state, kind, lang, q };
    const timer = setTimeout(() => void inbox.load(filters), q ? SEARCH_AFTER_MS : 0);
    return () => clearTimeout(timer);
  }, [state, kind, lang, q]);
  useKeys({
    j: () => step(list.current, 1),
    k: () => step(list.current, -1),
    ...(may("agent") ? { t: () => takeFocused(list.current) } : {}),
    "/": () => search.current?.focus(),
  });
  const rows = inbox.rows.value;
  return (
    <>
      <Head title={t("page.inbox")}>
        <LiveSign />
      </Head>
      <StateTabs chosen={state} />
      <search class="filters">
        <label class="search">
          <Icon name="search" />
          <span class="hidden">{t("inbox.search")}</span>
          <input
            ref={search}
            type="search"
            value={q}
            placeholder={t("inbox.search")}
            onInput={({ currentTarget }) => filter({ q: currentTarget.value })}
            onKeyDown={({ key }) => key === "Escape" && list.current?.querySelector("a")?.focus()}
          />
        </label>
        <Choice label={t("inbox.who")} name="kind" value={kind} options={["person", "machine"]} />
        <Choice label={t("inbox.language")} name="lang" value={lang} options={["en", "ko"]} />
      </search>
      <Refusal fault={inbox.fault.value} />
      <Table rows={rows} list={list} />
      {rows.length === 0 && <p class="empty">{t(inbox.loading.value ? "inbox.loading" : "inbox.none")}</p>}
      {inbox.next.value && (
        <button type="button" onClick={() => void inbox.more()}>
          {t("act.more")}
        </button>
      )}
    </>
  );
}

/** Says nothing while all is well but to those who look. */
export function LiveSign() {
  return (
    <p class={`live live-${live.value}`} role="status">
      {t(`live.${live.value}`)}
    </p>
  );
}

function StateTabs({ chosen }: { chosen: string }) {
  const counts = inbox.counts.value;
  return (
    <Choices
      label={t("inbox.state")}
      options={(["", ...STATES] as const).map((value) => ({
        value,
        name: value === "" ? t("inbox.all") : t(`state.${value}`),
        count: value === "" ? undefined : counts?.[value],
      }))}
      chosen={chosen as "" | (typeof STATES)[number]}
      onChoose={(state) => filter({ state })}
    />
  );
}

interface ChoiceProps {
  readonly label: string;
  readonly name: "kind" | "lang";
  readonly value: string;
  readonly options: readonly ("person" | "machine" | "en" | "ko")[];
}

function Choice({ label, name, value, options }: ChoiceProps) {
  return (
    <select
      aria-label={label}
      value={value}
      onChange={({ currentTarget }) => filter({ [name]: currentTarget.value })}
    >
      <option value="">{`${label}: ${t("inbox.any")}`}</option>
      {options.map((option) => (
        <option key={option} value={option}>
          {t(`${name}.${option}` as "kind.person")}
        </option>
      ))}
    </select>
  );
}

function Table({ rows, list }: { rows: readonly Row[]; list: { current: HTMLTableSectionElement | null } }) {
  if (rows.length === 0) return null;
  return (
    <table class="inbox" aria-rowcount={rows.length + 1}>
      <caption class="hidden">{t("page.inbox")}</caption>
      <thead>
        <tr>
          <th scope="col">{t("inbox.who")}</th>
          <th scope="col">{t("inbox.state")}</th>
          <th scope="col">{t("inbox.last")}</th>
          <th scope="col" class="amount">
            {t("inbox.value")}
          </th>
          <th scope="col">{t("inbox.discount")}</th>
          <th scope="col" class="amount">
            {t("inbox.waiting")}
          </th>
        </tr>
      </thead>
      <tbody ref={list}>
        {rows.map((row) => (
          <Line key={row.session} row={row} />
        ))}
      </tbody>
    </table>
  );
}

function Line({ row }: { row: Row }) {
  const { who, value, waiting_since } = row;
  return (
    <tr class={`row row-${row.state}`}>
      <th scope="row">
        <a href={at("conversation", row.session)}>
          <Icon name={who.kind} />
          <span class="who">
            <span class="who-name">{nameOf(row)}</span>
            <small>
              {t(`kind.${who.kind}`)} · {t(`tier.${who.tier}` as "tier.anonymous")} ·{" "}
              <span lang={row.lang}>{row.lang}</span>
            </small>
          </span>
        </a>
      </th>
      <td>
        <StateBadge state={row.state} operator={row.operator} />
      </td>
      <td class="last">
        {row.last && (
          <span>
            <span class="by">{t(`by.${row.last.by}`)}</span> <span lang={row.lang}>{row.last.text}</span>
          </span>
        )}
      </td>
      <td class="amount">{value ? money(value.amount, value.currency) : "–"}</td>
      <td>
        <Discount given={row.discount_bp} allowed={row.allowed_bp} />
      </td>
      <td class={`amount wait ${waiting_since ? "waits" : ""}`}>
        {waiting_since ? duration(now.value - Date.parse(waiting_since)) : "–"}
      </td>
    </tr>
  );
}

/** What a principal is called: who shows nothing is told apart by the end of the session's id. */
export function nameOf({ who, session }: Pick<Row, "who" | "session">): string {
  const bare = who.principal.replace(/^[a-z]+:/, "");
  return who.principal === "anonymous" || who.tier === "anonymous" ? `#${session.slice(-6)}` : bare;
}

function focused(list: HTMLElement | null): HTMLAnchorElement | null {
  const { activeElement } = document;
  return list?.contains(activeElement) && activeElement instanceof HTMLAnchorElement ? activeElement : null;
}

/** Opens the conversation in focus and takes it; who refuses that says why. */
function takeFocused(list: HTMLElement | null): void {
  const link = focused(list);
  if (!link) return;
  const session = decodeURIComponent(link.hash.split("/")[2] ?? "");
  take(session).catch((error: unknown) => tell(asFault(error).message));
  link.click();
}

function step(list: HTMLElement | null, by: 1 | -1): void {
  const links = [...(list?.querySelectorAll("a") ?? [])];
  const here = links.indexOf(document.activeElement as HTMLAnchorElement);
  links[here < 0 ? 0 : Math.min(links.length - 1, Math.max(0, here + by))]?.focus();
}
