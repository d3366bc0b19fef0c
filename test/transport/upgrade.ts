import { WebSocket } from "ws";

/** Tries to open a socket that must be refused; gives the status of the HTTP answer. */
export function refused(
  url: string,
  protocols: string[],
  headers: Record<string, string> = {},
): Promise<number> {
  const socket = new WebSocket(url, protocols, { headers });
  return new Promise((resolve, reject) => {
    socket.on("error", reject);
    socket.on("open", () => {
      socket.terminate();
      reject(new Error("the upgrade was not refused"));
    });
    socket.on("unexpected-response", (_, response) => {
      response.resume();
      resolve(response.statusCode ?? 0);
    });
  });
}
