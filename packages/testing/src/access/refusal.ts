import type { ErrorCode } from "@landfall/schema/error";
import { expect } from "vitest";

/** Matches an `AppError` with this code and, if given, this whole message or one that the pattern matches. */
export const refusal = (code: ErrorCode, message?: string | RegExp): unknown =>
  expect.objectContaining({ code, ...(message === undefined ? {} : { message: messageLike(message) }) });

const messageLike = (message: string | RegExp): unknown => (typeof message === "string" ? message : expect.stringMatching(message));
