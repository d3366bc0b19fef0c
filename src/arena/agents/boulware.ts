import { bezier, timeDependent } from "./concession.ts";

export const boulware = timeDependent(
  "boulware",
  "Vahidov, Kersten and Yu 2017, as in NegoLog (IJCAI 2024): Bezier curve 1, .85, .4",
  ({ time }) => bezier(time, 1, 0.85, 0.4),
);
