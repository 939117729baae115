import { describe, expect, test } from "vitest";
import { createLogger } from "./log.ts";
import { loggedPath, logRequest } from "./request-line.ts";

describe("loggedPath", () => {
  test.each([
    ["/api/0/organizations/a/releases/?token=secret", "/api/0/organizations/a/releases/"],
    ["/api/0/a|b/", "/api/0/a|b/"],
    ["/setup/secret", "/setup/…"],
    ["/invite/secret?_rsc=1", "/invite/…"],
    ["/setup/secret?_rsc=1", "/setup/…"],
    ["/setup/", "/setup/"],
    ["/api/hooks/release/builtin/12/secret/", "/api/hooks/release/builtin/12/…"],
    ["/api/hooks/release/builtin/12/", "/api/hooks/release/builtin/12/"],
    ["http://landfall.test/setup/secret", "http://landfall.test/setup/…"],
    ["", ""],
  ])("%s is logged as %s", (target, path) => {
    expect(loggedPath(target)).toBe(path);
  });

  test("a long path is cut", () => {
    expect(loggedPath(`/${"x".repeat(5000)}`)).toHaveLength(1025);
  });
});

describe("logRequest", () => {
  const answered = {
    id: "a",
    door: "rest",
    method: "GET",
    target: "/api/0/?q",
    client: "192.0.2.1",
    status: 200,
    seconds: 0.012_345,
  } as const;
  const lines: string[] = [];
  const write = { write: (line: string) => void lines.push(line) };

  test("is one line with milliseconds to a tenth", () => {
    logRequest(createLogger("info", write), answered);
    expect(JSON.parse(lines.join(""))).toMatchObject({
      id: "a",
      method: "GET",
      path: "/api/0/",
      status: 200,
      ms: 12.3,
      client: "192.0.2.1",
      msg: "request",
    });
  });

  test("is nothing above the level info", () => {
    lines.length = 0;
    logRequest(createLogger("warn", write), answered);
    expect(lines).toEqual([]);
  });
});
