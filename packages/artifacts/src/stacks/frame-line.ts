/** A place in a script, as a stack trace names it. */
export interface Place {
  /** An address or a path, as written; null for code of the browser itself. */
  readonly url: string | null;
  /** 1-based. */
  readonly line: number | null;
  /** 1-based. */
  readonly column: number | null;
}

/** A line of a stack trace that tells a call. */
export interface FrameLine extends Place {
  readonly kind: "frame";
  /** The line as it was. */
  readonly text: string;
  /** Null for code outside of functions, and for functions without a name. */
  readonly functionName: string | null;
}

/** A line that tells none: the message, or anything else. */
export interface TextLine {
  readonly kind: "text";
  readonly text: string;
}

export type StackLine = FrameLine | TextLine;
