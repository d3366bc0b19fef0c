import { bezier, timeDependent } from "./concession.ts";

export const conceder = timeDependent(
  "conceder",
  "Vahidov, Kersten and Yu 2017, as in NegoLog (IJCAI 2024): Bezier curve 1, .55, .4",
  ({ time }) => bezier(time, 1, 0.55, 0.4),
);
