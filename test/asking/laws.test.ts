import { expect, expectTypeOf, test } from "vitest";
import { type Act, SURE } from "../../src/domain/act.ts";
import type { Decision } from "../../src/domain/decision.ts";
import type { Limits } from "../../src/domain/limits.ts";
import type { Asked, Question } from "../../src/domain/question.ts";
import { type AnswerTo, QUESTIONS, type QuestionName } from "../../src/domain/questions/index.ts";
import type { ModelAct } from "../../src/domain/questions/read.ts";
import type { ModelLookup } from "../../src/domain/questions/research.ts";
import type { Move } from "../../src/domain/reply.ts";
import type { Agent, AgentContext } from "../../src/turn/agent.ts";
import { ADOPTED } from "../../src/understanding/adopt.ts";

// What a model can never do, as types: these do not compile once one of them can be done.

test("whoever asks a model is given the public side of a turn and nothing else", () => {
  expectTypeOf<keyof AgentContext>().toEqualTypeOf<"state" | "vendor" | "now" | "whispers">();
  expectTypeOf<Limits>().not.toExtend<AgentContext>();
  expectTypeOf<AgentContext["vendor"]>().not.toExtend<Limits>();
  type Given = Parameters<Agent["understand"] | Agent["research"] | Agent["phrase"]>[number];
  expectTypeOf<Extract<Given, Limits | Decision>>().toBeNever();
});

test("a question holds text only, and only the four there are can be put", () => {
  expectTypeOf<Question["given"]>().toEqualTypeOf<Readonly<Record<string, string>>>();
  expectTypeOf<Question["heard"]>().toEqualTypeOf<Readonly<Record<string, string>>>();
  expect(Object.keys(QUESTIONS)).toEqual(["read", "research", "word", "buy"] satisfies QuestionName[]);
});

test("no answer of a model is an act that binds, cancels, confirms or ends, an offer, or an intent", () => {
  type Binding = "accept" | "confirm" | "cancel_order" | "order_status" | "withdraw" | "leave" | "inform";
  expectTypeOf<Extract<ModelAct["act"], Binding>>().toBeNever();
  expectTypeOf<ModelLookup["look"]>().toEqualTypeOf<"search" | "ask" | "compare">();
  expectTypeOf<keyof AnswerTo<"word">>().toEqualTypeOf<"text" | "speech">();
  expectTypeOf<Extract<keyof AnswerTo<QuestionName>, keyof Move | keyof Decision>>().toBeNever();
  expectTypeOf<Extract<Asked, { ok: true }>["answer"]>().not.toExtend<Act>();
});

test("a reading that a model took part in is sure enough to act on and never to bind", () => {
  expect(ADOPTED).toBeGreaterThanOrEqual(SURE.act);
  expect(ADOPTED).toBeLessThan(SURE.binding);
});
