import { expect, test } from "vitest";
import { describeDeletion } from "./delete-dialog.tsx";

const project = (slug: string) => ({ id: slug, slug, name: slug });
const EMPTY = { projects: [project("web")], commits: 0, deploys: 0, environments: [], notes: false, canDelete: true, reason: null };

test("lists only the project of an empty release", () => {
  expect(describeDeletion(EMPTY)).toEqual(["its link to web"]);
});

test("lists one line for each kind of data", () => {
  const environments = [{ name: "production", projects: ["api", "web"] }];
  const projects = ["a", "b", "c", "d"].map(project);
  expect(describeDeletion({ ...EMPTY, projects, commits: 1200, deploys: 1, environments, notes: true })).toEqual([
    "its links to 4 projects",
    "its list of 1,200 commits",
    "1 deploy",
    "the current version of api, web in production",
    "its saved notes",
  ]);
});
