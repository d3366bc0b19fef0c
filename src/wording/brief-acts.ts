import type { MoveAct } from "../domain/reply.ts";

/** What each act asks of whoever words it, in plain words. */
export const ACTS: Readonly<Record<MoveAct, string>> = {
  greet: "greet them, as the house wording does.",
  inform: "answer what they asked or said.",
  results: "show the products that were found.",
  comparison: "compare the products, property by property.",
  offer: "make them this offer.",
  counter: "answer their wish with this offer.",
  final_offer: "make the final offer. There will be no better one.",
  readback:
    "read back the whole order as the house wording has it, address and payer included, and ask for a clear yes. Nothing is ordered yet.",
  accepted: "tell them that the order is placed and that the shop has yet to confirm it.",
  approval_pending:
    "tell them that a person has to approve the order first and that nothing is binding until then.",
  decline: "tell them kindly that this is not possible, and what is.",
  clarify: "find out what they mean.",
  unknown: "tell them that this is not known.",
  order_status: "tell them how their order stands.",
  cancelled: "tell them that their order is cancelled.",
  handoff:
    "tell them that their wish to talk to a person is noted for the team, without promising that someone will join, and how to reach the team.",
  farewell: "say goodbye.",
  help: "tell them what they can do here, as the house wording lists it.",
};
