import type { Server } from "node:http";
import { Fault } from "../domain/fault.ts";
import type { Config } from "./config.ts";

/** Resolves when the server listens. Throws `bad_config` in words when the address or port cannot be had. */
export function listen(server: Server, { host, port }: Pick<Config, "host" | "port">): Promise<void> {
  return new Promise((resolve, reject) => {
    const failed = (cause: NodeJS.ErrnoException) =>
      reject(new Fault("bad_config", problem(cause, host, port), { cause }));
    server.once("error", failed);
    server.listen(port, host, () => {
      server.off("error", failed);
      resolve();
    });
  });
}

function problem({ code, message }: NodeJS.ErrnoException, host: string, port: number): string {
  switch (code) {
    case "EADDRINUSE":
      return `port ${port} on ${host} is taken; set PARLEY_PORT to another, or to 0 for any free one`;
    case "EACCES":
      return `port ${port} on ${host} is not open to this user; set PARLEY_PORT to 1024 or higher`;
    case "ENOTFOUND":
    case "EAI_AGAIN":
    case "EADDRNOTAVAIL":
    case "EAFNOSUPPORT":
      return `${host} is no address of this machine; set PARLEY_HOST to one, such as 127.0.0.1 or 0.0.0.0`;
    default:
      return `cannot listen on port ${port} of ${host} (${message}); see PARLEY_HOST and PARLEY_PORT`;
  }
}
