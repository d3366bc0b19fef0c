import { timed } from "./timed.ts";

/** Turns to the package it likes best by countering it by name: what it picks tells what it cares for. */
export const picker = timed("picker", "counters the package it likes best", { exponent: 2, picks: true });
