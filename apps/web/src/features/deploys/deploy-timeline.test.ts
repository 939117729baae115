import { expect, test } from "vitest";
import { previousVersions } from "./deploy-timeline.tsx";

const told = (...froms: (string | null)[]) =>
  previousVersions({
    version: "2",
    projects: froms.map((from, index) => ({ id: `${index}`, slug: `p${index}`, name: "P", from })),
  }).map(({ version, projects }) => `${version} in ${projects.join(" ")}`);

test.each([
  ["the first deploy", [null], []],
  ["the same version again", ["2"], []],
  ["one project", ["1"], ["1 in p0"]],
  ["projects that were alike", ["1", "1"], ["1 in p0 p1"]],
  ["projects that were not, most first", ["1", "0.9", "0.9", null, "2"], ["0.9 in p1 p2", "1 in p0"]],
  ["no project that is known", [], []],
])("%s", (_name, froms, versions) => {
  expect(told(...froms)).toEqual(versions);
});
