import { once } from "node:events";
import { type AddressInfo, connect, createServer, type Server, type Socket } from "node:net";

/** Stands before a server: what goes through it can be cut off. */
export interface Wall {
  /** The server's address as it is behind the wall. */
  readonly url: string;
  /** Ends every connection and takes no new one. */
  shut(): Promise<void>;
  /** Takes connections again, at the same address. */
  open(): Promise<void>;
  close(): Promise<void>;
}

export async function wallBefore(url: string): Promise<Wall> {
  const { hostname, port, protocol } = new URL(url);
  const through = new Set<Socket>();
  let server: Server | null = null;
  const listen = async (at: number) => {
    server = createServer((near) => {
      const far = connect(Number(port), hostname);
      for (const [one, other] of [
        [near, far],
        [far, near],
      ] as const) {
        through.add(one);
        one.pipe(other);
        one.on("error", () => other.destroy());
        one.on("close", () => {
          through.delete(one);
          other.destroy();
        });
      }
    });
    server.listen(at, "127.0.0.1");
    await once(server, "listening");
    return (server.address() as AddressInfo).port;
  };
  const shut = async () => {
    if (!server) return;
    const closed = once(server, "close");
    server.close();
    for (const socket of through) socket.destroy();
    server = null;
    await closed;
  };
  const own = await listen(0);
  return {
    url: `${protocol}//127.0.0.1:${own}`,
    shut,
    open: async () => void (await listen(own)),
    close: shut,
  };
}
