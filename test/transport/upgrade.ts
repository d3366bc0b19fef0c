import type { IncomingMessage } from "node:http";
import { text } from "node:stream/consumers";
import { WebSocket } from "ws";
import { FAULTS, type FaultCode } from "../../src/domain/fault.ts";
import { Problem } from "../../src/protocol/bodies.ts";

/** Tries to open a socket that must be refused with a whole problem; gives its code. */
export async function refused(
  url: string,
  protocols: string[],
  headers: Record<string, string> = {},
): Promise<FaultCode> {
  return (await refusal(url, protocols, headers)).code;
}

export async function refusal(
  url: string,
  protocols: string[],
  headers: Record<string, string> = {},
): Promise<Problem> {
  const socket = new WebSocket(url, protocols, { headers });
  const answer = await new Promise<IncomingMessage>((resolve, reject) => {
    socket.on("error", reject);
    socket.on("open", () => {
      socket.terminate();
      reject(new Error("the upgrade was not refused"));
    });
    socket.on("unexpected-response", (_, response) => resolve(response));
  });
  return problemIn(answer.statusCode ?? 0, answer.headers["content-type"], await text(answer));
}

/** Throws unless this is what a refusal is: a problem as over HTTP, told alike by its status, head and body. */
export function problemIn(status: number, type: string | undefined, body: string): Problem {
  const problem = Problem.parse(JSON.parse(body));
  const { code } = problem;
  const told = { status, type, urn: problem.type, in_body: problem.status, retry: problem.retry };
  const { http, retry } = FAULTS[code];
  const wanted = {
    ...{ status: http, type: "application/problem+json" },
    ...{ urn: `urn:parley:fault:${code}`, in_body: http, retry },
  };
  if (JSON.stringify(told) !== JSON.stringify(wanted))
    throw new Error(`${JSON.stringify(told)} is no ${code}`);
  return problem;
}
