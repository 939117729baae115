import { describe, expect, it } from "vitest";
import { beforeAndAfter, changedFields } from "./changes-of.ts";

const row = { id: 1, name: "web", platform: "node" as string | null };

describe("changesOf", () => {
  it.each([
    [{}, {}],
    [{ name: undefined, platform: undefined }, {}],
    [{ name: "web", platform: "node" }, {}],
    [{ name: "api", platform: "node" }, { name: "api" }],
    [{ platform: null }, { platform: null }],
  ])("of %j are %j", (wanted, changes) => {
    expect(changedFields(row, { name: undefined, platform: undefined, ...wanted })).toEqual(changes);
  });
});

describe("beforeAndAfter", () => {
  it("tells each changed field as it was and as it is, and no other", () => {
    expect(beforeAndAfter(row, { platform: null })).toEqual({ before: { platform: "node" }, after: { platform: null } });
    expect(beforeAndAfter(row, {})).toEqual({ before: {}, after: {} });
  });
});
