import { signal } from "@preact/signals";

/** How many conversations want a person, and how many orders a decision: shown beside the pages' names. */
export const waitingPeople = signal(0);
export const waitingApprovals = signal(0);
