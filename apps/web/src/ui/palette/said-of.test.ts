import { LandfallError } from "@landfall/client/landfall-error";
import type { FoundChangesView } from "@landfall/schema/views/find";
import { expect, test } from "vitest";
import { foundChange } from "../find/whereabout.fixture.ts";
import { searchStatus } from "./said-of.ts";

const changes = (commits: FoundChangesView["commits"]): FoundChangesView => ({
  understood: ["reference"],
  releases: [],
  commits,
  searched: { commits: 12, backTo: null, isComplete: true },
  next: null,
});
const answered = (commits: FoundChangesView["commits"]) =>
  searchStatus({ state: "answered", text: "x", value: { at: new Date(0), changes: changes(commits), releases: [], people: [], projects: [] } });
const failed = (error: unknown) => searchStatus({ state: "failed", text: "x", error });

test("how it was understood and how far was searched", () => {
  expect(answered([foundChange()])).toBe("Understood as the number of a request or ticket. Searched up to 12 commits: all there are.");
  expect(answered([])).toMatch(/^No commit found\. Understood/);
});

test("nothing was asked", () => {
  expect(searchStatus(null)).toBe("");
});

test("why it failed, and what to do", () => {
  expect(failed(new LandfallError("Authentication credentials were not provided.", { code: "unauthenticated" }))).toContain(
    "Reload the page",
  );
  expect(failed(new LandfallError("localhost cannot be reached: connection refused.", { code: "network" }))).toBe(
    "The search failed: localhost cannot be reached: connection refused.",
  );
  expect(failed("odd")).toBe("The search failed: odd");
});
