import { SUBPROTOCOL } from "./frames.ts";
import { definitions, frameNames, type JsonSchema } from "./schema.ts";

/**
 * The AsyncAPI 3.0 document at `/protocol/asyncapi.json`, seen from the gateway: it receives client frames and sends
 * server frames. `publicUrl` is the address others reach the gateway at, when that is known.
 */
export function asyncApiDocument(publicUrl?: string): JsonSchema {
  const received = frameNames("client");
  const sent = frameNames("server");
  return {
    asyncapi: "3.0.0",
    id: "urn:parley:protocol:v1",
    info: {
      title: "Parley",
      version: "1.0.0",
      description:
        "Bargaining between a buyer and a vendor over one WebSocket: an append-only log of numbered events.",
    },
    defaultContentType: "application/json",
    ...(publicUrl ? { servers: { gateway: server(new URL(publicUrl)) } } : {}),
    channels: {
      session: {
        address: "/v1/ws",
        title: SUBPROTOCOL,
        description: `One session at a time; WebSocket subprotocol ${SUBPROTOCOL}, text messages.`,
        messages: Object.fromEntries(
          [...Object.keys(received), ...Object.keys(sent)].map((type) => [
            type,
            { $ref: `#/components/messages/${type}` },
          ]),
        ),
        bindings: { ws: { method: "GET", headers: upgradeHeaders, bindingVersion: "0.1.0" } },
      },
    },
    operations: {
      fromClient: operation("receive", "What a client may send, `hello` first.", Object.keys(received)),
      toClient: operation("send", "What the gateway may send, `welcome` first.", Object.keys(sent)),
    },
    components: {
      messages: Object.fromEntries(
        Object.entries({ ...received, ...sent }).map(([type, schema]) => [
          type,
          { name: type, payload: { $ref: `#/components/schemas/${schema}` } },
        ]),
      ),
      schemas: definitions("#/components/schemas/"),
    },
  };
}

const upgradeHeaders = {
  type: "object",
  properties: {
    "Sec-WebSocket-Protocol": { type: "string", const: SUBPROTOCOL },
    Authorization: {
      type: "string",
      description: "`Bearer` and an API key, where the vendor asks for keys.",
    },
  },
  required: ["Sec-WebSocket-Protocol"],
};

function server(url: URL): JsonSchema {
  const path = url.pathname.replace(/\/$/, "");
  const protocol = url.protocol === "https:" ? "wss" : "ws";
  return { host: url.host, protocol, ...(path ? { pathname: path } : {}) };
}

function operation(action: "send" | "receive", summary: string, types: readonly string[]): JsonSchema {
  return {
    action,
    summary,
    channel: { $ref: "#/channels/session" },
    messages: types.map((type) => ({ $ref: `#/channels/session/messages/${type}` })),
  };
}
