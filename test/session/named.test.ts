import { createHash } from "node:crypto";
import { afterAll, beforeAll, expect, it } from "vitest";
import { named } from "../../src/session/named.ts";
import { BUYER, OPENING, type OpenedHouse, openHouse } from "./opened-house.ts";

/** What lines of the log would have said that were written while something was stored, by the client's id of the message. */
const said = new Map<string, Record<string, string>>();
let house: OpenedHouse;
beforeAll(async () => {
  house = await openHouse((store) => ({
    ...store,
    append: async (commit) => {
      const outcome = await store.append(commit);
      if (commit.message) said.set(`${commit.session} ${commit.message.id}`, named());
      return outcome;
    },
  }));
});
afterAll(() => house.close());

// As the runbook has it: `printf %s "$SESSION $ID" | sha256sum | cut -c1-16`.
const digest = (text: string) => createHash("sha256").update(text).digest("hex").slice(0, 16);

it("a line about a message says which one and of which conversation, by digests, whatever else is worked on at once", async () => {
  const opened = await Promise.all([1, 2].map(() => house.gateway.open(OPENING, BUYER)));
  const messages = opened.flatMap(({ session }) => ["m1", "m2", "m3"].map((id) => ({ session, id })));
  await Promise.all(messages.map(({ session, id }) => session.submit({ id, act: { act: "greet" } }, null)));
  for (const { session, id } of messages)
    expect(said.get(`${session.id} ${id}`)).toEqual({
      session: digest(session.id),
      message: digest(`${session.id} ${id}`),
    });
});

it("a line about nothing in particular says nothing more, and one about a session alone names that", () => {
  expect(named()).toEqual({});
  expect(named({ session: "ses_1" })).toEqual({ session: digest("ses_1") });
});
