import { expect, it } from "vitest";
import { emailAddress } from "./email-address.ts";

it.each(["ada@acme.test", "admin@localhost", "a+b@x.y", " ada@acme.test "])("takes %j", (given) => {
  expect(emailAddress().parse(given)).toBe(given.trim());
});

it.each([
  ["ada", "Enter a valid email address."],
  ["ada@", "Enter a valid email address."],
  ["@acme.test", "Enter a valid email address."],
  ["a b@acme.test", "Enter a valid email address."],
  ["a@b@c", "Enter a valid email address."],
  ["", "This field may not be blank."],
  [`${"a".repeat(250)}@x.yz`, "Ensure this field has no more than 254 characters."],
])("refuses %j", (given, message) => {
  expect(
    emailAddress()
      .safeParse(given)
      .error?.issues.map((issue) => issue.message),
  ).toEqual([message]);
});
