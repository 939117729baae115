/** Where a command writes: results on standard output, everything said to people on standard error. */
export interface Output {
  /** A result as one line of JSON. */
  json(value: unknown): void;
  /** A result as text. */
  print(text: string): void;
  /** A message to the person at the terminal. */
  say(text: string): void;
}

/** The process' own streams. */
export const output: Output = {
  json: (value) => void process.stdout.write(`${JSON.stringify(value)}\n`),
  print: (text) => void process.stdout.write(`${text}\n`),
  say: (text) => void process.stderr.write(`${text}\n`),
};
