/** The parts of the server a request can go to; also how requests are told apart in the metrics. */
export type RouteName = "rest" | "trpc" | "auth" | "events" | "hooks" | "operations" | "pages";

/** Which part of the server answers a path. Everything below `/api/` that has no part of its own is the wire's to refuse. */
export function routeOf(target: string): RouteName {
  if (target.startsWith("/api/")) {
    if (target.startsWith("/api/0/")) return "rest";
    if (target.startsWith("/api/trpc/")) return "trpc";
    if (target.startsWith("/api/auth/")) return "auth";
    if (EVENTS.test(target)) return "events";
    return target.startsWith("/api/hooks/") ? "hooks" : "rest";
  }
  return OPERATIONS.test(target) ? "operations" : "pages";
}

const EVENTS = /^\/api\/events(?:\?|$)/;
const OPERATIONS = /^\/(?:healthz|readyz|metrics)(?:\?|$)/;
