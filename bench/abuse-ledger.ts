/** One thing that was tried: of which item of the list, what came of it and what had to. */
export interface Tried {
  readonly item: string;
  readonly tried: string;
  readonly expected: string;
  readonly got: string;
  readonly held: boolean;
}

/** Keeps what was tried. An attempt that breaks off is one that failed. */
export class Ledger {
  readonly all: Tried[] = [];
  /** Whatever must stand in no log. */
  readonly secrets: string[] = [];

  /** Tries something whose outcome is exactly known. */
  async expect(
    item: string,
    tried: string,
    expected: string | number,
    attempt: () => Promise<string | number>,
  ) {
    await this.judge(item, tried, String(expected), async () => {
      const got = String(await attempt());
      return { got, held: got === String(expected) };
    });
  }

  /** Tries something whose outcome is a figure within bounds. */
  async judge(
    item: string,
    tried: string,
    expected: string,
    attempt: () => Promise<{ got: string; held: boolean }>,
  ): Promise<void> {
    const outcome = await attempt().catch((error: unknown) => ({
      got: String(error).slice(0, 300),
      held: false,
    }));
    this.all.push({ item, tried, expected, ...outcome });
    const verdict = outcome.held ? outcome.got : `${outcome.got}  FAILED, expected ${expected}`;
    process.stdout.write(`${item}  ${tried}: ${verdict}\n`);
  }

  secret(text: string): string {
    this.secrets.push(text);
    return text;
  }
}
