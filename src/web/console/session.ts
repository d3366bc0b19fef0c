import { computed, signal } from "@preact/signals";
import type { StaffRole } from "../../domain/staff.ts";
import type { ParleyFault } from "../../protocol/codes.ts";
import type { Me } from "../../protocol/staff.ts";
import * as api from "./api.ts";
import { turnedDown } from "./away.ts";
import type { Way } from "./contract.ts";
import { asFault, onSignedOut } from "./request.ts";

const ORDER: readonly StaffRole[] = ["viewer", "agent", "manager"];

/** Who is signed in: undefined until the gateway has said, null for nobody. */
export const me = signal<Me | null | undefined>(undefined);
/** How one may sign in here. */
export const ways = signal<readonly Way[]>(["token"]);
/** Why the gateway could not even say who is here. */
export const unreachable = signal<ParleyFault | null>(null);
/** The sign-in ended in the middle of work: the pages stay where they are, and so does what was typed. */
export const ended = signal(false);

export const name = computed(() => me.value?.name ?? "");

/** Whether whoever is here may decide about orders: the vendor says which role that takes. */
export const approves = computed(() => me.value?.approves ?? false);

/** Whether whoever is here may do what this role may. */
export function may(role: StaffRole): boolean {
  const has = me.value?.role;
  return has !== undefined && ORDER.indexOf(has) >= ORDER.indexOf(role);
}

onSignedOut(({ detail }) => {
  if (typeof detail.ways === "string") ways.value = detail.ways.split(" ") as Way[];
  if (me.value) ended.value = true;
  else me.value = null;
});

export async function whoIsHere(): Promise<void> {
  unreachable.value = null;
  try {
    arrived(await api.me());
  } catch (error) {
    if (me.value !== null) unreachable.value = asFault(error);
  }
}

/** Throws the fault that refused it. */
export async function signIn(token: string): Promise<void> {
  await api.signIn(token);
  arrived(await api.me());
}

export async function signOut(): Promise<void> {
  await api.signOut();
  me.value = null;
}

function arrived(who: Me): void {
  me.value = who;
  ended.value = false;
  turnedDown.value = null;
}
