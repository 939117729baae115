import { trpcHandler } from "@landfall/api/trpc-handler";
import { createTestApp, type TestApp } from "@landfall/testing/create-test-app";
import { serveFetch, type ServedFetch } from "@landfall/testing/serve-fetch";

/** The application behind a port, with the organization `acme`, its projects `web` and `api`, and a token of each kind. */
export interface ServedApp extends AsyncDisposable {
  readonly test: TestApp;
  readonly server: ServedFetch;
  readonly url: string;
  /** An organization's token: CI. */
  readonly token: string;
  /** What the server took for bugs. */
  readonly bugs: unknown[];
  /** Lets a test stand between the client and the application, as a proxy does; answering null passes the request on. */
  intercept: (request: Request) => Promise<Response | null> | Response | null;
}

/** Starts one. Close it at the end of each test file. */
export async function serveApp(): Promise<ServedApp> {
  const test = await createTestApp();
  await test.given.organization("acme");
  await test.given.project("acme", "web");
  await test.given.project("acme", "api");
  const token = await test.given.orgToken("acme");
  const bugs: unknown[] = [];
  const handler = trpcHandler({ app: test.app, onBug: (error) => bugs.push(error) });
  const server = await serveFetch(async (request) => (await served.intercept(request)) ?? handler(request));
  const served: ServedApp = {
    test,
    server,
    url: server.url,
    token,
    bugs,
    intercept: () => null,
    async [Symbol.asyncDispose]() {
      await server.close();
      await test.close();
    },
  };
  return served;
}
