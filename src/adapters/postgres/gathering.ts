/**
 * Asks together what is asked at one moment: while one round is under way, what comes makes the next, so that the busier
 * a gateway is, the fewer round trips a question costs. A round that fails fails for all who asked in it.
 */
export function gathering<A, B>(
  ask: (asked: readonly A[]) => Promise<readonly B[]>,
  most: number,
): (one: A) => Promise<B> {
  const waiting: { readonly one: A; resolve(answer: B): void; reject(error: unknown): void }[] = [];
  let running = false;

  const run = async () => {
    running = true;
    await new Promise((turned) => setImmediate(turned));
    while (waiting.length > 0) {
      const round = waiting.splice(0, most);
      try {
        const answers = await ask(round.map(({ one }) => one));
        for (const [i, { resolve }] of round.entries()) resolve(answers[i] as B);
      } catch (error) {
        for (const { reject } of round) reject(error);
      }
    }
    running = false;
  };

  return (one) =>
    new Promise((resolve, reject) => {
      waiting.push({ one, resolve, reject });
      if (!running) void run();
    });
}
