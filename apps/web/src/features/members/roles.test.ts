import { ROLES } from "@landfall/schema/scope";
import { expect, test } from "vitest";
import { isRoleWithin, ROLE_DESCRIPTIONS, rolesUpTo } from "./roles.ts";

test.each([
  ["member", ["member"]],
  ["manager", ["member", "admin", "manager"]],
  ["owner", ROLES],
  ["unknown", []],
  [null, []],
])("a %s may assign %j", (own, roles) => {
  expect(rolesUpTo(own)).toEqual(roles);
});

test("allows changes only up to the own role", () => {
  const changed = ROLES.map((own) => ROLES.filter((role) => isRoleWithin(role, own)));
  expect(changed).toEqual(ROLES.map((own) => [...rolesUpTo(own)]));
  expect(isRoleWithin("owner", null)).toBe(false);
});

test("describes every role differently", () => {
  expect(new Set(ROLES.map((role) => ROLE_DESCRIPTIONS[role])).size).toBe(ROLES.length);
});
