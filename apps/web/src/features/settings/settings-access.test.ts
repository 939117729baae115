import { ROLES, type Scope, scopesOfRole } from "@landfall/schema/scope";
import { expect, test } from "vitest";
import { settingsPages } from "./settings-access.ts";

test.each(ROLES)("a %s sees the pages they may read", (role) => {
  const held = scopesOfRole(role);
  const names = settingsPages((...scopes: readonly Scope[]) => scopes.some((scope) => held.has(scope))).map(({ name }) => name);
  const audit = role === "owner" || role === "manager" ? ["Audit"] : [];
  expect(names).toEqual([
    "Organization",
    "Projects",
    "Repositories",
    "Environments",
    "Tokens",
    "Members",
    "Teams",
    "Storage",
    ...audit,
    "About",
  ]);
});
