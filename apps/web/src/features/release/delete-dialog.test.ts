import { expect, test } from "vitest";
import { describeDeletion } from "./delete-dialog.tsx";

const project = (slug: string) => ({ id: slug, slug, name: slug });
const NOTHING = { projects: [project("web")], commits: 0, deploys: 0, environments: [], notes: false, canDelete: true, reason: null };

test("of a release with nothing, its place goes", () => {
  expect(describeDeletion(NOTHING)).toEqual(["its place in web"]);
});

test("of one with everything, a line for each thing", () => {
  const environments = [{ name: "production", projects: ["api", "web"] }];
  const projects = ["a", "b", "c", "d"].map(project);
  expect(describeDeletion({ ...NOTHING, projects, commits: 1200, deploys: 1, environments, notes: true })).toEqual([
    "its place in 4 projects",
    "which 1,200 commits were in it",
    "1 deploy, with all that is told of them",
    "that it is what runs in production of api, web",
    "the notes somebody wrote",
  ]);
});
