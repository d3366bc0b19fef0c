import { bezier, timeDependent } from "./concession.ts";

export const linear = timeDependent(
  "linear",
  "Vahidov, Kersten and Yu 2017, as in NegoLog (IJCAI 2024): Bezier curve 1, .7, .4",
  ({ time }) => bezier(time, 1, 0.7, 0.4),
);
