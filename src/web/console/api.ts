import type { ApprovalPage, Decided, DecisionsResult } from "../../protocol/bodies.ts";
import type { GapAnswered, GapDraft, GapPage } from "../../protocol/gaps.ts";
import type { Insights } from "../../protocol/insights.ts";
import type { LabOverview, LabResult, LabRun, Promoted } from "../../protocol/lab.ts";
import type { LimitsLive, LimitsPreview } from "../../protocol/limits.ts";
import type { InboxPage, Me, SignedInResult } from "../../protocol/staff.ts";
import type { Draft, Note, Place, Taken } from "./contract.ts";
import { path, request } from "./request.ts";

type Query = Readonly<Record<string, string | number | null | undefined>>;

export const signIn = (token: string) => request<SignedInResult>("POST", "/v1/staff/sign-in", { token });
export const signOut = () => request<object>("POST", "/v1/staff/sign-out");
export const me = () => request<Me>("GET", "/v1/staff/me");

export const inbox = (query: Query) => request<InboxPage>("GET", path("/v1/staff/inbox", query));
/** Server-sent events: `row` and `counts`. */
export const INBOX_LIVE = "/v1/staff/inbox/live";
/** Leads to the identity provider and back. */
export const OIDC = "/v1/staff/oidc";

const session = (id: string, verb: string) => `/v1/staff/sessions/${encodeURIComponent(id)}/${verb}`;
export const take = (id: string) => request<Taken>("POST", session(id, "take"), {});
export const renew = (id: string, lease: number) => request<Taken>("POST", session(id, "renew"), { lease });
/** `key` is the caller's own id of these words: the same one again says them once. */
export const say = (id: string, lease: number, key: string, text: string) =>
  request<Place>("POST", session(id, "say"), { lease, id: key, text });
export const handBack = (id: string, lease: number, note: string) =>
  request<Place>("POST", session(id, "hand-back"), { lease, ...(note ? { note } : {}) });
export const whisper = (id: string, key: string, text: string) =>
  request<Note>("POST", session(id, "whisper"), { id: key, text });
export const draft = (id: string, lease?: number) =>
  request<Draft>("POST", session(id, "draft"), lease === undefined ? {} : { lease });
export const close = (id: string, lease: number) => request<Place>("POST", session(id, "close"), { lease });

export const approvals = (query: Query = {}) => request<ApprovalPage>("GET", path("/v1/approvals", query));
export const decide = (intent: string, verdict: "approve" | "decline", note?: string) =>
  request<Decided>("POST", `/v1/orders/${encodeURIComponent(intent)}/decision`, {
    verdict,
    ...(note ? { note } : {}),
  });
export const decideAll = (decisions: readonly { intent: string; verdict: string; note?: string }[]) =>
  request<DecisionsResult>("POST", "/v1/approvals", { decisions });
export const counterSchema = (lang: string) => request<object>("GET", path("/v1/approvals/schema", { lang }));
export const counter = (intent: string, body: object) =>
  request<object>("POST", `/v1/orders/${encodeURIComponent(intent)}/counter`, body);

export const gaps = (query: Query) => request<GapPage>("GET", path("/v1/staff/gaps", query));
const gap = (id: string, verb: string) => `/v1/staff/gaps/${encodeURIComponent(id)}/${verb}`;
export const answerGap = (id: string, draft: GapDraft) =>
  request<GapAnswered>("POST", gap(id, "answer"), draft);
export const publishGap = (id: string) => request<GapAnswered>("POST", gap(id, "publish"), {});
export const dismissGap = (id: string) => request<object>("POST", gap(id, "dismiss"), {});

export const limits = () => request<LimitsLive>("GET", "/v1/staff/limits");
/** An empty `currency` is the vendor's first. */
export const previewLimits = (text: string, visitors: number, currency: string) =>
  request<LimitsPreview>("POST", "/v1/staff/limits/preview", {
    ...{ text, visitors },
    ...(currency ? { currency } : {}),
  });
/** `digest` names the text this one was made from: refused when that is no longer the live one. */
export const putLimits = (text: string, digest: string) =>
  request<{ digest: string }>("PUT", "/v1/staff/limits", { text, digest });

export const lab = () => request<LabOverview>("GET", "/v1/staff/lab");
export const runLab = (what: LabRun) => request<LabResult>("POST", "/v1/staff/lab/run", what);
export const putPrompt = (name: string, text: string, digest: string) =>
  request<{ digest: string }>("PUT", `/v1/staff/lab/prompts/${encodeURIComponent(name)}`, { text, digest });
export const promote = (id: string) => request<Promoted>("POST", "/v1/staff/lab/promote", { session: id });

type Span = Readonly<Record<"from" | "to", string>>;
export const insights = (span: Span) => request<Insights>("GET", path("/v1/staff/insights", span));
/** The same as a file. */
export const insightsCsv = (span: Span) => path("/v1/staff/insights.csv", span);
