import { randomBytes } from "node:crypto";
import { constants } from "node:os";
import path from "node:path";
import { createAuth } from "@landfall/auth/create-auth";
import { createApp } from "@landfall/core/create-app";
import { createStorageQuotas } from "@landfall/core/records/artifacts/storage-quotas";
import { createLastUsedRecorder, recordSessionUse } from "@landfall/core/records/accounts/last-used";
import { withDiskFloor } from "@landfall/db/blobs/disk-floor";
import { type Env, readEnv } from "./env.ts";
import { openDocuments } from "./src/server/docs/documents.ts";
import { createBodyWatch } from "./src/server/http/body-watch.ts";
import { clientReader } from "./src/server/http/client-address.ts";
import { createEventFeed } from "./src/server/http/event-feed.ts";
import { createOpenStreams } from "./src/server/http/event-streams.ts";
import { createHttpServer, listen } from "./src/server/http/http-server.ts";
import { createListener, logRequest } from "./src/server/http/listener.ts";
import { openPages } from "./src/server/http/next-pages.ts";
import { createRoutes } from "./src/server/http/routes.ts";
import { createArtifactJobs } from "./src/server/jobs/artifact-jobs.ts";
import { createRetentionJob } from "./src/server/jobs/retention-job.ts";
import { banner } from "./src/server/lifecycle/banner.ts";
import { createFailureLog } from "./src/server/lifecycle/failure-log.ts";
import { completeFirstStart, firstStart } from "./src/server/lifecycle/first-start.ts";
import { type Log, openLog } from "./src/server/lifecycle/log.ts";
import { releaseMemory, runWhenIdle } from "./src/server/lifecycle/memory.ts";
import { createMetrics } from "./src/server/lifecycle/metrics.ts";
import { openBlobs, openStore, withTransactionMetrics } from "./src/server/lifecycle/open-storage.ts";
import { operatorMessage } from "./src/server/lifecycle/operator-error.ts";
import { applyServeOptions } from "./src/server/lifecycle/serve-options.ts";
import { stop } from "./src/server/lifecycle/stop.ts";
import { timers } from "./src/server/lifecycle/timers.ts";
import { pageAccess } from "./src/server/pages/page-access.ts";
import { publishApp } from "./src/server/pages/running-app.ts";
import { createMarkdownPool } from "./src/server/workers/markdown-pool.ts";
import { createMapPool } from "./src/server/workers/source-map-pool.ts";

/** V8 keeps the memory of a worker that ended for eight seconds, in milliseconds and with some to spare. */
const PAGES_KEPT = 10_000;

/** The built command line, seen from the npm package, from the built server of a clone, and from this file. */
const COMMAND_LINE = ["../bin/landfall.mjs", "../../../../cli/dist/landfall.mjs", "../cli/dist/landfall.mjs"].map((file) =>
  path.join(import.meta.dirname, file),
);

/** The documentation, seen from the npm package and the built server, and from this file. */
const DOCUMENTS = ["../docs", "../../docs"].map((folder) => path.join(import.meta.dirname, folder));

/** The server process: creates all parts, serves, and stops in order on a signal. */
async function start(env: Env, log: Log, onStarted: (stopServer: () => void) => void): Promise<void> {
  const { logger } = log;
  const metrics = createMetrics();
  const failures = createFailureLog({ logger, timers, onStorageFailure: metrics.storageFailure });
  const onBug = (error: unknown, id: string | null) => failures.report(error, { id });
  const onError = (error: unknown, during: string) => failures.report(error, { during });
  const store = withTransactionMetrics(await openStore(env, { serves: true, onError }), metrics);
  const server = createHttpServer({ timers, onFull: () => logger.warn("too many connections, refusing more") });
  const pages = await openPages({ mode: env.pages, dir: import.meta.dirname, server });
  const uses = createLastUsedRecorder(store, { onError: (error) => onError(error, "storing the last use of tokens") });

  const blobs = withDiskFloor(openBlobs(env), { folder: env.dataDir, minFree: env.minFreeDisk });
  const now = () => new Date();
  const quotas = createStorageQuotas({ read: store.read, now }, { byDefault: env.artifactQuota });
  const artifacts = createArtifactJobs(
    { store, blobs, now, quotas, randomHex: (bytes) => randomBytes(bytes).toString("hex") },
    { timers, logger, onError },
  );

  const maps = createMapPool({
    timers,
    onError: (error) => onError(error, "reading a source map"),
    onIdle: () => void timers.later(releaseMemory, PAGES_KEPT),
  });
  const markdown = createMarkdownPool({ timers, onError: (err) => logger.error({ err }, "rendering notes") });
  const feed = createEventFeed(timers);
  const streams = createOpenStreams();

  // Attached before the server listens, so that no request is left without an answer.
  let routes: ReturnType<typeof createRoutes> | null = null;
  const isClosing = () => routes !== null && !server.listening;
  const served = runWhenIdle({ timers, after: 10_000, enough: 50, work: releaseMemory });
  const onFinished: Parameters<typeof createListener>[0]["onFinished"] = (finished) => {
    metrics.request(finished.route, finished.status, finished.seconds);
    if (finished.route !== "probes") served();
    logRequest(logger, finished);
  };
  const readClient = clientReader(env.isTrustedProxy);
  const bodies = createBodyWatch(timers);
  server.on("request", createListener({ routes: () => routes, readClient, url: env.url, bodies, isClosing, onFinished, onBug }));

  const local = await listen(server, env);
  pages.setOrigin(local);
  const app = createApp({
    store,
    blobs,
    quotas,
    maps,
    markdown,
    onAssembly: artifacts.wake,
    origin: env.url ?? local,
    followsRequests: env.url === null,
    onTokenUse: uses.touch,
    onChange: feed.publish,
    onSessionUse: (session, now) =>
      void recordSessionUse(store, session, now).catch((error: unknown) => onError(error, "storing the use of a session")),
  });
  const auth = createAuth({ app, oidc: env.oidc, onProblem: (problem) => logger.warn({ problem }, "signing in with the provider") });
  const documents = openDocuments(DOCUMENTS);
  const thisProcess = { startedAt: new Date(), dataDir: env.dataDir };
  publishApp(pageAccess({ app, auth, url: env.url, process: thisProcess, documents, onFailure: onBug }));
  await artifacts.start();
  const retention = createRetentionJob(app, { timers, hour: env.retentionHour, logger, onError });
  retention.start();

  routes = createRoutes({
    app,
    auth,
    metrics,
    metricsToken: env.metricsToken,
    commandLine: COMMAND_LINE,
    pages: pages.handle,
    feed,
    streams,
    isClosing,
    onBug,
  });

  let stopping: Promise<void> | undefined;
  onStarted(() => {
    const parts = {
      endStreams: streams.endAll,
      server,
      stopWork: async () => void (await Promise.all([artifacts.stop(), maps.stop(), markdown.stop(), retention.stop()])),
      flushUses: uses.flush,
      closePages: pages.close,
      closeStore: store.close,
      log,
    };
    stopping ??= stop(parts).then((code) => process.exit(code));
  });

  const firstRun = await firstStart(app, env);
  releaseMemory();
  process.stdout.write(banner({ env, local, firstRun }));
  if (firstRun !== null) await completeFirstStart(app);
}

/** Ends the process with what the operator needs to know. */
function fail(error: unknown): never {
  process.stderr.write(`${operatorMessage(error)}\n`);
  process.exit(1);
}

// The database and first-run.txt hold secrets: for their owner's eyes only.
process.umask(0o077);

try {
  // oxlint-disable-next-line node/no-process-env -- React and Next read it, too
  const env = readEnv(Object.assign(process.env, applyServeOptions(process.argv.slice(2), process.env)));
  const log = openLog(env.logLevel);
  process.on("uncaughtException", (err) => {
    log.logger.fatal({ err }, "the process cannot go on");
    void log.close().then(() => process.exit(1));
  });
  // Until the server has started a signal ends it at once. Without a handler, the first process of a container would ignore it.
  let stopServer: (() => void) | null = null;
  for (const signal of ["SIGTERM", "SIGINT", "SIGHUP"] as const) {
    process.on(signal, () => (stopServer ? stopServer() : process.exit(128 + constants.signals[signal])));
  }
  await start(env, log, (stop) => (stopServer = stop));
} catch (error) {
  fail(error);
}
