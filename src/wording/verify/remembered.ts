/**
 * A pure function of a text that keeps its answers, since the same few texts come in turn after turn. It holds at most
 * so many, and forgets them all when it is full. Answers are shared: nobody may change one.
 */
export function remembered<T extends object | string>(
  most: number,
  make: (text: string) => T,
): (text: string) => T {
  const known = new Map<string, T>();
  return (text) => {
    const before = known.get(text);
    if (before !== undefined) return before;
    const made = make(text);
    if (known.size >= most) known.clear();
    known.set(text, made);
    return made;
  };
}
