import { expect, test } from "vitest";
import { routeOf } from "./door.ts";

test.each([
  ["/api/0/", "rest"],
  ["/api/0/organizations/a/releases/?cursor=", "rest"],
  ["/api/trpc/releases.list?input=x", "trpc"],
  ["/api/auth/sign-in/password", "auth"],
  ["/api/auth/callback/oidc?code=x", "auth"],
  ["/api/events?organization=acme", "events"],
  ["/api/events", "events"],
  ["/api/events/", "rest"],
  ["/api/auth", "rest"],
  ["/api/hooks/release/builtin/1/abc/", "hooks"],
  ["/api/0", "rest"],
  ["/api/unknown", "rest"],
  ["/api/trpc", "rest"],
  ["/healthz", "operations"],
  ["/readyz?verbose", "operations"],
  ["/metrics", "operations"],
  ["/metrics/", "pages"],
  ["/healthzz", "pages"],
  ["/", "pages"],
  ["/api", "pages"],
  ["/setup/abc", "pages"],
  ["/_next/static/a.js", "pages"],
] as const)("%s goes to %s", (target, door) => {
  expect(routeOf(target)).toBe(door);
});
