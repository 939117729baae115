/** The parts of the server a request can go to; also how requests are told apart in the metrics. */
export type Door = "rest" | "trpc" | "auth" | "hooks" | "operations" | "pages";

/** Which part of the server answers a path. Everything below `/api/` that has no part of its own is the wire's to refuse. */
export function doorOf(target: string): Door {
  if (target.startsWith("/api/")) {
    if (target.startsWith("/api/0/")) return "rest";
    if (target.startsWith("/api/trpc/")) return "trpc";
    if (target.startsWith("/api/auth/")) return "auth";
    return target.startsWith("/api/hooks/") ? "hooks" : "rest";
  }
  return OPERATIONS.test(target) ? "operations" : "pages";
}

const OPERATIONS = /^\/(?:healthz|readyz|metrics)(?:\?|$)/;
