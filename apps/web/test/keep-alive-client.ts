import { Agent, request } from "node:http";

type ClientResponse = { readonly status: number; readonly body: string; readonly isLast: boolean };

/** A client that sends one request after the other over a single connection. */
export interface KeepAliveClient {
  /** Sends JSON. Returns the response; `isLast` if the server closes the connection after it. @throws if the connection breaks. */
  send(method: "GET" | "POST" | "PUT", path: string, body?: unknown): Promise<ClientResponse>;
  close(): void;
}

/** Creates a client with its own connection. */
export function keepAliveClient(url: string, token: string): KeepAliveClient {
  const agent = new Agent({ keepAlive: true, maxSockets: 1 });
  return {
    send(method, path, body) {
      const payload = body === undefined ? undefined : JSON.stringify(body);
      const length = payload === undefined ? {} : { "Content-Type": "application/json", "Content-Length": Buffer.byteLength(payload) };
      const headers = { Authorization: `Bearer ${token}`, ...length };
      return new Promise((resolve, reject) => {
        const sent = request(`${url}${path}`, { method, agent, headers }, (response) => {
          let text = "";
          response.setEncoding("utf8").on("data", (part: string) => (text += part));
          response.once("error", reject);
          response.once("end", () =>
            resolve({ status: response.statusCode ?? 0, body: text, isLast: response.headers.connection === "close" }),
          );
        });
        sent.once("error", reject);
        sent.end(payload);
      });
    },
    close: () => agent.destroy(),
  };
}
