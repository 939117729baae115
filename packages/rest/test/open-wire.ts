import { createAssembler } from "@landfall/core/operations/artifacts/assembler";
import { createTestApp, type TestApp } from "@landfall/testing/create-test-app";
import type { TestStoreKind } from "@landfall/testing/stores/open-test-store";
import { expect } from "vitest";
import { restHandler } from "../src/rest-handler.ts";

export type Reply = { readonly status: number; readonly body: unknown; readonly headers: Headers; readonly text: string };

/** A body that is not JSON: a form, or text with its own Content-Type. */
export type RawBody = string | Uint8Array<ArrayBuffer> | FormData | URLSearchParams;

type Call = {
  /** Null for no credentials. */
  readonly token?: string | null;
  readonly body?: unknown;
  readonly headers?: Readonly<Record<string, string>>;
  readonly raw?: RawBody;
};

/** The REST API of a fresh application: calls go through the real handlers, and every response is checked against the declaration of its route. */
export interface Wire extends TestApp {
  /** `path` is below `/api/0`. A call that causes a bug fails the test that made it, with the error behind the 500. */
  call(method: string, path: string, options?: Call): Promise<Reply>;
  get(path: string, options?: Call): Promise<Reply>;
  post(path: string, body: unknown, options?: Call): Promise<Reply>;
  put(path: string, body: unknown, options?: Call): Promise<Reply>;
  delete(path: string, options?: Call): Promise<Reply>;
  /** Assembles uploaded archives, as the server does in the background. */
  assemble(): Promise<void>;
  /** The default token of calls. */
  use(token: string): void;
}

/** Opens a wire over a fresh database. */
export async function openWire(kind?: TestStoreKind): Promise<Wire> {
  const test = await createTestApp(kind);
  const bugs: unknown[] = [];
  const rest = restHandler({ app: test.app, onBug: (error) => bugs.push(error), checkResponses: true });
  const assembler = createAssembler(test.app, { onError: (error) => bugs.push(error) });
  let standing: string | null = null;

  async function call(method: string, path: string, { token = standing, body, headers = {}, raw }: Call = {}): Promise<Reply> {
    const request = new Request(`http://landfall.test/api/0${path}`, {
      method,
      headers: {
        ...(token === null ? {} : { Authorization: `Bearer ${token}` }),
        ...(body === undefined ? {} : { "Content-Type": "application/json" }),
        ...headers,
      },
      ...(raw === undefined ? (body === undefined ? {} : { body: JSON.stringify(body) }) : { body: raw }),
    });
    const response = await rest(request);
    expect(bugs.splice(0), `${method} ${path} found a bug`).toEqual([]);
    const text = await response.text();
    const isJson = response.headers.get("content-type")?.startsWith("application/json") ?? false;
    return { status: response.status, headers: response.headers, text, body: isJson && text !== "" ? JSON.parse(text) : undefined };
  }

  return {
    ...test,
    call,
    get: (path, options) => call("GET", path, options),
    post: (path, body, options) => call("POST", path, { ...options, body }),
    put: (path, body, options) => call("PUT", path, { ...options, body }),
    delete: (path, options) => call("DELETE", path, options),
    async assemble() {
      assembler.wake();
      await assembler.idle();
      expect(bugs.splice(0), "assembling found a bug").toEqual([]);
    },
    use: (token) => void (standing = token),
  };
}
