import type { ComponentChildren } from "preact";
import { useEffect, useRef } from "preact/hooks";
import { Icon } from "./icons.tsx";
import * as inbox from "./inbox-rows.ts";
import { listen } from "./live.ts";
import { notice } from "./notices.ts";
import { Preferences } from "./preferences.tsx";
import { at, route } from "./route.ts";
import { may, me } from "./session.ts";
import { waitingApprovals, waitingPeople } from "./waiting.ts";
import { lang, t } from "./words.ts";

/** The pages, in order, and the least role that may see each. */
export const PAGES = [
  { name: "inbox", role: "viewer" },
  { name: "approvals", role: "viewer" },
  { name: "gaps", role: "viewer" },
  { name: "insights", role: "viewer" },
  { name: "limits", role: "manager" },
  { name: "lab", role: "viewer" },
] as const;

/** What stands around every page: where one can go, who one is, what was done. */
export function Shell({ children }: { children: ComponentChildren }) {
  const main = useRef<HTMLElement>(null);
  // On every page: whoever has the console open is there for customers who ask for a person.
  useEffect(() => listen({ row: inbox.put, counts: inbox.count, missed: inbox.reload }), [me.value]);
  return (
    <div class="shell">
      <button type="button" class="skip" onClick={() => main.current?.focus()}>
        {t("shell.skip")}
      </button>
      <header class="side">
        <p class="brand">
          <span class="brand-mark" aria-hidden="true">
            P
          </span>
          <span>
            <strong>{vendorName()}</strong>
            <small>{t("shell.product")}</small>
          </span>
        </p>
        <Navigation />
        <Preferences />
      </header>
      <main id="main" class="main" tabIndex={-1} ref={main}>
        {children}
      </main>
      <p class="notice" role="status">
        {notice.value?.text}
      </p>
    </div>
  );
}

function Navigation() {
  const waiting: Partial<Record<string, number>> = {
    inbox: waitingPeople.value,
    approvals: waitingApprovals.value,
  };
  const here = route.value.page === "conversation" ? "inbox" : route.value.page;
  return (
    <nav class="nav" aria-label={t("shell.pages")}>
      <ul>
        {PAGES.filter(({ role }) => may(role)).map(({ name }) => (
          <li key={name}>
            <a href={at(name)} aria-current={here === name ? "page" : undefined}>
              <Icon name={name} />
              <span class="nav-name">{t(`page.${name}`)}</span>
              {(waiting[name] ?? 0) > 0 && (
                <span class="count" title={t("shell.waiting", { count: waiting[name] ?? 0 })}>
                  {waiting[name]}
                </span>
              )}
            </a>
          </li>
        ))}
      </ul>
    </nav>
  );
}

/** The head of a page. Whoever comes to it by keyboard or screen reader begins here. */
export function Head({ title, children }: { title: string; children?: ComponentChildren }) {
  const heading = useRef<HTMLHeadingElement>(null);
  const { page, id } = route.value;
  const place = `${page} ${id}`;
  useEffect(() => {
    heading.current?.focus({ preventScroll: true });
  }, [place]);
  useEffect(() => {
    document.title = `${title} · ${vendorName()}`;
  }, [title]);
  return (
    <div class="head">
      <h1 ref={heading} tabIndex={-1}>
        {title}
      </h1>
      {children}
    </div>
  );
}

function vendorName(): string {
  const name = me.value?.vendor.name ?? {};
  return name[lang.value] ?? name.en ?? name.ko ?? "";
}
