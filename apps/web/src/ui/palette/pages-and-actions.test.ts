import { describe, expect, test } from "vitest";
import { organizationUrls } from "../addresses.ts";
import { destinations, matchingDestinations } from "./pages-and-actions.ts";

const to = organizationUrls("acme");
const all = destinations(to, { projects: true, members: true });
const found = (text: string) => matchingDestinations(all, text).map(({ label }) => label);

describe("destinations", () => {
  test("are found by the beginnings of their words", () => {
    expect(found("bo")).toEqual(["Go to Board"]);
    expect(found("go bo")).toEqual(["Go to Board"]);
    expect(found("NEW")).toEqual(["New token…", "New project…"]);
    expect(found("comp…")).toEqual(["Compare two releases…"]);
    expect(found("oard")).toEqual([]);
    expect(found("board 4812")).toEqual([]);
  });

  test("are all there before anything is typed", () => {
    expect(found(" ")).toHaveLength(all.length);
  });

  test("lead below the organization, and only to what the viewer may do", () => {
    expect(all.find(({ label }) => label === "Go to Board")?.href).toBe("/organizations/acme/board");
    const few = destinations(to, { projects: false, members: false }).map(({ label }) => label);
    expect(few).not.toContain("New project…");
    expect(few).not.toContain("Invite somebody…");
    expect(few).toContain("New token…");
  });
});
