import { expect, test } from "vitest";
import { previousVersions } from "./deploy-timeline.tsx";

const replaced = (...froms: (string | null)[]) =>
  previousVersions({
    version: "2",
    projects: froms.map((from, index) => ({ id: `${index}`, slug: `p${index}`, name: "P", from })),
  }).map(({ version, projects }) => `${version} in ${projects.join(" ")}`);

test.each([
  ["the first deploy", [null], []],
  ["a redeploy", ["2"], []],
  ["one project", ["1"], ["1 in p0"]],
  ["projects with the same version", ["1", "1"], ["1 in p0 p1"]],
  ["projects with different versions, most projects first", ["1", "0.9", "0.9", null, "2"], ["0.9 in p1 p2", "1 in p0"]],
  ["no known project", [], []],
])("lists replaced versions for %s", (_name, froms, versions) => {
  expect(replaced(...froms)).toEqual(versions);
});
