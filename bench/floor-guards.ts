/** A text that stands in a file once, and what is put in its place. */
export interface Edit {
  readonly file: string;
  readonly text: string;
  readonly becomes: string;
}

/**
 * One thing that stands between a counterpart and a bad sale, and the sources without it. `planted` is a fault made
 * beside it where another guard stands before it: then what counts is a sale below the floor, and that there is none
 * with the fault alone.
 */
export interface Guard {
  readonly name: string;
  readonly edits: readonly Edit[];
  readonly planted?: readonly Edit[];
}

function edit(file: string, text: string, becomes = ""): Edit {
  return { file: `src/${file.startsWith("domain/") ? file : `negotiation/${file}`}.ts`, text, becomes };
}

function guard(name: string, file: string, text: string, becomes = ""): Guard {
  return { name, edits: [edit(file, text, becomes)] };
}

const VERDICT = "verdictOn(offer, input.evidence.products, input).holds";
const HELD = "const held = millionthsOf(draw, currency, limits.conceal_bp);";

/** What may be offered and sold at all. */
const FLOOR: readonly Guard[] = [
  guard(
    "limit when built",
    "build",
    "if (!verdictOn(body, input.evidence.products, input).holds) return null;",
  ),
  guard(
    "limit and budgets when sent",
    "earlier",
    "offers.filter((offer) => maySell(input, offer))",
    "[...offers]",
  ),
  guard(
    "limit and budgets when accepted",
    "binding",
    "!maySell(input, offer) || !holdsFloor(offer, evidence.products, input)",
    "!holdsFloor(offer, evidence.products, input)",
  ),
  {
    name: "true floor when bound",
    edits: [edit("binding", " || !holdsFloor(offer, evidence.products, input)")],
    planted: [edit("rules", HELD, HELD.replace("= ", "= -"))],
  },
  guard("limit when sent or accepted", "budget", `return ${VERDICT} && `, "return "),
  guard("budgets when sent or accepted", "budget", ` && withinBudgets(input, offer);`, ";"),
  guard(
    "budgets when built",
    "build",
    "if (!withinBudgets(input, { ...body, discounts: [...order.discounts] })) return null;",
  ),
  guard("budgets at all", "budget", "if (input.limits.budgets.length === 0) return true;", "return true;"),
  guard("limits above the floors", "rules", HELD, "const held = 0;"),
  guard(
    "discounts count against it",
    "guards",
    "const after = totals.goods - totals.discounts;",
    "const after = totals.goods;",
  ),
  guard("tax inside prices counts against it", "guards", "let net = keptOf(tax, after);", "let net = after;"),
  guard(
    "costs of terms count against it",
    "guards",
    "else net -= Math.max(0, cost - keptOf(tax, fee));",
    "else net -= 0;",
  ),
  guard(
    "terms that earn do not lift it",
    "guards",
    "Math.max(0, cost - keptOf(tax, fee))",
    "cost - keptOf(tax, fee)",
  ),
  guard("gifts count against it", "guards", "else net -= cost * line.quantity;", "else net -= 0;"),
  guard("waived fees are concessions", "guards", "if (fee < list_fee) concedes = true;"),
  guard("lower prices are concessions", "guards", "if (line.unit_price < line.list_price) concedes = true;"),
];

/** What a published discount, a code, a gift or a quantity may be. */
const GIVEN: readonly Guard[] = [
  guard("codes not taken are told of", "notices", "...codeNotices(situation, offer),"),
  guard("one code", "discounts", "else if (!used) {", "else {"),
  guard("codes not before their time", "discounts", " && hasBegun(one, source.now));", ");"),
  guard("codes not after their time", "discounts", "return !hasEnded(code, now) && ", "return "),
  guard("codes with goods enough", "discounts", "&& goods >= least;", ";"),
  guard(
    "codes for their goods",
    "discounts",
    "matches(code.match, line.known.product) ? share",
    "true ? share",
  ),
  guard(
    "whole bundles",
    "discounts",
    "Math.floor((free[at] ?? 0) / units)",
    "Math.ceil((free[at] ?? 0) / units)",
  ),
  guard("tiers by quantity", "discounts", "tier.from <= line.quantity", "tier.from <= 2 * line.quantity"),
  guard("subscribable goods", "prepare", "if (allowed && option)", "if (option)"),
  guard(
    "gifts with goods enough",
    "build",
    "if (plan.gift && goods - order.off < plan.gift.min_goods) return null;",
  ),
  guard("gifts in stock", "prepare", "known?.live && known.stock > 0 &&", "known &&"),
  guard("what is not negotiable", "basket", "rule?.negotiable === true && low < list", "low < list"),
  guard("stock when built", "basket", "known?.stock ?? 0,", "1_000_000,"),
  guard("most of one order", "basket", "vendor.max_quantity,"),
];

/** What an acceptance has to be. */
const ACCEPTED: readonly Guard[] = [
  guard("hash", "binding", "if (hash !== offer.hash) return", 'if (hash === "") return'),
  guard("accepted before", "binding", 'if (status === "accepted") return', "if (status === null) return"),
  guard("superseded", "binding", 'if (status === "superseded") return', "if (status === null) return"),
  guard(
    "expired",
    "binding",
    "if (offer.expires_at <= input.now) {",
    "if (offer.expires_at === input.now) {",
  ),
  guard(
    "made in this session",
    "binding",
    "if (!standing) return unknownOffer(input, id);",
    "if (!standing) return null;",
  ),
  guard("still open, to words", "binding", ' && one.status === "live" && ', " && "),
  guard("not ended, to words", "binding", " && one.offer.expires_at > now"),
  guard(
    "a newer offer replaces",
    "domain/state",
    'offers.length > 0 && (overlaps || named) ? { ...standing, status: "superseded" } : standing',
    "standing",
  ),
  guard(
    "a sale is remembered",
    "domain/state",
    'if (taken.has(standing.offer.id)) return { ...standing, status: "accepted" };',
  ),
  guard("today's prices for what has ended, to words", "readback", " || !repeatable(input, offer)"),
  guard(
    "today's prices for what has ended, at the end",
    "exhausted",
    ".filter((one) => repeatable(input, one))",
  ),
  guard(
    "withdrawn goods",
    "binding",
    "const gone = goneFrom(offer, evidence);",
    "const gone = goneFrom({ ...offer, lines: [] }, evidence);",
  ),
  guard(
    "stock when accepted",
    "binding",
    "if (short) return obstacle(",
    'if (short === "") return obstacle(',
  ),
  guard(
    "order details",
    "binding",
    "if (missing) return obstacle(",
    'if (missing === "ship_to") return obstacle(',
  ),
  guard("a whole address", "binding", " && !isComplete(details.ship_to)", ' && details.ship_to.city === "0"'),
  guard("place", "binding", "if (!movedFrom(input, offer, details))", "if (!movedFrom(input, offer, {}))"),
  guard("approval", "binding", "offer.totals.total > above;", "offer.totals.total > 2 * above;"),
  guard(
    "read back before words bind",
    "acts/accept",
    "const outcome = proceed(input, offer, false);",
    "const outcome = proceed(input, offer, true);",
  ),
  guard("read back always", "acts/accept", 'if (input.vendor.confirm === "always" || ', "if ("),
  guard("a sure yes", "acts/confirm", "input.reading.confidence >= SURE.binding", "true"),
  guard("a yes to that question", "acts/confirm", 'input.state.ask === "confirm" && '),
  guard(
    "confirming what was read back",
    "acts/confirm",
    " || (act.offer !== undefined && act.offer !== readback.offer)",
  ),
  guard("hash of a confirmation", "acts/confirm", "act.hash ?? readback.hash", "readback.hash"),
  guard("doubtful words", "decide", "?? doubt(input) ?? handled(input);", "?? handled(input);"),
];

/** What a counterpart may rely on from one offer to the next. */
const KEPT: readonly Guard[] = [
  guard(
    "what is still good is said again",
    "earlier",
    "!noBetter(offer, one) || (best &&",
    "one || (best &&",
  ),
  guard("what is dearer is said", "notices", "noticesOf(input, before, offer))", "[])"),
];

export const GUARDS: readonly Guard[] = [...FLOOR, ...GIVEN, ...ACCEPTED, ...KEPT];
