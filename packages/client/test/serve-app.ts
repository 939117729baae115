import { trpcHandler } from "@landfall/api/trpc-handler";
import { createAssembler } from "@landfall/core/operations/artifacts/assembler";
import { restHandler } from "@landfall/rest/rest-handler";
import { createTestApp, type TestApp } from "@landfall/testing/create-test-app";
import { type ServedFetch, serveFetch } from "@landfall/testing/network/serve-fetch";

/** A running server with the organization `acme`, the projects `web` and `api`, and a token. */
export interface ServedApp extends AsyncDisposable {
  readonly test: TestApp;
  readonly server: ServedFetch;
  readonly url: string;
  /** An organization token, as used in CI. */
  readonly token: string;
  /** The unexpected errors of the server. */
  readonly bugs: unknown[];
  /** Intercepts requests like a proxy; null passes a request to the application. */
  intercept: (request: Request) => Promise<Response | null> | Response | null;
  /** Whether requested assemblies run, as they do in the server after its response. */
  assembles: boolean;
}

/** Starts the server. Dispose it at the end of each test file. */
export async function serveApp(): Promise<ServedApp> {
  const test = await createTestApp();
  await test.given.organization("acme");
  await test.given.project("acme", "web");
  await test.given.project("acme", "api");
  const token = await test.given.orgToken("acme");
  const bugs: unknown[] = [];
  const options = { app: test.app, onBug: (error: unknown) => void bugs.push(error) };
  const trpc = trpcHandler(options);
  const rest = restHandler(options);
  const assembler = createAssembler(test.app, { onError: options.onBug });
  const handle = async (request: Request): Promise<Response> => {
    const { pathname } = new URL(request.url);
    if (pathname.startsWith("/api/trpc")) return trpc(request);
    const response = await rest(request);
    if (pathname.endsWith("/assemble/") && served.assembles) assembler.wake();
    return response;
  };
  const server = await serveFetch(async (request) => (await served.intercept(request)) ?? handle(request));
  const served: ServedApp = {
    test,
    server,
    url: server.url,
    token,
    bugs,
    intercept: () => null,
    assembles: true,
    async [Symbol.asyncDispose]() {
      await server.close();
      await assembler.stop();
      await test.close();
    },
  };
  return served;
}
