import { fileURLToPath } from "node:url";
import { type ChildServer, startChild } from "./child-server.ts";
import { webFile } from "./data-directory.ts";

type Options = {
  /** Whether to serve the built pages. */
  readonly pages?: boolean;
  /** A file for the statements that the server runs. */
  readonly recordTo?: string;
  /** A folder for the CPU profile of the server. */
  readonly profileTo?: string;
};

/** Starts the application on a data directory with default settings, including logging. */
export function startLandfall(data: { readonly path: string }, { pages = false, recordTo, profileTo }: Options = {}): Promise<ChildServer> {
  const env = { LANDFALL_DATA_DIR: data.path, LANDFALL_PAGES: pages ? "on" : "off", HOST: "127.0.0.1", PORT: "0", NODE_ENV: "production" };
  return startChild([...recording(recordTo), ...profiling(profileTo), webFile("server.ts")], {
    env: { ...env, ...recordTarget(recordTo) },
  });
}

/** Starts the baseline server, with group commit if `grouped`. */
export function startBaseline(
  data: { readonly path: string },
  { grouped = false, recordTo, profileTo }: Options & { grouped?: boolean } = {},
): Promise<ChildServer> {
  const env = { LANDFALL_DATA_DIR: data.path, NODE_ENV: "production", ...recordTarget(recordTo) };
  return startChild(
    [...recording(recordTo), ...profiling(profileTo), localFile("../baseline-server.ts"), ...(grouped ? ["--grouped"] : [])],
    { env },
  );
}

/** Starts the baseline server for uploads. */
export function startUploadBaseline(data: { readonly path: string }, { profileTo }: Options = {}): Promise<ChildServer> {
  return startChild([...profiling(profileTo), localFile("../upload-baseline-server.ts")], {
    env: { LANDFALL_DATA_DIR: data.path, NODE_ENV: "production" },
  });
}

const localFile = (file: string): string => fileURLToPath(new URL(file, import.meta.url));

const recording = (file: string | undefined): string[] =>
  file === undefined ? [] : ["--import", new URL("record-statements.ts", import.meta.url).href];

const profiling = (folder: string | undefined): string[] =>
  folder === undefined ? [] : ["--cpu-prof", "--cpu-prof-interval=200", `--cpu-prof-dir=${folder}`];

const recordTarget = (file: string | undefined): Record<string, string> => (file === undefined ? {} : { BENCH_RECORD_STATEMENTS: file });
