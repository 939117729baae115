import { expect, test } from "vitest";
import { groupCommits } from "./commit-list.tsx";
import { commitView } from "./commit-view.fixture.ts";

test("groups commits by repository and day, in their order", () => {
  const commits = [
    commitView({ id: "a", repository: "web", date: "2026-01-03T23:59:00.000Z" }),
    commitView({ id: "b", repository: "api", date: "2026-01-03T12:00:00.000Z" }),
    commitView({ id: "c", repository: "web", date: "2026-01-03T00:00:00.000Z" }),
    commitView({ id: "d", repository: "web", date: "2026-01-02T23:59:59.999Z" }),
  ];
  const groups = groupCommits(commits).map(({ repository, days }) => [
    repository.name,
    days.map(({ day, commits }) => `${day} ${commits.map(({ id }) => id).join("")}`),
  ]);
  expect(groups).toEqual([
    ["web", ["2026-01-03 ac", "2026-01-02 d"]],
    ["api", ["2026-01-03 b"]],
  ]);
  expect(groupCommits([])).toEqual([]);
});
