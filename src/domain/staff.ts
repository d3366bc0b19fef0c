import { z } from "zod";

/** What the vendor's people may do, least first: look; speak and decide; set up. */
export const StaffRole = z.enum(["viewer", "agent", "manager"]);
export type StaffRole = z.infer<typeof StaffRole>;

/** One of the vendor's people. */
export interface Staff {
  /** Tells one from another, whatever they are called. */
  readonly id: string;
  /** As counterparts are shown it. */
  readonly name: string;
  readonly role: StaffRole;
  /** When what was shown ends: RFC 3339 in UTC, null for never. */
  readonly until: string | null;
}

export function mayAs(needs: StaffRole, { role }: Pick<Staff, "role">): boolean {
  return StaffRole.options.indexOf(role) >= StaffRole.options.indexOf(needs);
}

/** What one of them is known by where rights hang on it. */
export function principalOf({ id }: Pick<Staff, "id">): string {
  return `staff:${id}`;
}
