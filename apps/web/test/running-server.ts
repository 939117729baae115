import { type Ended, type Program, startProgram } from "./run-program.ts";

/** A server process that is ready. It is killed at the end of its `await using` block. */
export interface RunningServer extends AsyncDisposable {
  readonly url: string;
  readonly program: Program;
  /** Returns the log so far, one object per line. */
  log(): readonly Record<string, unknown>[];
  /** Sends a signal and waits for the process to end. */
  stop(signal?: NodeJS.Signals): Promise<Ended>;
}

const TIME_LIMIT = 30_000;

/** Starts the real server on a free port and waits until it is ready. Without pages by default. */
export async function runningServer(dataDir: string, env: Record<string, string> = {}): Promise<RunningServer> {
  const program = startProgram("server.ts", [], {
    PORT: "0",
    HOST: "127.0.0.1",
    LANDFALL_PAGES: "off",
    LANDFALL_DATA_DIR: dataDir,
    ...env,
  });
  const url = await ready(program);
  const stop = (signal: NodeJS.Signals = "SIGTERM"): Promise<Ended> => {
    program.process.kill(signal);
    return program.ended;
  };
  return {
    url,
    program,
    log: () => linesOf(program.stderr()),
    stop,
    async [Symbol.asyncDispose]() {
      await stop("SIGKILL");
    },
  };
}

function ready(program: Program): Promise<string> {
  return new Promise((resolve, reject) => {
    const withOutput = (text: string) => `${text}\n${program.stdout()}${program.stderr()}`;
    const limit = setTimeout(() => {
      program.process.kill("SIGKILL");
      reject(new Error(withOutput("the server was not ready in time")));
    }, TIME_LIMIT);
    program.process.stdout?.on("data", () => {
      const [, url] = /ready on (http:\/\/\S+)\n/.exec(program.stdout()) ?? [];
      if (url === undefined) return;
      clearTimeout(limit);
      resolve(url);
    });
    void program.ended.then(() => {
      clearTimeout(limit);
      reject(new Error(withOutput("the server ended before it was ready")));
    });
  });
}

function linesOf(text: string): Record<string, unknown>[] {
  return text.split("\n").flatMap((line) => {
    const value: unknown = line.startsWith("{") ? JSON.parse(line) : null;
    return typeof value === "object" && value !== null ? [{ ...value }] : [];
  });
}
