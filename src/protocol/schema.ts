import { z } from "zod";
import { Act, Item, Propose, Reading, WantedLine } from "../domain/act.ts";
import { Receipt } from "../domain/erasure.ts";
import { Event, Message } from "../domain/event.ts";
import { Citation, Fact } from "../domain/fact.ts";
import { FAULTS } from "../domain/fault.ts";
import { HandoffTo, HandoffWhy } from "../domain/handoff.ts";
import { Intent } from "../domain/intents/index.ts";
import { Filters, SpecFilter } from "../domain/lookup.ts";
import { Discount, Line, Offer, Tax, Totals } from "../domain/offer.ts";
import { Address, OrderDetails, OrderStatus, PartialDetails, Payer, ShipTo } from "../domain/order.ts";
import { Party } from "../domain/party.ts";
import { Proposal } from "../domain/proposal.ts";
import { Answer, Card, IntentView, Move, MoveAct, MoveReason, Words } from "../domain/reply.ts";
import { StaffRole } from "../domain/staff.ts";
import { Priorities, Subscription, Terms, TermsWanted } from "../domain/terms.ts";
import { Lang, Localized } from "../domain/text.ts";
import {
  Approval,
  ApprovalPage,
  Decided,
  DecisionBody,
  DecisionsBody,
  DecisionsResult,
  ErasureResult,
  EventPage,
  FeedbackBody,
  MessageBody,
  MessageResult,
  Opening,
  OrderResult,
  Problem,
} from "./bodies.ts";
import { Bounds, ClientFrame, FaultCode, OrderAnswer, Resume, ServerFrame } from "./frames.ts";
import { Gap, GapAnswered, GapDismissed, GapDraft, GapPage } from "./gaps.ts";
import { FiguresOfMany, Insights, ProductSales } from "./insights.ts";
import {
  LabFixture,
  LabOutcome,
  LabOverview,
  LabResult,
  LabRun,
  Promoted,
  Promotion,
  PromptEdit,
} from "./lab.ts";
import { FileProblem, FileSaved, LimitsEdit, LimitsLive, LimitsPreview, LimitsTrial } from "./limits.ts";
import { OrderNotice } from "./notices.ts";
import {
  CounterBody,
  CounterResult,
  DraftBody,
  DraftResult,
  HandBackBody,
  InboxGone,
  InboxPage,
  LeaseBody,
  Me,
  Row,
  SignedInResult,
  SignInBody,
  StaffNote,
  StaffSayBody,
  StaffSeq,
  TakenResult,
  WhisperBody,
} from "./staff.ts";

/** A JSON Schema or a part of one. */
export type JsonSchema = { readonly [keyword: string]: unknown };

/**
 * JSON Schema 2020-12 of everything on the wire, by name, made from the schemas the gateway itself validates with.
 * References are `prefix` and the name.
 */
export function definitions(prefix: string): Record<string, JsonSchema> {
  const registry = z.registry<{ id: string }>();
  for (const [id, schema] of Object.entries(named)) registry.add(schema, { id });
  for (const frame of [...ClientFrame.options, ...ServerFrame.options]) {
    registry.add(frame, { id: frameName(frame) });
  }
  const { schemas } = z.toJSONSchema(registry, {
    io: "input",
    uri: (id) => prefix + id,
    override: ({ zodSchema, jsonSchema }) => {
      if (messages.has(zodSchema)) jsonSchema.oneOf = [{ required: ["text"] }, { required: ["act"] }];
    },
  });
  return Object.fromEntries(
    Object.entries(schemas)
      .map(([name, { $schema, $id, ...rest }]) => [name, rest] as const)
      .sort(([a], [b]) => (a < b ? -1 : 1)),
  );
}

/** The document at `/protocol/schema.json`. `x-faults` is the table of faults: status, close code, retry, come back. */
export function schemaDocument(): JsonSchema {
  return {
    $schema: "https://json-schema.org/draft/2020-12/schema",
    $id: "urn:parley:protocol:v1",
    title: "parley.v1",
    description:
      "One WebSocket text message: a frame of the client or of the gateway. Bodies of HTTP are in $defs.",
    anyOf: [{ $ref: "#/$defs/ClientFrame" }, { $ref: "#/$defs/ServerFrame" }],
    $defs: definitions("#/$defs/"),
    "x-faults": FAULTS,
  };
}

/** Names of the frames of one side, as they stand among the definitions, by their `type`. */
export function frameNames(side: "client" | "server"): Record<string, string> {
  const frames = side === "client" ? ClientFrame.options : ServerFrame.options;
  return Object.fromEntries(frames.map((frame) => [frame.shape.type.value, frameName(frame)]));
}

function frameName(frame: { shape: { type: { value: string } } }): string {
  const words = frame.shape.type.value.split("_");
  return `${words.map((word) => word.charAt(0).toUpperCase() + word.slice(1)).join("")}Frame`;
}

/** Text or an act, not both: the code checks it by itself, JSON Schema has its own words for it. */
const messages = new Set<unknown>([
  Message,
  MessageBody,
  ...ClientFrame.options.filter((frame) => frame.shape.type.value === "say"),
]);

const named = {
  ...{ ClientFrame, ServerFrame, Resume, Bounds },
  ...{
    Opening,
    MessageBody,
    MessageResult,
    EventPage,
    ErasureResult,
    Receipt,
    DecisionBody,
    OrderAnswer,
    OrderResult,
    Problem,
  },
  ...{ Approval, ApprovalPage, Decided, DecisionsBody, DecisionsResult },
  ...{ Act, Propose, WantedLine, Item, Filters, SpecFilter, TermsWanted, Priorities, Proposal, Reading },
  ...{ Event, Message, Move, MoveAct, MoveReason, Words, Card, Answer, Fact, Citation, IntentView },
  ...{ Offer, Line, Terms, Subscription, Discount, Tax, Totals, Intent, OrderNotice },
  ...{ OrderDetails, PartialDetails, OrderStatus, Address, ShipTo, Payer, Party },
  ...{ Gap, GapPage, GapDraft, GapAnswered, GapDismissed, Insights, FiguresOfMany, ProductSales },
  ...{ LimitsLive, LimitsTrial, LimitsPreview, LimitsEdit, FileProblem, FileSaved },
  ...{ LabOverview, LabFixture, LabRun, LabResult, LabOutcome, PromptEdit, Promotion, Promoted },
  ...{
    FeedbackBody,
    SignInBody,
    SignedInResult,
    Me,
    Row,
    InboxGone,
    InboxPage,
    TakenResult,
    LeaseBody,
    StaffSayBody,
  },
  ...{ StaffSeq, HandBackBody, WhisperBody, StaffNote, DraftBody, DraftResult, CounterBody, CounterResult },
  ...{ HandoffTo, HandoffWhy, StaffRole, Lang, Localized, FaultCode },
} satisfies Record<string, z.ZodType>;
