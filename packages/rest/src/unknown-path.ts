import { answerResponse } from "./answer-response.ts";

/** The answer to a path that is no route (contract 1.2): empty, or a hint when only the trailing slash is missing. */
export function answerUnknownPath(request: Request): Response {
  const { pathname } = new URL(request.url);
  if (pathname.endsWith("/")) return answerResponse({ status: 404 }, {});
  const hint = `Route not found, did you forget a trailing slash? try: ${pathname}/`;
  if (request.headers.get("content-type")?.startsWith("application/json")) return answerResponse({ status: 404, body: { info: hint } }, {});
  return new Response(`Route not found, did you forget a trailing slash?\n\ntry: ${pathname}/\n`, {
    status: 404,
    headers: { "Content-Type": "text/plain; charset=utf-8", "X-Content-Type-Options": "nosniff" },
  });
}
