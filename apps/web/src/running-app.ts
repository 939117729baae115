import type { ServerStatus } from "./serving/server-status.ts";
import type { Newcomer, SetUpOutcome, SetupLinkState } from "./serving/set-up.ts";

/** What pages reach of the server they run in. Only types cross: Next bundles the pages apart from the server. */
export interface RunningApp {
  readonly version: string;
  status(): Promise<ServerStatus>;
  /** The address a request to this server was sent to, or the one the operator has set. */
  originOf(headers: { get(name: string): string | null }): string;
  setupLinkState(link: string): Promise<SetupLinkState>;
  /** Uses a setup link up: makes its administrator. Never throws for what the caller may mend. */
  setUp(link: string, newcomer: Newcomer): Promise<SetUpOutcome>;
}

const KEY = Symbol.for("landfall.app");

/** Makes the one running app known to the pages. */
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
