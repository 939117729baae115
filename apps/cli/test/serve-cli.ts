import { trpcHandler } from "@landfall/api/trpc-handler";
import { createClient, type LandfallClient } from "@landfall/client/create-client";
import { createAssembler } from "@landfall/core/operations/artifacts/assembler";
import { restHandler } from "@landfall/rest/rest-handler";
import { SCOPES } from "@landfall/schema/scope";
import { createTestApp, type TestApp } from "@landfall/testing/create-test-app";
import { type SeenRequest, serveFetch } from "@landfall/testing/network/serve-fetch";
import { type Context, createContext } from "../src/command/context.ts";
import { COMMANDS } from "../src/commands.ts";
import { runCommandLine } from "../src/run-command-line.ts";
import { resolveSettings } from "../src/settings/resolve-settings.ts";
import { NOW, testRuntime, type TestRuntimeOptions } from "./test-runtime.ts";

type Ran = { readonly exit: number; readonly out: string; readonly err: string; readonly opened: readonly string[] };

/** A server with the organization `acme` and the projects `web` and `api`, and functions to run commands against it. */
export interface ServedCli extends AsyncDisposable {
  readonly app: TestApp;
  readonly url: string;
  /** A URL without a server. */
  readonly downUrl: string;
  /** A token of an owner with all scopes. */
  readonly token: string;
  /** An organization token, as used in CI. */
  readonly ciToken: string;
  readonly client: LandfallClient;
  readonly requests: readonly SeenRequest[];
  /** Intercepts requests; null passes a request to the application. */
  intercept: (request: Request) => Response | null;
  /** The environment variables of a CI job with the token of the owner. */
  env(more?: Readonly<Record<string, string>>): Record<string, string>;
  /** Creates a context for commands. */
  context(
    options?: TestRuntimeOptions & { readonly isDryRun?: boolean; readonly isQuiet?: boolean },
  ): Context & { readonly err: () => string };
  /** Runs a complete command line. */
  run(argv: readonly string[], options?: TestRuntimeOptions): Promise<Ran>;
}

/** Starts the server. Dispose it at the end of each test file. */
export async function serveCli(): Promise<ServedCli> {
  const app = await createTestApp();
  app.clock.set(NOW.toISOString());
  await app.given.organization("acme");
  await app.given.user("olga@acme.test", { name: "Olga", organization: "acme", role: "owner" });
  await app.given.project("acme", "web");
  await app.given.project("acme", "api");
  const token = await app.given.userToken("olga@acme.test", SCOPES);
  const ciToken = await app.given.orgToken("acme");
  const onBug = (error: unknown): never => {
    throw error;
  };
  const trpc = trpcHandler({ app: app.app, onBug });
  const rest = restHandler({ app: app.app, onBug });
  const assembler = createAssembler(app.app, { onError: onBug });
  const handler = async (request: Request): Promise<Response> => {
    const { pathname } = new URL(request.url);
    if (pathname.startsWith("/api/trpc")) return trpc(request);
    const response = await rest(request);
    if (pathname.endsWith("/assemble/")) assembler.wake();
    return response;
  };
  const server = await serveFetch(async (request) => served.intercept(request) ?? handler(request));
  const down = await serveFetch(handler);
  await down.close();
  const env: ServedCli["env"] = (more = {}) => ({
    SENTRY_URL: server.url,
    SENTRY_AUTH_TOKEN: token,
    SENTRY_ORG: "acme",
    SENTRY_PROJECT: "web",
    ...more,
  });
  const served: ServedCli = {
    app,
    url: server.url,
    downUrl: down.url,
    token,
    ciToken,
    client: createClient({ url: server.url, token }),
    requests: server.requests,
    intercept: () => null,
    env,
    context({ isDryRun = false, isQuiet = false, ...options } = {}) {
      const runtime = testRuntime({ ...options, env: env(options.env) });
      return Object.assign(createContext({ runtime, settings: resolveSettings({}, runtime.env, null), isDryRun, isQuiet }), {
        err: runtime.err,
      });
    },
    async run(argv, options = {}) {
      const runtime = testRuntime({ ...options, env: env(options.env) });
      const exit = await runCommandLine(COMMANDS, argv, runtime);
      return { exit, out: runtime.out(), err: runtime.err(), opened: runtime.opened };
    },
    async [Symbol.asyncDispose]() {
      await server.close();
      await assembler.stop();
      await app.close();
    },
  };
  return served;
}
