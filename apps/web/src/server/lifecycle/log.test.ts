import { expect, test } from "vitest";
import { createLogger, describeError } from "./log.ts";

const logged = (write: (logger: ReturnType<typeof createLogger>) => void) => {
  const lines: string[] = [];
  write(createLogger("info", { write: (line) => void lines.push(line) }));
  return lines.map((line): Record<string, unknown> => JSON.parse(line));
};

test("a line is one object with its level and time, without host name and process id", () => {
  const [line] = logged((logger) => logger.info({ id: "a" }, "said"));
  expect(line).toEqual({ level: 30, time: expect.stringMatching(/^\d{4}-\d\d-\d\dT/), id: "a", msg: "said" });
});

test("lines below the level are left out", () => {
  expect(logged((logger) => logger.debug("said"))).toEqual([]);
});

test("an error keeps type, code, stack and causes, but not the bound values", () => {
  const cause = Object.assign(new Error("SQLITE_CONSTRAINT"), { code: "SQLITE_CONSTRAINT_UNIQUE" });
  const err = new Error("Failed query: insert into tokens values (?, ?)\nparams: hunter2,secret", { cause });
  const [line] = logged((logger) => logger.error({ err }, "bug"));
  expect(JSON.stringify(line)).not.toMatch(/hunter2|secret/);
  expect(line?.err).toMatchObject({
    type: "Error",
    message: "Failed query: insert into tokens values (?, ?)\nparams: …",
    stack: expect.stringContaining("log.test.ts"),
    cause: { message: "SQLITE_CONSTRAINT", code: "SQLITE_CONSTRAINT_UNIQUE" },
  });
});

test.each([
  ["text", { message: "text" }],
  [null, { message: "null" }],
  [{ a: 1 }, { message: "[object Object]" }],
])("describes a thrown value that is not an error: %j", (thrown, described) => {
  expect(describeError(thrown)).toEqual(described);
});
