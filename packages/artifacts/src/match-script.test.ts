import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { isNameOfOneBuild, lastSegments, matchScripts, type ScriptName } from "./match-script.ts";

const scriptOf = (name: string, from: ScriptName["from"] = "path") => ({ names: [{ name, from }] });

const matches = (url: string, names: readonly string[]) =>
  matchScripts(
    url,
    names.map((name) => scriptOf(name)),
  ).map(({ by }) => by.name);

describe("the uploaded scripts that match a URL", () => {
  it.each<[string, string, string[], string[]]>([
    ["the same path", "https://e.com/assets/main.js", ["~/assets/main.js", "~/main.js"], ["~/assets/main.js"]],
    ["the name alone", "https://e.com/assets/main.js", ["main.js", "other.js"], ["main.js"]],
    ["more of the path", "https://e.com/a/app/about/page.js", ["app/page.js", "app/about/page.js", "page.js"], ["app/about/page.js"]],
    ["a folder that the URL does not have", "https://e.com/assets/main.js", ["~/dist/client/main.js"], ["~/dist/client/main.js"]],
    ["no folder rather than another one", "https://e.com/assets/main.js", ["admin/main.js", "main.js"], ["main.js"]],
    ["several equally well", "https://e.com/assets/main.js", ["admin/main.js", "shop/main.js"], ["admin/main.js", "shop/main.js"]],
    ["no other hash", "https://e.com/main.3f2a91bc.js", ["main.77d0ce41.js", "main.js"], []],
    ["no other case", "https://e.com/Main.js", ["main.js"], []],
    ["a name without the slash after its prefix", "https://e.com/assets/main.js", ["js/main.js", "~/assetsmain.js"], ["~/assetsmain.js"]],
    ["an encoded path", "https://e.com/app/%5Bid%5D/page.js?v=1", ["app/[id]/page.js", "app/page.js"], ["app/[id]/page.js"]],
    ["a path that was uploaded encoded", "https://e.com/app/%5Bid%5D/page.js", ["app/%5Bid%5D/page.js"], ["app/%5Bid%5D/page.js"]],
    ["a path of a disk", "file:///srv/app/dist/server/index.js", ["server/index.js", "client/index.js"], ["server/index.js"]],
    ["nothing for code of the runtime", "node:fs", ["fs"], []],
    ["nothing for a URL without a path", "https://e.com/", ["main.js"], []],
  ])("have %s", (_, url, names, expected) => {
    expect(matches(url, names)).toEqual(expected);
  });

  it("match by the best of their names", () => {
    const names: ScriptName[] = [
      { name: "~/0aec15dd-aea4-52d9-b598-75cd54254902-0.js", from: "path" },
      { name: "main.js", from: "reference" },
      { name: "static/js/main.js", from: "map" },
    ];
    expect(matchScripts("https://e.com/js/main.js", [{ names }])).toEqual([
      { script: { names }, by: { name: "static/js/main.js", from: "map" } },
    ]);
  });
});

describe("for any uploaded scripts", () => {
  const segment = fc.constantFrom("a", "b", "c", "main.js", "page.js");
  const path = fc.array(segment, { minLength: 1, maxLength: 4 }).map((segments) => segments.join("/"));
  const paths = fc.array(path, { maxLength: 8 });

  it("the one with exactly the path of the URL is the only match", () => {
    fc.assert(
      fc.property(path, paths, (wanted, others) => {
        const names = [...new Set([...others, wanted])].map((name) => `~/${name}`);
        expect(matches(`https://e.com/${wanted}`, names)).toEqual([`~/${wanted}`]);
      }),
    );
  });

  it("every match has the last segment of the URL, and every script that has it leads to a match", () => {
    fc.assert(
      fc.property(path, paths, (wanted, names) => {
        const found = matches(`https://e.com/x/${wanted}`, names);
        const [last = ""] = lastSegments(wanted);
        expect(found.every((name) => name.split("/").at(-1) === last)).toBe(true);
        expect(found.length > 0).toBe(names.some((name) => name.split("/").at(-1) === last));
      }),
    );
  });

  it("the origin and the query of the URL, the order of scripts, and scripts of other names make no difference", () => {
    fc.assert(
      fc.property(path, paths, fc.integer(), (wanted, names, seed) => {
        const expected = matches(`https://e.com/${wanted}`, names);
        expect(matches(`app:///${wanted}?v=${seed}#x`, names)).toEqual(expected);
        expect(matches(`https://e.com/${wanted}`, names.toReversed()).toReversed()).toEqual(expected);
        expect(matches(`https://e.com/${wanted}`, ["other.js", ...names, "a/other.js"])).toEqual(expected);
      }),
    );
  });

  it("any text is accepted", () => {
    fc.assert(
      fc.property(fc.string(), fc.array(fc.string()), (url, names) => {
        expect(names).toEqual(expect.arrayContaining(matches(url, names)));
        expect(typeof isNameOfOneBuild(url)).toBe("boolean");
      }),
    );
  });
});

describe("a name of one build", () => {
  it.each([
    ["assets/main-3f2a91bc.js", true],
    ["checkout-DLj3oYs4.js", true],
    ["main.77d0ce41.chunk.js", true],
    ["main.js", false],
    ["jquery-3.7.1.js", false],
    ["some-component.js", false],
  ])("%s: %s", (name, expected) => {
    expect(isNameOfOneBuild(name)).toBe(expected);
  });
});
