import { globSync, readFileSync } from "node:fs";
import path from "node:path";
import { expect, test } from "vitest";
import { WEB } from "../../../../../../test/run-program.ts";
import { AUDIT_NOUNS, describeAction } from "./audit-words.ts";

/** Every action that the operations write into the log: the only texts of this form beside the word `action`. */
function writtenActions(): string[] {
  const core = path.join(WEB, "../../packages/core/src");
  const sources = globSync("**/*.ts", { cwd: core }).filter((file) => !file.endsWith(".test.ts"));
  const found = sources.flatMap((file) => [
    ...readFileSync(path.join(core, file), "utf8").matchAll(/(?:action: |, organizationId, )"([a-z_]+\.[a-z_]+)"/g),
  ]);
  return [...new Set(found.map(([, action = ""]) => action))];
}

test("every action that is written has words", () => {
  const actions = writtenActions();
  expect(actions.length).toBeGreaterThan(30);
  expect(actions.filter((action) => describeAction(action).includes("“"))).toEqual([]);
});

test("an unknown action is told as it is called", () => {
  expect(describeAction("later.thing")).toBe("did “later.thing” to");
});

test("what actions are about is told once each", () => {
  expect(AUDIT_NOUNS).toContain("release");
  expect(new Set(AUDIT_NOUNS).size).toBe(AUDIT_NOUNS.length);
});
