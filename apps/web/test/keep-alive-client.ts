import { Agent, request } from "node:http";

type Answer = { readonly status: number; readonly body: string; readonly isLast: boolean };

/** One connection to a server that carries one request after the other. */
export interface KeepAliveClient {
  /** Sends JSON and answers what came back; `isLast` when the server ends the connection with it. Throws when the connection breaks. */
  send(method: "GET" | "POST" | "PUT", path: string, body?: unknown): Promise<Answer>;
  close(): void;
}

/** A client with a connection of its own, which is never replaced by another while it lasts. */
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
