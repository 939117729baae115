const ALLOW_HEADERS =
  "X-Sentry-Auth, X-Requested-With, Origin, Accept, Content-Type, Authentication, Authorization, Content-Encoding, sentry-trace, baggage, X-CSRFToken";
const EXPOSE_HEADERS = "X-Sentry-Error, X-Sentry-Direct-Hit, X-Hits, X-Max-Hits, Endpoint, Retry-After, Link";

/** The cross-origin headers of an answer (contract 16.5): bearer tokens are not cookies, so any origin may call. */
export const corsHeaders = (origin: string | null, methods: string): Record<string, string> => ({
  "Access-Control-Allow-Origin": origin === null || origin === "null" ? "*" : origin,
  "Access-Control-Allow-Methods": methods,
  "Access-Control-Allow-Headers": ALLOW_HEADERS,
  "Access-Control-Expose-Headers": EXPOSE_HEADERS,
});

/** How long a browser may keep the answer to an OPTIONS request, in seconds. */
export const CORS_MAX_AGE = "3600";
