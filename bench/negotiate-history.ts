/** Which clock the published agents are shown, in the judged tables and in those beside them. */
export const CLOCK = {
  judged:
    "Clock of the judged tables: t = turns taken / turns in all, as on the platforms the agents were published for, so " +
    "that the last of ten turns begins at .9 and what an agent does past .975 is out of its reach there. Parley's own " +
    "strategies count rounds and know the last.",
  beside:
    "The tables beside them count the turn itself, t = 1 in the last turn: there every agent knows its last turn and " +
    "can act in it. Nothing is judged by them.",
} as const;

/** What the figures owe to what was known or looked at before. */
export const HISTORY = [
  "The exponent was known before: the research note this project started from measured exponents around E = 5 on 19 " +
    "domains of this same set, untouched ones among them. Everything else was chosen on the tuning half.",
  "The band of bids (a fifth) was chosen by leaving one domain of the tuning half out at a time, over .06, .1, .15, .2, " +
    ".25 and .3, with the least concession fixed at a tenth.",
  "The untouched half was looked at three times: before and after the partner model let liking spread to neighbouring " +
    "values and the last proposal that can be answered became the last, and once bids not made yet went before those " +
    "that were (agreement at 10 rounds .940, .945, .948; r3 .689, .747, .747).",
] as const;
