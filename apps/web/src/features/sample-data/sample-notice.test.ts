import { expect, test } from "vitest";
import { describeContents, describeOwn } from "./sample-notice.tsx";

const none = { ownCount: 0, ownNames: [] };

test("describes the contents of an organization, without kinds that it has none of", () => {
  expect(
    describeContents([
      { kind: "projects", count: 1, ...none },
      { kind: "releases", count: 1234, ...none },
      { kind: "bundles", count: 0, ...none },
      { kind: "members", count: 2, ...none },
    ]),
  ).toBe("1 project, 1,234 releases, and 2 members");
});

test.each([
  [{ ownCount: 1, ownNames: ["mine@1.0"] }, "1 release: mine@1.0"],
  [{ ownCount: 2, ownNames: ["1.0", "1.1"] }, "2 releases: 1.0 and 1.1"],
  [{ ownCount: 7, ownNames: ["1", "2", "3", "4", "5"] }, "7 releases: 1, 2, 3, 4, 5, and 2 more"],
])("describes %j", (own, text) => {
  expect(describeOwn({ kind: "releases", count: 60, ...own })).toBe(text);
});
