import type { Socket } from "node:net";
import type { RawData, WebSocket } from "ws";
import { Fault } from "../domain/fault.ts";
import { Connection, type Wire } from "../session/connection.ts";
import type { EntranceOptions } from "../session/entrance.ts";
import type { Gateway } from "../session/gateway.ts";

/** One socket as the session layer's wire. Frames of one tick are corked into one write. */
export class Peer implements Wire {
  readonly connection: Connection;
  /** Pings it may leave without a pong. */
  alive = PINGS;
  readonly #socket: WebSocket;
  readonly #net: Socket;
  readonly #gateway: Gateway;
  readonly #traceparent: string | undefined;
  #corked = false;

  constructor(
    socket: WebSocket,
    net: Socket,
    gateway: Gateway,
    comes: EntranceOptions,
    traceparent: string | undefined,
  ) {
    this.#socket = socket;
    this.#net = net;
    this.#gateway = gateway;
    this.#traceparent = traceparent;
    this.connection = new Connection(gateway, this, comes);
  }

  send(text: string, sent?: () => void): void {
    const socket = this.#socket;
    if (socket.readyState !== socket.OPEN) {
      sent?.();
      return;
    }
    if (!this.#corked) {
      this.#corked = true;
      this.#net.cork();
      process.nextTick(Peer.#uncork, this);
    }
    socket.send(text, sent);
  }

  static #uncork(peer: Peer): void {
    peer.#corked = false;
    peer.#net.uncork();
  }

  close(code: number, reason: string): void {
    this.#socket.close(code, reason);
  }

  buffered(): number {
    return this.#socket.bufferedAmount;
  }

  heard(data: RawData, isBinary: boolean): void {
    const { tracer } = this.#gateway.house;
    const { connection } = this;
    if (isBinary) connection.fail(new Fault("binary_frame", "send text messages; binary ones are not read"));
    else if (tracer) tracer.arriving(this.#traceparent, () => connection.receive(String(data)));
    else connection.receive(String(data));
  }

  pong(): void {
    this.alive = PINGS;
  }

  /** One more ping goes out; whether it was heard of since the last ones. */
  beat(): void {
    this.alive -= 1;
    if (this.alive < 0)
      this.connection.fail(new Fault("heartbeat_missed", "no pong came; connect again and resume"));
    else this.#socket.ping();
  }

  /** What came cannot be read, and nothing after it will be. */
  unreadable(fault: Fault): void {
    this.connection.fail(fault);
  }
}

const PINGS = 2;
