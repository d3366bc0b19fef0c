import { type AddressInfo, connect, createServer, type Socket } from "node:net";

/** A network between a browser and a gateway that can be cut. */
export interface CutProxy {
  readonly port: number;
  /** Every connection breaks, and none is made until `mend`. */
  cut(): void;
  mend(): void;
  /** Where connections go from here on. */
  to(port: number): void;
  close(): void;
}

export async function cutProxy(): Promise<CutProxy> {
  const open = new Set<Socket>();
  let isCut = false;
  let target = 0;
  const server = createServer((from) => {
    if (isCut) return void from.resetAndDestroy();
    const to = connect(target, "127.0.0.1");
    for (const socket of [from, to]) {
      open.add(socket);
      socket.on("error", () => {});
      socket.on("close", () => {
        open.delete(socket);
        from.destroy();
        to.destroy();
      });
    }
    from.pipe(to).pipe(from);
  });
  await new Promise<void>((done) => server.listen(0, "127.0.0.1", done));
  const breakAll = () => {
    for (const socket of open) socket.resetAndDestroy();
  };
  return {
    port: (server.address() as AddressInfo).port,
    cut: () => {
      isCut = true;
      breakAll();
    },
    mend: () => {
      isCut = false;
    },
    to: (port) => {
      target = port;
    },
    close: () => {
      server.close();
      breakAll();
    },
  };
}
