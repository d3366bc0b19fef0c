import type { ComponentType } from "preact";
import { ApprovalsPage } from "./approvals.tsx";
import { ConversationPage } from "./conversation.tsx";
import { Dialog } from "./dialog.tsx";
import { GapsPage } from "./gaps.tsx";
import { Help, showHelp } from "./help.tsx";
import { InboxPage } from "./inbox.tsx";
import { InsightsPage } from "./insights.tsx";
import { useKeys } from "./keys.ts";
import { LabPage } from "./lab.tsx";
import { LimitsPage } from "./limits.tsx";
import { Refusal } from "./refusal.tsx";
import { at, route } from "./route.ts";
import { ended, may, me, unreachable, whoIsHere } from "./session.ts";
import { Head, PAGES, Shell } from "./shell.tsx";
import { SignInForm, SignInPage } from "./signin.tsx";
import { t } from "./words.ts";

const VIEWS: Readonly<Record<string, ComponentType<{ id: string }>>> = {
  inbox: InboxPage,
  conversation: ConversationPage,
  approvals: ApprovalsPage,
  gaps: GapsPage,
  insights: InsightsPage,
  limits: LimitsPage,
  lab: LabPage,
};

export function App() {
  useKeys({ "?": showHelp });
  if (me.value === undefined) return <Arriving />;
  if (me.value === null) return <SignInPage />;
  return (
    <>
      <Shell>
        <Page />
      </Shell>
      <Help />
      {ended.value && (
        <Dialog title={t("signin.again")}>
          <p>{t("signin.kept")}</p>
          <SignInForm />
        </Dialog>
      )}
    </>
  );
}

function Page() {
  const { page, id } = route.value;
  const View = VIEWS[page];
  const needs = PAGES.find(({ name }) => name === page)?.role ?? "viewer";
  if (!View || (page === "conversation" && !id)) return <Nowhere />;
  if (!may(needs)) return <NotYours needs={needs} />;
  return <View key={`${page} ${id}`} id={id ?? ""} />;
}

function Nowhere() {
  return (
    <>
      <Head title={t("page.nowhere")} />
      <p class="empty">
        <a href={at("inbox")}>{t("page.inbox")}</a>
      </p>
    </>
  );
}

function NotYours({ needs }: { needs: (typeof PAGES)[number]["role"] }) {
  return (
    <>
      <Head title={t("page.not-yours")} />
      <p class="empty">{t("page.needs", { role: t(`role.${needs}`) })}</p>
    </>
  );
}

function Arriving() {
  return (
    <main class="signin">
      <h1 class="hidden">Parley</h1>
      <p role="status">{unreachable.value ? "" : t("shell.arriving")}</p>
      <Refusal fault={unreachable.value} />
      {unreachable.value && (
        <button type="button" onClick={() => void whoIsHere()}>
          {t("act.again")}
        </button>
      )}
    </main>
  );
}
