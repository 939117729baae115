/** Where a command writes: results to standard output, messages to standard error. */
export interface Output {
  /** Writes a result as one line of JSON. */
  json(value: unknown): void;
  /** Writes a result as text. */
  print(text: string): void;
  /** Writes a message. */
  log(text: string): void;
}

/** The streams of the process. */
export const output: Output = {
  json: (value) => void process.stdout.write(`${JSON.stringify(value)}\n`),
  print: (text) => void process.stdout.write(`${text}\n`),
  log: (text) => void process.stderr.write(`${text}\n`),
};
