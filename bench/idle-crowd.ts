import { fork } from "node:child_process";
import { join } from "node:path";

/** What a process of clients is told: open so many more connections, or see which of them are still alive. */
export type Asked =
  | {
      readonly open: number;
      readonly url: string;
      /** The address of this machine that they come from, since one has too few ports. */
      readonly from: string;
      readonly turns: number;
      /** To the bare echo server, which knows no hello. */
      readonly raw: boolean;
    }
  | { readonly alive: true };

/** How many of a process's connections are open, and with what the others were closed. */
export type Answered =
  | { readonly open: number; readonly lost: readonly string[] }
  | { readonly error: string };

export interface Crowd {
  /** So many more connections, with so many messages each. */
  open(count: number, turns: number): Promise<number>;
  /** How many still answer. */
  alive(): Promise<{ readonly open: number; readonly lost: readonly string[] }>;
  leave(): void;
}

/** Clients spread over processes, each with an address of its own. */
export function crowd(url: string, raw: boolean, processes = 4): Crowd {
  const all = Array.from({ length: processes }, () =>
    fork(join(import.meta.dirname, "idle-clients.ts"), [], { execArgv: [] }),
  );
  const ask = (n: number, asked: Asked) =>
    new Promise<Exclude<Answered, { error: string }>>((done, failed) => {
      const child = all[n];
      const ended = (code: number | null) => failed(new Error(`clients ended with ${code}`));
      child?.once("exit", ended);
      child?.once("message", (answered: Answered) => {
        child.off("exit", ended);
        if ("error" in answered) failed(new Error(answered.error));
        else done(answered);
      });
      child?.send(asked);
    });
  const askAll = async (asked: (n: number) => Asked) => {
    const answers = await Promise.all(all.map((_, n) => ask(n, asked(n))));
    const open = answers.reduce((sum, each) => sum + each.open, 0);
    return { open, lost: [...new Set(answers.flatMap(({ lost }) => lost))] };
  };
  return {
    open: async (count, turns) => {
      const share = (n: number) => Math.floor((count + n) / processes);
      const asked = (n: number) => ({ open: share(n), url, from: `127.0.0.${11 + n}`, turns, raw });
      return (await askAll(asked)).open;
    },
    alive: () => askAll(() => ({ alive: true })),
    leave: () => {
      for (const child of all) child.kill();
    },
  };
}
