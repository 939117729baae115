import { toAppError } from "@landfall/core/kernel/app-error";
import type { Store } from "@landfall/db/store";
import type { Handler } from "./listener.ts";

export type UnavailablePageOptions = {
  readonly store: Pick<Store, "ping">;
  readonly pages: Handler;
  readonly onFailure: (error: unknown, requestId: string | null) => void;
};

/**
 * Wraps the handler of pages. While the database cannot be read, it responds with 503, `Retry-After` and a page that reloads itself, where
 * each page would fail with 500. Server actions are not affected, since their pages keep what was typed.
 */
export function withUnavailablePage({ store, pages, onFailure }: UnavailablePageOptions): Handler {
  return async (request, response) => {
    if (isPage(request)) {
      try {
        await store.ping();
      } catch (error) {
        onFailure(error, String(request.headers["x-request-id"] ?? ""));
        const failure = toAppError(error);
        const seconds = failure?.retryAfter ?? null;
        response.writeHead(failure ? 503 : 500, {
          "Content-Type": "text/html; charset=utf-8",
          "Cache-Control": "no-store",
          "Content-Security-Policy": "default-src 'none'; frame-ancestors 'none'",
          "X-Content-Type-Options": "nosniff",
          ...(seconds === null ? {} : { "Retry-After": String(seconds) }),
        });
        response.end(
          unavailableHtml(failure?.message ?? "The server's database is damaged. An operator has to restore a backup.", seconds),
        );
        return;
      }
    }
    return pages(request, response);
  };
}

/** Static files of Next and the documentation need no database. */
const isPage = ({ method, url = "/" }: { readonly method?: string | undefined; readonly url?: string | undefined }): boolean =>
  (method === "GET" || method === "HEAD") && !url.startsWith("/_next/") && !/^\/docs(?:[/?]|$)/.test(url);

const unavailableHtml = (message: string, seconds: number | null): string => `<!doctype html>
<html lang="en">
  <head>
    <meta charset="utf-8">
    <meta name="viewport" content="width=device-width">
    <meta name="color-scheme" content="light dark">${seconds === null ? "" : `\n    <meta http-equiv="refresh" content="${seconds}">`}
    <title>Landfall is not available</title>
  </head>
  <body>
    <main>
      <h1>Landfall is not available</h1>
      <p role="alert">${message}</p>${seconds === null ? "" : "\n      <p>This page reloads automatically.</p>"}
    </main>
  </body>
</html>
`;
