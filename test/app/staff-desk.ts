import { join } from "node:path";
import { z } from "zod";
import { listStaff } from "../../src/adapters/identity/staff-list.ts";
import { STAFF } from "../../src/app/config.ts";
import type { Event } from "../../src/domain/event.ts";
import { ErasureResult, MessageResult, Problem } from "../../src/protocol/bodies.ts";
import { Welcome } from "../../src/protocol/frames.ts";
import { GapAnswered, GapDismissed, GapPage } from "../../src/protocol/gaps.ts";
import { Insights } from "../../src/protocol/insights.ts";
import { LabOverview, LabResult, Promoted } from "../../src/protocol/lab.ts";
import { FileSaved, LimitsLive, LimitsPreview } from "../../src/protocol/limits.ts";
import type { RunningGateway } from "../harness.ts";
import { tokensOf } from "../session/buying.ts";

/** What is published of an answer; `body` was read by it, or by that of a fault where it was refused. */
export interface Answer<T = unknown> {
  readonly status: number;
  readonly body: T & z.infer<typeof Problem>;
}

/** What each address answers, by the schemas that are published. */
const ANSWERS = [
  ["GET", /^\/v1\/staff\/gaps$/, GapPage],
  ["POST", /^\/v1\/staff\/gaps\/[^/]+\/(answer|publish)$/, GapAnswered],
  ["POST", /^\/v1\/staff\/gaps\/[^/]+\/dismiss$/, GapDismissed],
  ["GET", /^\/v1\/staff\/insights$/, Insights],
  ["GET", /^\/v1\/staff\/insights\.csv$/, z.string()],
  ["GET", /^\/v1\/staff\/limits$/, LimitsLive],
  ["POST", /^\/v1\/staff\/limits\/preview$/, LimitsPreview],
  ["PUT", /^\/v1\/staff\/limits$/, FileSaved],
  ["GET", /^\/v1\/staff\/lab$/, LabOverview],
  ["POST", /^\/v1\/staff\/lab\/run$/, LabResult],
  ["PUT", /^\/v1\/staff\/lab\/prompts\/[^/]+$/, FileSaved],
  ["POST", /^\/v1\/staff\/lab\/promote$/, Promoted],
] as const;

function schemaOf(method: string, path: string, status: number): z.ZodType {
  if (status >= 400) return Problem;
  const bare = path.replace(/\?.*$/, "");
  const found = ANSWERS.find(([by, at]) => by === method && at.test(bare));
  if (!found) throw new Error(`no schema is known of what ${method} ${bare} answers`);
  return found[2];
}

/** The same for whoever writes tests. */
type AnswerTo<M extends string, P extends string> = P extends `/v1/staff/gaps/${string}/dismiss`
  ? z.infer<typeof GapDismissed>
  : P extends `/v1/staff/gaps/${string}`
    ? z.infer<typeof GapAnswered>
    : P extends `/v1/staff/gaps${string}`
      ? z.infer<typeof GapPage>
      : P extends `/v1/staff/insights.csv${string}`
        ? string
        : P extends `/v1/staff/insights${string}`
          ? z.infer<typeof Insights>
          : P extends "/v1/staff/limits/preview"
            ? z.infer<typeof LimitsPreview>
            : P extends "/v1/staff/limits"
              ? M extends "GET"
                ? z.infer<typeof LimitsLive>
                : z.infer<typeof FileSaved>
              : P extends "/v1/staff/lab"
                ? z.infer<typeof LabOverview>
                : P extends "/v1/staff/lab/run"
                  ? z.infer<typeof LabResult>
                  : P extends `/v1/staff/lab/prompts/${string}`
                    ? z.infer<typeof FileSaved>
                    : P extends "/v1/staff/lab/promote"
                      ? z.infer<typeof Promoted>
                      : unknown;

type Reply = Extract<Event, { kind: "reply" }>;

/** What a buyer says may be refused. */
const Said = z.union([MessageResult, Problem]);

let made = 0;

/** The vendor's people at one gateway, and its buyers, over HTTP. */
export function deskAt(gateway: RunningGateway) {
  const tokens = tokensAt(gateway);
  const ask =
    (role: keyof typeof tokens | "nobody") =>
    async <M extends string, P extends string>(
      method: M,
      path: P,
      body?: object,
    ): Promise<Answer<AnswerTo<M, P>>> => {
      const headers: Record<string, string> =
        role === "nobody" ? {} : { authorization: `Bearer ${tokens[role]}` };
      if (body !== undefined) headers["content-type"] = "application/json";
      const sent = body === undefined ? {} : { body: JSON.stringify(body) };
      const response = await fetch(`${gateway.url}${path}`, { method, headers, ...sent });
      const text = await response.text();
      const json = response.headers.get("content-type")?.includes("json");
      const said: unknown = json ? JSON.parse(text) : text;
      const read = schemaOf(method, path, response.status).parse(said);
      return { status: response.status, body: read as Answer<AnswerTo<M, P>>["body"] };
    };
  return {
    ...{ manager: ask("manager"), agent: ask("agent"), viewer: ask("viewer"), nobody: ask("nobody") },
    /** A buyer says one thing after another; gives its session and the replies. */
    talk: async (opening: object, ...said: readonly (string | object)[]) => {
      made += 1;
      const post = async <S extends z.ZodType>(
        schema: S,
        ...[path, key, body, secret]: [string, string, object, string?]
      ): Promise<z.infer<S>> => {
        const json = { "content-type": "application/json", "idempotency-key": key };
        const headers = { ...json, ...(secret ? { authorization: `Bearer ${secret}` } : {}) };
        const response = await fetch(`${gateway.url}${path}`, {
          method: "POST",
          headers,
          body: JSON.stringify(body),
        });
        return schema.parse(await response.json());
      };
      const open = { lang: "en", currency: "USD", channel: "chat", kind: "person", ...opening };
      const { session, secret } = await post(
        Welcome,
        "/v1/sessions",
        `key-of-a-buyer-${made}-${Date.now()}`,
        open,
      );
      const say = async (one: string | object, tries = 5): Promise<Reply | undefined> => {
        made += 1;
        const body = typeof one === "string" ? { text: one } : { act: one };
        const said = await post(Said, `/v1/sessions/${session}/messages`, `m${made}`, body, secret);
        const events = "events" in said ? said.events.map(({ event }) => event) : [];
        const reply = events.findLast((event): event is Reply => event.kind === "reply");
        // A crowded machine may look up for longer than a buyer waits.
        return tries > 0 && reply?.move.reasons.includes("not_in_time") ? say(one, tries - 1) : reply;
      };
      const replies: (Reply | undefined)[] = [];
      for (const one of said) replies.push(await say(one));
      const erase = () => post(ErasureResult, `/v1/sessions/${session}/erase`, "", {}, secret);
      return { session, replies, say, erase };
    },
  };
}

interface Tokens {
  readonly manager: string;
  readonly agent: string;
  readonly viewer: string;
}

/** Listed once for each home, which gateways may share. */
function tokensAt(gateway: RunningGateway): Tokens {
  const file = join(gateway.home, STAFF);
  const tokens = listed.get(file) ?? {
    manager: tokensOf(gateway).staff,
    agent: listStaff(file, "Ada", "agent"),
    viewer: listStaff(file, "Vic", "viewer"),
  };
  listed.set(file, tokens);
  return tokens;
}

const listed = new Map<string, Tokens>();

/** What a test goes on with has to be there. */
export function there<T>(one: T | undefined): T {
  if (one === undefined) throw new Error("what was looked for is not there");
  return one;
}
