import { vi } from "vitest";
import { Fault } from "../../src/domain/fault.ts";

/** What a command wrote, and its exit code. */
export interface Ran {
  readonly code: number;
  readonly out: string;
  readonly err: string;
}

/** Runs a command in this process as `main.ts` would: a fault is one sentence and exit code 1. */
export async function ran(run: (args: string[]) => Promise<number>, ...args: string[]): Promise<Ran> {
  const said = { out: "", err: "" };
  const into = (where: "out" | "err") => (text: string | Uint8Array) => {
    said[where] += String(text);
    return true;
  };
  const out = vi.spyOn(process.stdout, "write").mockImplementation(into("out"));
  const err = vi.spyOn(process.stderr, "write").mockImplementation(into("err"));
  try {
    return { code: await run(args), ...said };
  } catch (error) {
    if (!(error instanceof Fault)) throw error;
    return { code: 1, ...said, err: `${said.err}${error.message}\n` };
  } finally {
    out.mockRestore();
    err.mockRestore();
  }
}
