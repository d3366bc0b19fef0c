import { type RawData, WebSocket } from "ws";
import type { ServerFrame } from "../src/protocol/frames.ts";

/** A connection to the gateway, or to the echo server that stands beside it. */
export function dial(url: string, more: { readonly localAddress?: string } = {}): WebSocket {
  return new WebSocket(url, "parley.v1", { perMessageDeflate: false, ...more });
}

/** The same, once it is open. */
export async function dialled(url: string): Promise<WebSocket> {
  const socket = dial(url);
  await new Promise((open, failed) => {
    socket.once("open", open);
    socket.once("error", failed);
  });
  return socket;
}

/** A message of the gateway, taken at its word: what is measured is not to be the reading of it. */
export function frameIn(data: RawData): ServerFrame {
  return JSON.parse(String(data)) as ServerFrame;
}

/** Throws what the gateway says is wrong. */
export function unlessFault(frame: ServerFrame): Exclude<ServerFrame, { type: "fault" }> {
  if (frame.type === "fault") throw new Error(`${frame.code}: ${frame.message}`);
  return frame;
}

/** Who orders, and where to: with this nothing is left to be asked. */
export const DETAILS = {
  ship_to: {
    country: "US",
    name: "Ada Reyes",
    lines: ["12 Harbor Street"],
    city: "Portland",
    postal_code: "45501",
  },
  payer: { name: "Ada Reyes", email: "ada@example.com" },
};
