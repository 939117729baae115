import type { Actor } from "./actor.ts";
import { AppError, isAppError } from "./app-error.ts";
import { ANONYMOUS_BYTES, type Limits } from "./limits.ts";

/** The header in which the server passes on the network address of the client. The value that a sender sets is removed. */
export const CLIENT_ADDRESS_HEADER = "x-client-address";

/** Memory for the bodies that are still being received, shared by all requests of the process. */
export interface BodyBudget {
  /** Starts a body of `client`, a network address, with no memory yet. */
  open(client: string): {
    /** Reserves `bytes` more. Returns false, and reserves nothing, if the client or the process would exceed its budget. */
    reserve(bytes: number): boolean;
    /** Returns all that was reserved. */
    release(): void;
  };
}

const MiB = 1024 * 1024;

/** Two of the largest bodies from one address, and twice that from all together. Clients that exceed it get 503 and retry. */
const BUDGET = { perClient: 64 * MiB, total: 128 * MiB };

/** Bodies up to this size are not counted: the number of connections bounds them. */
export const UNCOUNTED_BYTES = 64 * 1024;

/** Sizes are in bytes. */
export function createBodyBudget({ perClient, total }: { readonly perClient: number; readonly total: number } = BUDGET): BodyBudget {
  const reservedBy = new Map<string, number>();
  let reserved = 0;

  function add(client: string, bytes: number): void {
    const sum = (reservedBy.get(client) ?? 0) + bytes;
    reserved += bytes;
    if (sum === 0) reservedBy.delete(client);
    else reservedBy.set(client, sum);
  }

  return {
    open(client) {
      let own = 0;
      return {
        reserve(bytes) {
          if (reserved + bytes > total || (reservedBy.get(client) ?? 0) + bytes > perClient) return false;
          own += bytes;
          add(client, bytes);
          return true;
        },
        release() {
          if (own > 0) add(client, -own);
          own = 0;
        },
      };
    },
  };
}

/** The most bytes of a body that may be read for `actor`: what the operation declares, or very little without valid credentials. */
export const bodyLimit = (actor: Actor | null, { bytes }: Limits): number => (actor === null ? Math.min(bytes, ANONYMOUS_BYTES) : bytes);

/**
 * Reads a whole body of at most `limit` bytes into memory. The only function that does: REST, tRPC and sign-in call it once the caller is
 * authenticated. Throws `too_large` before more than `limit` bytes are kept, `unavailable` if the budget is used up, and `invalid` if the
 * connection ends before the body does.
 */
export async function readRequestBody(request: Request, limit: number, budget: BodyBudget): Promise<Uint8Array<ArrayBuffer>> {
  const declared = declaredLength(request);
  if (declared !== null && declared > limit) throw tooLarge(limit);
  if (declared !== null && declared <= UNCOUNTED_BYTES) return readDeclared(request);
  const body = budget.open(request.headers.get(CLIENT_ADDRESS_HEADER) ?? "");
  try {
    if (declared === null) return await readChunks(request, limit, body.reserve);
    if (!body.reserve(declared)) throw overBudget();
    return await readDeclared(request);
  } finally {
    body.release();
  }
}

/** The length that a request declares; null for none. Node reads no more than was declared. */
function declaredLength({ headers }: Request): number | null {
  const length = Number(headers.get("content-length") ?? Number.NaN);
  return length >= 0 ? length : null;
}

async function readDeclared(request: Request): Promise<Uint8Array<ArrayBuffer>> {
  try {
    return new Uint8Array(await request.arrayBuffer());
  } catch (error) {
    throw incomplete(error);
  }
}

async function readChunks({ body }: Request, limit: number, reserve: (bytes: number) => boolean): Promise<Uint8Array<ArrayBuffer>> {
  const chunks: Uint8Array[] = [];
  let length = 0;
  try {
    for await (const chunk of body ?? []) {
      length += chunk.length;
      if (length > limit) throw tooLarge(limit);
      if (!reserve(chunk.length)) throw overBudget();
      chunks.push(chunk);
    }
  } catch (error) {
    throw isAppError(error) ? error : incomplete(error);
  }
  return Buffer.concat(chunks);
}

/** 413 for a body of more than `limit` bytes. */
export const tooLarge = (limit: number): AppError => new AppError("too_large", `Request body too large: at most ${limit} bytes are read.`);

/** 503, which clients of the wire retry. */
export const overBudget = (): AppError =>
  new AppError("unavailable", "Too many large requests are being received. Try again in a moment.", {
    reason: "body_budget",
    retryAfter: 2,
  });

/** The client closed the connection, or was cut off. */
const incomplete = (cause: unknown): AppError => new AppError("invalid", "The connection ended before the body was complete.", { cause });
