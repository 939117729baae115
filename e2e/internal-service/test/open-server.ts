import { trpcHandler } from "@landfall/api/trpc-handler";
import { createClient, type LandfallClient } from "@landfall/client";
import { createTestApp } from "@landfall/testing/create-test-app";
import { type SeenRequest, serveFetch } from "@landfall/testing/network/serve-fetch";

/** A real server on a free port, and a client for it. */
export interface OpenServer extends AsyncDisposable {
  readonly url: string;
  /** A URL without a server. */
  readonly downUrl: string;
  readonly token: string;
  readonly client: LandfallClient;
  readonly requests: readonly SeenRequest[];
  /** Replaces responses of the application; null passes a request on. */
  interrupt: (request: Request) => Response | null;
}

/** Starts a server with the organization `acme` and the project `web`. */
export async function openServer(): Promise<OpenServer> {
  const { app, given, close } = await createTestApp();
  await given.organization("acme");
  await given.project("acme", "web");
  const token = await given.orgToken("acme");
  const handler = trpcHandler({
    app,
    onBug: (error) => {
      throw error;
    },
  });
  const server = await serveFetch(async (request) => open.interrupt(request) ?? handler(request));
  const down = await serveFetch(handler);
  await down.close();
  const client = createClient({ url: server.url, token, retry: { wait: async () => {} } });
  const open: OpenServer = {
    url: server.url,
    downUrl: down.url,
    token,
    client,
    requests: server.requests,
    interrupt: () => null,
    async [Symbol.asyncDispose]() {
      await server.close();
      await close();
    },
  };
  return open;
}
