import type { App } from "@landfall/core/app";
import { requestOrigin } from "@landfall/core/request-origin";
import type { RunningApp } from "../running-app.ts";
import { statusReader } from "./server-status.ts";
import { setUp, setupLinkState } from "./set-up.ts";
import { VERSION } from "./version.ts";

/** The running app as pages may use it. `url` is the address the operator has set, if any. */
export const pageAccess = (app: App, url: string | null): RunningApp => ({
  version: VERSION,
  status: statusReader(app.store.read),
  originOf: (headers) => url ?? requestOrigin({ url: `http://${headers.get("host") ?? "localhost"}`, headers }),
  setupLinkState: (link) => setupLinkState(app, link),
  setUp: (link, newcomer) => setUp(app, link, newcomer),
});
