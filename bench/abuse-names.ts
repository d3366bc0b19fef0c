import { subscribe } from "node:diagnostics_channel";
import dns from "node:dns";
import { syncBuiltinESMExports } from "node:module";
import type { Socket } from "node:net";

/**
 * Loaded into a gateway before it starts, in the place of a hostile name server: `ABUSE_NAMES` gives each name the addresses
 * it resolves to, a list for the first time it is asked for, one for the second, and so on. Says on standard error what is
 * resolved and to what address a connection is begun.
 */
const names = JSON.parse(process.env.ABUSE_NAMES ?? "{}") as Record<string, string[][]>;
const asked = new Map<string, number>();
const real = dns.lookup;

type Callback = (error: Error | null, found: unknown, family?: number) => void;

dns.lookup = Object.assign((name: string, options: unknown, given?: Callback) => {
  const answers = names[name];
  const callback = (given ?? options) as Callback;
  if (!answers) return real(name, options as dns.LookupAllOptions, callback as never);
  const n = asked.get(name) ?? 0;
  asked.set(name, n + 1);
  const found = (answers[Math.min(n, answers.length - 1)] ?? []).map((address) => ({
    address,
    family: address.includes(":") ? 6 : 4,
  }));
  process.stderr.write(`resolved ${name}\n`);
  const all = typeof options === "object" && (options as dns.LookupAllOptions).all;
  setImmediate(() => (all ? callback(null, found) : callback(null, found[0]?.address, found[0]?.family)));
}, real);
syncBuiltinESMExports();

subscribe("net.client.socket", (message) => {
  const { socket } = message as { socket: Socket };
  socket.on("connectionAttempt", (address) => process.stderr.write(`connects to ${address}\n`));
});
