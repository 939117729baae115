import type { Answer, Route } from "./route.ts";

/** Throws when an answer is not one its route declares: the OpenAPI document would be telling something else. */
export function checkAnswer(route: Route, { status, body, bytes }: Answer): void {
  const at = `${route.method} ${route.path} ${status}`;
  const declared = route.answers[status];
  if (declared === undefined) throw new Error(`${at} is not declared`);
  if ((declared === "bytes") !== (bytes !== undefined)) throw new Error(`${at} declares bytes, and has none, or the other way round`);
  if (declared === "bytes") return;
  if (declared === null) {
    if (body !== undefined) throw new Error(`${at} declares no body, but has one`);
    return;
  }
  const parsed = declared.safeParse(body);
  if (!parsed.success) throw new Error(`${at} does not have the body it declares: ${parsed.error.message}`);
}
