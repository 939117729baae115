import type { ServerResponse } from "node:http";

/** Answers in JSON where no adapter does. */
export function sendJson(response: ServerResponse, status: number, body: unknown, headers: Readonly<Record<string, string>> = {}): void {
  const always = { "Content-Type": "application/json", "Cache-Control": "no-store", "X-Content-Type-Options": "nosniff" };
  response.writeHead(status, { ...always, ...headers });
  response.end(JSON.stringify(body));
}
