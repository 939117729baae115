import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { repositoryName } from "./repository-name.ts";

describe("repositoryName", () => {
  test.each([
    ["git@github.example:acme/web.git", "acme/web"],
    ["git@github.example:acme/web", "acme/web"],
    ["github.example:acme/web.git", "acme/web"],
    ["https://github.example/acme/web.git", "acme/web"],
    ["https://github.example/acme/web/", "acme/web"],
    ["https://user:secret@github.example:8443/acme/web.git", "acme/web"],
    ["ssh://git@git.example:2222/acme/web.git", "acme/web"],
    ["git://git.example/web.git", "web"],
    ["https://gitlab.example/group/sub/web.git", "group/sub/web"],
    ["https://dev.example/acme/My%20Project/_git/web", "acme/My Project/_git/web"],
    ["https://github.example/Acme/Web.git?x=1#y", "Acme/Web"],
    ["file:///srv/git/web.git", "web"],
    ["/srv/git/web.git", "web"],
    ["../web.git/", "web"],
    ["./web", "web"],
    ["C:\\repos\\web.git", "web"],
    ["  git@github.example:acme/web.git\n", "acme/web"],
    ["https://github.example/%E0%A4%A", "%E0%A4%A"],
    ["https://github.example/", null],
    ["", null],
  ])("of %j is %j", (remote, expected) => {
    expect(repositoryName(remote)).toBe(expected);
  });

  test("loses its first parts where it is too long", () => {
    const long = "group/".repeat(20);
    expect(repositoryName(`https://git.example/${long}web.git`)).toMatch(/^(?:group\/){1,10}web$/);
    expect(repositoryName(`https://git.example/${"x".repeat(100)}.git`)).toBe("x".repeat(64));
  });

  test("always fits, and never shows credentials", () => {
    fc.assert(
      fc.property(fc.string(), fc.webUrl(), (text, url) => {
        for (const remote of [text, url, url.replace("://", "://user:hunter2@")]) {
          const name = repositoryName(remote);
          expect([...(name ?? "")].length).toBeLessThanOrEqual(64);
          expect(name ?? "").not.toContain("hunter2");
        }
      }),
    );
  });
});
