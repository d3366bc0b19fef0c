/**
 * `make`, done once for each value it is asked about, and known as long as anybody has that value. It MUST be pure and no
 * value may change. Worth it for what lives long (a policy, a product, an address), not for what one turn makes and drops:
 * to remember costs more than a few hundred nanoseconds of work.
 */
export function once<K extends object, V>(make: (value: K) => V): (value: K) => V {
  const made = new WeakMap<K, { readonly result: V }>();
  return (value) => {
    const known = made.get(value);
    if (known) return known.result;
    const result = make(value);
    made.set(value, { result });
    return result;
  };
}
