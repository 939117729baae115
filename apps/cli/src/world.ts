import type { Fetch } from "@landfall/client/send";

/** Somewhere to write: a terminal or a pipe. */
export interface Output {
  write(text: string): void;
  readonly isTerminal: boolean;
  readonly columns: number;
}

/** Everything a command line may touch outside itself. Tests pass their own. */
export interface World {
  readonly env: Readonly<Record<string, string | undefined>>;
  readonly cwd: string;
  readonly home: string;
  /** Results. */
  readonly stdout: Output;
  /** Messages, progress and failures. */
  readonly stderr: Output;
  readonly now: () => Date;
  readonly fetch: Fetch;
  /** Aborted by Ctrl-C. */
  readonly signal: AbortSignal;
  /** A line typed without being shown, or the first line of what is piped in. */
  readSecret(prompt: string): Promise<string>;
  /** All that is piped in, or typed until Ctrl-D. */
  readInput(): Promise<string>;
  /** Asks a person; null when nobody is there to answer. */
  confirm(question: string): Promise<boolean | null>;
  /** Opens an address in the browser; answers whether something took it. */
  openUrl(url: string): Promise<boolean>;
}
