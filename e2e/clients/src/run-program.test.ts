import { existsSync } from "node:fs";
import { join } from "node:path";
import { expect, test } from "vitest";
import { projectNode, repositoryRoot } from "./run-program.ts";

test.each(["24.0.0", "24.21.0", "26.1.0"])("uses Node %s itself", (version) => {
  expect(projectNode({ version, execPath: "/opt/this-node" })).toBe("/opt/this-node");
});

test.each(["20.19.0", "22.4.1", "9.0.0"])("replaces Node %s by the pinned version", (version) => {
  expect(projectNode({ version, execPath: "/opt/old-node" })).toBe(join(repositoryRoot, "node_modules", ".bin", "node"));
});

test("the root is the directory of the workspace", () => {
  expect(existsSync(join(repositoryRoot, "pnpm-workspace.yaml"))).toBe(true);
});
