import { createServer, type IncomingMessage, type ServerResponse } from "node:http";
import type { AddressInfo } from "node:net";
import { buffer } from "node:stream/consumers";

/** A request that the handler received. */
export type SeenRequest = {
  readonly method: string;
  readonly url: string;
  readonly headers: IncomingMessage["headers"];
  readonly bytes: number;
};

/** A fetch handler on a free local port. */
export interface ServedFetch extends AsyncDisposable {
  /** The base URL, without a trailing slash. */
  readonly url: string;
  /** Every request so far, oldest first. */
  readonly requests: readonly SeenRequest[];
  close(): Promise<void>;
}

/** Serves a fetch handler over node:http. An error of the handler becomes a 500 response with its message. */
export async function serveFetch(handler: (request: Request) => Promise<Response>): Promise<ServedFetch> {
  const requests: SeenRequest[] = [];
  const server = createServer((message, reply) => {
    respond(message, reply).catch((error: unknown) => reply.writeHead(500).end(String(error)));
  });

  async function respond(message: IncomingMessage, reply: ServerResponse): Promise<void> {
    const { method = "GET", url = "/", headers } = message;
    const body = await buffer(message);
    requests.push({ method, url, headers, bytes: body.byteLength });
    const sent = Object.entries(headers).flatMap(([name, value]): [string, string][] => (typeof value === "string" ? [[name, value]] : []));
    const init = method === "GET" || method === "HEAD" ? {} : { body: new Uint8Array(body) };
    const response = await handler(new Request(new URL(url, `http://${headers.host}`), { method, headers: sent, ...init }));
    reply.writeHead(response.status, Object.fromEntries(response.headers));
    reply.end(new Uint8Array(await response.arrayBuffer()));
  }

  await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
  const close = () =>
    new Promise<void>((resolve) => {
      server.close(() => resolve());
      server.closeAllConnections();
    });
  return { url: `http://127.0.0.1:${portOf(server.address())}`, requests, close, [Symbol.asyncDispose]: close };
}

function portOf(address: AddressInfo | string | null): number {
  if (address === null || typeof address === "string") throw new Error("the server does not listen on a port");
  return address.port;
}
