import type { BoardCellView } from "@landfall/schema/views/board";
import { expect, test } from "vitest";
import { toGridRow, hasDrift } from "./grid-row.ts";

const at = "2026-01-02T00:00:00.000Z";
const drift = { environment: "production", version: "web@1", state: "behind", releases: 1, commits: 2, days: 3, isCapped: false } as const;

const cellView = (more: Partial<BoardCellView>): BoardCellView => ({
  environment: "staging",
  release: {
    version: "web@2",
    description: "2",
    package: "web",
    status: "open",
    dateCreated: at,
    dateReleased: null,
    commitCount: 1,
    deployCount: 1,
  },
  deploy: { id: "1", environment: "staging", dateStarted: null, dateFinished: at, name: null, url: null, deployer: null },
  previous: null,
  isRolledBack: false,
  isHidden: false,
  drift: null,
  ...more,
});

const rowOf = (...cells: BoardCellView[]) => toGridRow({ project: { id: "1", slug: "web", name: "Web", platform: null }, cells });

test("a cell says what is there, and no more", () => {
  expect(rowOf(cellView({ drift }))).toEqual({
    slug: "web",
    name: "Web",
    cells: { staging: { version: "web@2", label: "2", at, deployer: null, drift } },
  });
});

test("a cell names what was there before only when it was rolled back", () => {
  const previous = { version: "web@3", dateFinished: at };
  expect(rowOf(cellView({ previous })).cells["staging"]).not.toHaveProperty("rolledBackFrom");
  expect(rowOf(cellView({ previous, isRolledBack: true, isHidden: true })).cells["staging"]).toMatchObject({
    rolledBackFrom: "web@3",
    isHidden: true,
  });
});

test("who deployed it is told without what only the server needs", () => {
  const deployer = { name: "Ada", email: "ada@acme.test", userId: "7", isBot: false };
  const { deploy } = cellView({});
  const { cells } = rowOf(cellView({ deploy: { ...deploy, deployer } }));
  expect(cells["staging"]?.deployer).toEqual({ name: "Ada", email: "ada@acme.test", isBot: false });
});

test("the same version in the next environment is no drift", () => {
  const same = { ...drift, state: "same", commits: 0, releases: 0 } as const;
  expect([rowOf(), rowOf(cellView({ drift: same })), rowOf(cellView({ drift }))].map(hasDrift)).toEqual([false, false, true]);
});
