import { trpcHandler } from "@landfall/api/trpc-handler";
import { createAssembler } from "@landfall/core/operations/artifacts/assembler";
import { restApp } from "@landfall/rest/rest-app";
import { createTestApp, type TestApp } from "@landfall/testing/create-test-app";
import { type ServedFetch, serveFetch } from "@landfall/testing/network/serve-fetch";

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
  /** Whether archives are put together once they were asked for, as the server does behind its answers. */
  assembles: boolean;
}

/** Starts one. Close it at the end of each test file. */
export async function serveApp(): Promise<ServedApp> {
  const test = await createTestApp();
  await test.given.organization("acme");
  await test.given.project("acme", "web");
  await test.given.project("acme", "api");
  const token = await test.given.orgToken("acme");
  const bugs: unknown[] = [];
  const options = { app: test.app, onBug: (error: unknown) => void bugs.push(error) };
  const trpc = trpcHandler(options);
  const rest = restApp(options);
  const assembler = createAssembler(test.app, { onError: options.onBug });
  const answer = async (request: Request): Promise<Response> => {
    const { pathname } = new URL(request.url);
    if (pathname.startsWith("/api/trpc")) return trpc(request);
    const response = await rest.fetch(request);
    if (pathname.endsWith("/assemble/") && served.assembles) assembler.wake();
    return response;
  };
  const server = await serveFetch(async (request) => (await served.intercept(request)) ?? answer(request));
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
