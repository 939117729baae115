import { spawn } from "node:child_process";
import { homedir } from "node:os";
import { createInterface } from "node:readline/promises";
import { Writable } from "node:stream";
import { text } from "node:stream/consumers";
import type { Fetch } from "@landfall/client/send";

/** An output stream: a terminal or a pipe. */
export interface Output {
  write(text: string): void;
  readonly isTerminal: boolean;
  readonly columns: number;
}

/** Everything outside the program that a command may access. Tests pass their own. */
export interface Runtime {
  readonly env: Readonly<Record<string, string | undefined>>;
  readonly cwd: string;
  readonly home: string;
  /** Results. */
  readonly stdout: Output;
  /** Messages, progress and errors. */
  readonly stderr: Output;
  readonly now: () => Date;
  readonly fetch: Fetch;
  /** Aborted on Ctrl-C. */
  readonly signal: AbortSignal;
  /** Reads a line from the terminal without echo, or the first line of piped input. */
  readSecret(prompt: string): Promise<string>;
  /** Reads all of standard input. */
  readInput(): Promise<string>;
  /** Asks a yes/no question; null without a terminal. */
  confirm(question: string): Promise<boolean | null>;
  /** Opens a URL in the browser. Returns whether the opener could be started. */
  openUrl(url: string): Promise<boolean>;
}

const DEFAULT_COLUMNS = 80;

/** The implementation for the running process. Nothing else in the program uses `process` for input or output. */
export function nodeRuntime(env: Runtime["env"]): Runtime {
  const interrupt = new AbortController();
  process.once("SIGINT", () => interrupt.abort());
  return {
    env,
    cwd: process.cwd(),
    home: homedir(),
    stdout: outputTo(process.stdout),
    stderr: outputTo(process.stderr),
    now: () => new Date(),
    fetch: (url, init) =>
      fetch(url, { ...init, signal: init.signal ? AbortSignal.any([init.signal, interrupt.signal]) : interrupt.signal }),
    signal: interrupt.signal,
    readSecret,
    readInput,
    confirm,
    openUrl,
  };
}

function outputTo(stream: NodeJS.WriteStream): Output {
  // A reader that closes the pipe early, such as `head`, is not a failure.
  stream.on("error", (error: NodeJS.ErrnoException) => {
    if (error.code !== "EPIPE") throw error;
  });
  return {
    write: (text) => void stream.write(text),
    isTerminal: stream.isTTY,
    get columns() {
      return stream.columns || DEFAULT_COLUMNS;
    },
  };
}

async function readSecret(prompt: string): Promise<string> {
  if (process.stdin.isTTY) return askHidden(prompt);
  const lines = createInterface({ input: process.stdin });
  for await (const line of lines) return line;
  return "";
}

async function readInput(): Promise<string> {
  if (process.stdin.isTTY) process.stderr.write("Paste the text, then press Ctrl-D on an empty line.\n");
  return text(process.stdin);
}

/** Prompts on stderr, because stdout may be a pipe. Input is not echoed. */
async function askHidden(prompt: string): Promise<string> {
  process.stderr.write(prompt);
  const hidden = new Writable({ write: (_chunk, _encoding, done) => done() });
  const terminal = createInterface({ input: process.stdin, output: hidden, terminal: true });
  try {
    return await terminal.question("");
  } finally {
    terminal.close();
    process.stderr.write("\n");
  }
}

async function confirm(question: string): Promise<boolean | null> {
  if (!process.stdin.isTTY || !process.stderr.isTTY) return null;
  const terminal = createInterface({ input: process.stdin, output: process.stderr });
  try {
    return /^y(?:es)?$/i.test((await terminal.question(`${question} [y/N] `)).trim());
  } finally {
    terminal.close();
  }
}

const OPENERS: Readonly<Partial<Record<NodeJS.Platform, readonly [string, ...string[]]>>> = {
  darwin: ["open"],
  win32: ["rundll32", "url.dll,FileProtocolHandler"],
};

/** Starts the desktop's URL opener, without a shell. */
function openUrl(url: string): Promise<boolean> {
  const [program, ...args] = OPENERS[process.platform] ?? ["xdg-open"];
  return new Promise((resolve) => {
    const child = spawn(program, [...args, url], { stdio: "ignore", detached: true });
    child.on("error", () => resolve(false));
    child.on("spawn", () => {
      child.unref();
      resolve(true);
    });
  });
}
