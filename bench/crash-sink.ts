import { createServer } from "node:http";
import type { AddressInfo } from "node:net";

/** The vendor's system: a receiver of webhooks that outlives every crash, and does each order once, by its id. */
export interface OrderSink {
  readonly url: string;
  /** How often each bound order came. */
  readonly orders: ReadonlyMap<string, number>;
  close(): Promise<void>;
}

export async function orderSink(): Promise<OrderSink> {
  const orders = new Map<string, number>();
  const server = createServer(async (request, response) => {
    const pieces: Buffer[] = [];
    for await (const piece of request) pieces.push(piece as Buffer);
    const { type } = JSON.parse(Buffer.concat(pieces).toString()) as { type: string };
    const id = String(request.headers["webhook-id"]);
    if (type === "order.bound") orders.set(id, (orders.get(id) ?? 0) + 1);
    response.writeHead(204).end();
  });
  await new Promise<void>((listens) => server.listen(0, "127.0.0.1", listens));
  return {
    url: `http://127.0.0.1:${(server.address() as AddressInfo).port}/`,
    orders,
    close: () =>
      new Promise((closed) => {
        server.close(() => closed());
        server.closeAllConnections();
      }),
  };
}
