import { z } from "zod";
import { Fault, problemsOf } from "../domain/fault.ts";
import { Localized } from "../domain/text.ts";

/** What a client reads of `/.well-known/parley.json`; the rest may be there. */
const Profile = z.object({
  protocol: z.literal("parley.v1"),
  vendor: z.object({ id: z.string(), name: Localized }),
  endpoints: z.object({ websocket: z.url(), jwks: z.url() }),
  currencies: z.array(z.string()),
});
export type Profile = z.infer<typeof Profile>;

/** Who is behind this WebSocket address, and where everything else is. Throws `unavailable` when nobody answers. */
export async function discover(socket: string): Promise<Profile> {
  if (!URL.canParse(socket) || !/^wss?:$/.test(new URL(socket).protocol)) {
    throw new Fault("bad_config", `--url ${socket}: an address such as ws://127.0.0.1:8787/v1/ws`);
  }
  const address = new URL("/.well-known/parley.json", socket.replace(/^ws/, "http"));
  const answer = await fetch(address, { signal: AbortSignal.timeout(10_000) }).catch((cause: unknown) => {
    const start = "start one in another terminal with `npm start`, or name one with `--url`";
    throw new Fault("unavailable", `no gateway answers at ${address.origin}; ${start}`, { cause });
  });
  const parsed = Profile.safeParse(await answer.json().catch(() => null));
  if (!parsed.success) {
    throw new Fault("unavailable", `${address} is no Parley gateway: ${problemsOf(parsed.error)}`);
  }
  return parsed.data;
}
