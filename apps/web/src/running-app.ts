import type { App } from "@landfall/core/app";

/** What pages reach of the server they run in. */
export interface RunningApp {
  readonly app: App;
}

const KEY = Symbol.for("landfall.app");

/** Makes the one running app known to the pages, which Next bundles apart from the server. */
export function publishApp(running: RunningApp): void {
  Object.assign(globalThis, { [KEY]: running });
}

/** The app of the server this page runs in. Throws outside a server, as in a build. */
export function runningApp(): RunningApp {
  const running: unknown = Reflect.get(globalThis, KEY);
  if (!isRunningApp(running)) throw new Error("no server runs in this process");
  return running;
}

/** Only `publishApp` writes the key, so that anything there is one. */
const isRunningApp = (value: unknown): value is RunningApp => typeof value === "object" && value !== null;
