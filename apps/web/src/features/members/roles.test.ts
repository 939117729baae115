import { ROLES } from "@landfall/schema/scope";
import { expect, test } from "vitest";
import { isRoleWithin, ROLE_DESCRIPTIONS, rolesUpTo } from "./roles.ts";

test.each([
  ["member", ["member"]],
  ["manager", ["member", "admin", "manager"]],
  ["owner", ROLES],
  ["unknown", []],
  [null, []],
])("a %s may give %j", (own, roles) => {
  expect(rolesUpTo(own)).toEqual(roles);
});

test("nobody changes who is above them", () => {
  const changed = ROLES.map((own) => ROLES.filter((role) => isRoleWithin(role, own)));
  expect(changed).toEqual(ROLES.map((own) => [...rolesUpTo(own)]));
  expect(isRoleWithin("owner", null)).toBe(false);
});

test("every role has words of its own", () => {
  expect(new Set(ROLES.map((role) => ROLE_DESCRIPTIONS[role])).size).toBe(ROLES.length);
});
