import { MAX_CHANGED_FILES, MAX_COMMITS } from "@landfall/schema/constants";

/** The most that one request to an operation may contain. Every adapter checks it: bytes before and while the body is read. */
export interface Limits {
  /** Bytes of the body. */
  readonly bytes: number;
  /** Elements of all arrays of the body together, at any depth. */
  readonly elements: number;
}

const KiB = 1024;
const MiB = 1024 * KiB;

/** For a request without valid credentials: enough to sign in or to accept an invitation. */
export const ANONYMOUS_BYTES = 16 * KiB;

/** The limits of a form that is not an upload. JSON bodies with lists may be larger, but no client sends those as forms. */
export const FORM_LIMITS = { bytes: MiB, fields: 1000 } as const;

/** Enough for names, settings, filters, notes, and a stack trace of 128 Ki characters with each one escaped. */
export const DEFAULT_LIMITS: Limits = { bytes: MiB, elements: 10_000 };

/** The maximum number of commits, each with a list of files, and of changed files. The limits of the fields are reached first. */
export const COMMIT_LIMITS: Limits = { bytes: 32 * MiB, elements: 3 * MAX_COMMITS + MAX_CHANGED_FILES };

/** A .mailmap of 1 MiB in JSON, where line breaks and quotes take two bytes. */
export const MAILMAP_LIMITS: Limits = { bytes: 3 * MiB, elements: 100 };

/** An upload of `bytes` bytes, with 2 MiB for the headers of its parts and the overhead of compression. It is stored as it arrives. */
export const uploadLimits = (bytes: number): Limits => ({ bytes: bytes + 2 * MiB, elements: 0 });
