import { createServer, type IncomingMessage, request, type ServerResponse } from "node:http";
import type { ProgramEnvironment } from "./run-program.ts";
import { portOf } from "./start-server.ts";

/** A forwarded request: `target` is the raw path and query. */
export type PassedRequest = { readonly method: string; readonly target: string; readonly body: string };

/** A proxy on a free port of the loopback interface. */
export interface RecordingProxy extends AsyncDisposable {
  readonly url: string;
  /** Every request so far, in order of arrival. */
  readonly requests: readonly PassedRequest[];
}

/** What the proxy does with a response: pass it to the client, replace it with 503, or drop the connection. */
export type Action = "pass" | "replace with 503" | "drop";

/**
 * Forwards all requests to `upstream` unchanged. `actionFor` is called after the upstream has handled the request, so a replaced
 * response simulates a gateway that lost the response of a completed request.
 */
export async function recordingProxy(
  upstream: string,
  actionFor: (seen: PassedRequest, index: number) => Action = () => "pass",
): Promise<RecordingProxy> {
  const requests: PassedRequest[] = [];
  const server = createServer((incoming, outgoing) => {
    forward(upstream, incoming, outgoing, (seen) => actionFor(seen, requests.push(seen) - 1)).catch(() => outgoing.destroy());
  });
  await new Promise<void>((listening) => server.listen(0, "127.0.0.1", listening));
  return {
    url: `http://127.0.0.1:${portOf(server)}`,
    requests,
    [Symbol.asyncDispose]: () =>
      new Promise((closed) => {
        server.close(() => closed());
        server.closeAllConnections();
      }),
  };
}

async function forward(
  upstream: string,
  incoming: IncomingMessage,
  outgoing: ServerResponse,
  decide: (seen: PassedRequest) => Action,
): Promise<void> {
  const body = await readAll(incoming);
  const { hostname, port } = new URL(upstream);
  const response = await new Promise<IncomingMessage>((resolve, fail) => {
    // `path` is passed raw: clients send characters that a URL parser would change.
    const options = {
      host: hostname,
      port,
      method: incoming.method,
      path: incoming.url,
      headers: { ...incoming.headers, connection: "close" },
    };
    request(options, resolve).once("error", fail).end(body);
  });
  const text = await readAll(response);
  const action = decide({ method: incoming.method ?? "", target: incoming.url ?? "", body: body.toString("utf8") });
  if (action === "drop") return void outgoing.destroy();
  if (action === "replace with 503")
    return void outgoing.writeHead(503, { "content-type": "application/json" }).end('{"detail":"Try again"}');
  outgoing.writeHead(response.statusCode ?? 502, response.headers).end(text);
}

async function readAll(stream: IncomingMessage): Promise<Buffer> {
  const chunks: Buffer[] = [];
  for await (const chunk of stream) chunks.push(Buffer.from(chunk));
  return Buffer.concat(chunks);
}

/** A proxy that blocks all requests and records their targets. */
export interface BlockingProxy extends AsyncDisposable {
  /** Variables that make a program use the proxy for all URLs outside the loopback interface. */
  readonly env: ProgramEnvironment;
  /** The host and port, or the URL, of all requests so far. */
  readonly targets: readonly string[];
}

/** Opens one on a free port of the loopback interface. */
export async function blockingProxy(): Promise<BlockingProxy> {
  const targets: string[] = [];
  const server = createServer(({ url }, response) => {
    targets.push(url ?? "");
    response.writeHead(502).end();
  });
  server.on("connect", ({ url }, socket) => {
    targets.push(url ?? "");
    socket.end("HTTP/1.1 502 Bad Gateway\r\n\r\n");
  });
  await new Promise<void>((listening) => server.listen(0, "127.0.0.1", listening));
  const url = `http://127.0.0.1:${portOf(server)}`;
  return {
    // Node uses these variables only with NODE_USE_ENV_PROXY.
    env: { HTTP_PROXY: url, HTTPS_PROXY: url, http_proxy: url, https_proxy: url, NO_PROXY: "127.0.0.1,localhost", NODE_USE_ENV_PROXY: "1" },
    targets,
    [Symbol.asyncDispose]: () =>
      new Promise((closed) => {
        server.close(() => closed());
        server.closeAllConnections();
      }),
  };
}
