import { MISSING_REASONS } from "@landfall/schema/artifacts/artifact-bundles";
import { expect, test } from "vitest";
import { describeMissing, MISSING_FIXES, MISSING_LABELS } from "./file-table.tsx";

test("describes every reason", () => {
  for (const reason of MISSING_REASONS) {
    expect(MISSING_LABELS[reason]).not.toBe("");
    expect(MISSING_FIXES[reason]).toMatch(/\.$/);
    expect(describeMissing({ reason, map: null })).toMatch(/\.$/);
  }
});

test("describes a missing map by its name or debug id", () => {
  expect(describeMissing({ reason: "missing", map: "~/a.js.map" })).toBe("It refers to ~/a.js.map, which is not in the bundle.");
  const id = "0aec15dd-aea4-52d9-b598-75cd54254902";
  expect(describeMissing({ reason: "missing", map: id })).toBe(`No source map with its debug id ${id} is in the bundle.`);
});
