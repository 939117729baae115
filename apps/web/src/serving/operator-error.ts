/** A failure that only the operator can mend. Its message is one sentence that says what to do; it is told without a stack. */
export class OperatorError extends Error {
  constructor(message: string, options: { cause?: unknown } = {}) {
    super(message, options);
    this.name = "OperatorError";
  }
}
