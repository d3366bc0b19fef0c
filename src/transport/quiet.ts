import type { SSEStreamingApi } from "hono/streaming";
import { BOUNDS } from "../domain/bounds.ts";

/** Waits until something is to be sent; a comment now and then keeps proxies from closing a quiet stream. */
export async function quiet(stream: SSEStreamingApi, onWake: (resolve: () => void) => void): Promise<void> {
  let timer: NodeJS.Timeout | undefined;
  const woken = await Promise.race([
    new Promise<true>((resolve) => onWake(() => resolve(true))),
    new Promise<false>((resolve) => {
      timer = setTimeout(() => resolve(false), BOUNDS.heartbeat_ms);
    }),
  ]);
  clearTimeout(timer);
  if (!woken) await stream.write(": still here\n\n");
}
