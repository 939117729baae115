import type * as z from "zod";
import type { Answer, Route } from "./route.ts";

/** Throws when an answer is not one its route declares: the OpenAPI document would be telling something else. */
export function checkAnswer(route: Route, { status, body, bytes }: Answer): void {
  const at = `${route.method} ${route.path} ${status}`;
  const declared = route.answers[status];
  if (declared === undefined) throw new Error(`${at} is not declared`);
  const isBytes = bytes !== undefined;
  if (isBytes && (declared === "bytes" || Array.isArray(declared))) return;
  if (isBytes || declared === "bytes")
    throw new Error(`${at} ${isBytes ? "has bytes, which it does not declare" : "declares bytes, and has none"}`);
  if (declared === null) {
    if (body !== undefined) throw new Error(`${at} declares no body, but has one`);
    return;
  }
  const [schema] = isEither(declared) ? declared : [declared];
  const parsed = schema.safeParse(body);
  if (!parsed.success) throw new Error(`${at} does not have the body it declares: ${parsed.error.message}`);
}

/** A list of one, or not: the compiler cannot tell a read-only list by `Array.isArray`. */
const isEither = (declared: z.ZodType | readonly [z.ZodType, "bytes"]): declared is readonly [z.ZodType, "bytes"] =>
  Array.isArray(declared);
