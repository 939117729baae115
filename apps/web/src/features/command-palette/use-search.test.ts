import { LandfallError } from "@landfall/client/landfall-error";
import type { FoundChangesView } from "@landfall/schema/releases/search";
import { expect, test } from "vitest";
import { foundChange } from "#features/search/change-location.fixture.ts";
import { searchStatus } from "./use-search.ts";

const changes = (commits: FoundChangesView["commits"]): FoundChangesView => ({
  understood: ["reference"],
  releases: [],
  commits,
  searched: { commits: 12, backTo: null, isComplete: true },
  next: null,
});

const found = (commits: FoundChangesView["commits"]) =>
  searchStatus({
    state: "done",
    key: "x",
    value: { at: new Date(0), changes: changes(commits), releases: [], people: [], projects: [] },
  });

const failed = (error: unknown) => searchStatus({ state: "failed", key: "x", error });

test("describes how the query was understood and how far was searched", () => {
  expect(found([foundChange()])).toBe("Searched as a pull request or ticket number. Searched 12 commits. There are no older commits.");
  expect(found([])).toMatch(/^No commits found\. Searched as/);
});

test("is empty before a search", () => {
  expect(searchStatus(null)).toBe("");
});

test("describes why a search failed", () => {
  expect(failed(new LandfallError("Authentication credentials were not provided.", { code: "unauthenticated" }))).toContain(
    "Reload the page",
  );
  expect(failed(new LandfallError("localhost cannot be reached: connection refused.", { code: "network" }))).toBe(
    "The search failed: localhost cannot be reached: connection refused.",
  );
  expect(failed("odd")).toBe("The search failed: odd");
});
