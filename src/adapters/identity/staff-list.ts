import { createHash, randomBytes } from "node:crypto";
import { existsSync, mkdirSync, readFileSync, renameSync, statSync, writeFileSync } from "node:fs";
import { dirname } from "node:path";
import { z } from "zod";
import { Fault, problemsOf } from "../../domain/fault.ts";
import { STAFF_NAME } from "../../domain/handoff.ts";
import { StaffRole } from "../../domain/staff.ts";

/** The vendor's people who have a token of their own: its SHA-256, in hexadecimal; the token itself is kept by nobody here. */
const Listed = z.strictObject({
  name: STAFF_NAME,
  role: StaffRole,
  digest: z.string().regex(/^[0-9a-f]{64}$/),
});
export type Listed = z.infer<typeof Listed>;
const List = z.strictObject({ staff: z.array(Listed).max(1_000) });

const read = new Map<string, { readonly at: number; readonly staff: readonly Listed[] }>();

/** Who is listed in the file now; a file that was not changed is not read again. Throws `bad_config`. */
export function staffIn(file: string): readonly Listed[] {
  if (!existsSync(file)) return [];
  const at = statSync(file).mtimeMs;
  const known = read.get(file);
  if (known?.at === at) return known.staff;
  const { staff } = parsed(file);
  read.set(file, { at, staff });
  return staff;
}

/** Lists somebody, in the place of whoever had the name, and gives the new token: it is told this once. */
export function listStaff(file: string, name: string, role: StaffRole): string {
  const token = `staff_${randomBytes(24).toString("base64url")}`;
  const digest = createHash("sha256").update(token).digest("hex");
  write(file, [...staffIn(file).filter((one) => one.name !== name), { name, role, digest }]);
  return token;
}

/** Whether there was anybody to take out. */
export function unlistStaff(file: string, name: string): boolean {
  const before = staffIn(file);
  const staff = before.filter((one) => one.name !== name);
  if (staff.length < before.length) write(file, staff);
  return staff.length < before.length;
}

function write(file: string, staff: readonly Listed[]): void {
  mkdirSync(dirname(file), { recursive: true, mode: 0o700 });
  const made = `${file}.${process.pid}.tmp`;
  writeFileSync(made, `${JSON.stringify({ staff }, null, 2)}\n`, { mode: 0o600, flush: true });
  renameSync(made, file);
  read.delete(file);
}

function parsed(file: string): z.infer<typeof List> {
  const mend = "mend it, or list everybody anew with `identity staff-add`";
  try {
    const list = List.safeParse(JSON.parse(readFileSync(file, "utf8")));
    if (list.success) return list.data;
    throw new Fault("bad_config", `${file}: ${problemsOf(list.error)}; ${mend}`);
  } catch (cause) {
    if (cause instanceof Fault) throw cause;
    throw new Fault("bad_config", `${file} is no list of staff; ${mend}`, { cause });
  }
}
