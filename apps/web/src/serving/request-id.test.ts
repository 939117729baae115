import { IncomingMessage } from "node:http";
import { Socket } from "node:net";
import { describe, expect, test } from "vitest";
import { assignRequestId } from "./request-id.ts";

function request(...rawHeaders: string[]): IncomingMessage {
  const message = new IncomingMessage(new Socket());
  message.rawHeaders = rawHeaders;
  for (let at = 0; at < rawHeaders.length; at += 2) message.headers[String(rawHeaders[at]).toLowerCase()] = rawHeaders[at + 1];
  return message;
}

const UUID = /^[0-9a-f]{8}(?:-[0-9a-f]{4}){3}-[0-9a-f]{12}$/;

describe("assignRequestId", () => {
  test.each(["a", "build-4711", "0af7651916cd43dd8448eb211c80319c", "a:b.c_d", "x".repeat(64)])("keeps %s", (given) => {
    const message = request("Host", "x", "X-Request-Id", given);
    expect(assignRequestId(message)).toBe(given);
    expect(message.rawHeaders).toEqual(["Host", "x", "X-Request-Id", given]);
  });

  test.each(["", "x".repeat(65), "a b", 'a"b', "a,b", "é", "a\u0000", "${jndi}"])("replaces %j everywhere the adapters read", (given) => {
    const message = request("x-request-ID", given, "Host", "x", "X-Request-Id", given);
    const id = assignRequestId(message);
    expect(id).toMatch(UUID);
    expect(message.headers["x-request-id"]).toBe(id);
    expect(message.rawHeaders).toEqual(["Host", "x", "x-request-id", id]);
  });

  test("makes one where none was sent, a new one each time", () => {
    const [one, other] = [request("Host", "x"), request("Host", "x")].map(assignRequestId);
    expect(one).toMatch(UUID);
    expect(one).not.toBe(other);
  });
});
