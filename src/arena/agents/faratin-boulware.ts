import { falling, timeDependent } from "./concession.ts";

export const faratinBoulware = timeDependent(
  "faratin-boulware",
  "Faratin, Sierra and Jennings 1998: polynomial time-dependent tactic, e = .2, down to the reservation",
  ({ time }, reservation) => falling(time, 0.2, reservation),
);
