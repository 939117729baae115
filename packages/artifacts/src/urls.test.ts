import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { baseNameWithoutHash, nearestNames, resolveReference, urlCandidates, withoutOneSlash } from "./urls.ts";

describe("the candidate names of a frame's file", () => {
  it.each([
    ["https://example.com/a/b.js", ["https://example.com/a/b.js", "~/a/b.js"]],
    ["https://example.com/b.js?v=1#top", ["https://example.com/b.js?v=1", "https://example.com/b.js", "~/b.js?v=1", "~/b.js"]],
    ["https://example.com/b.js#?v=1", ["https://example.com/b.js", "~/b.js"]],
    ["http://localhost:3000/b.js", ["http://localhost:3000/b.js", "~/b.js"]],
    ["app:///index.android.bundle", ["app:///index.android.bundle", "~/index.android.bundle"]],
    ["file:///srv/app/b.js", ["file:///srv/app/b.js", "~/srv/app/b.js"]],
    ["webpack-internal:///./src/b.js", ["webpack-internal:///./src/b.js", "~/./src/b.js"]],
    ["/srv/app/b.js", ["/srv/app/b.js", "~/srv/app/b.js"]],
    ["./dist/b.js", ["dist/b.js", "~/dist/b.js"]],
    ["b.js", ["b.js", "~/b.js"]],
    ["~/b.js?v=1", ["~/b.js?v=1", "~/b.js"]],
    [
      "https://example.com/pages/%5Bid%5D.js",
      ["https://example.com/pages/%5Bid%5D.js", "~/pages/%5Bid%5D.js", "https://example.com/pages/[id].js", "~/pages/[id].js"],
    ],
    ["/a%2Fb%20c%3F.js", ["/a%2Fb%20c%3F.js", "~/a%2Fb%20c%3F.js", "/a%2Fb c%3F.js", "~/a%2Fb c%3F.js"]],
    ["/%E0%A4%A.js", ["/%E0%A4%A.js", "~/%E0%A4%A.js"]],
    ["/%C3%A9.js", ["/%C3%A9.js", "~/%C3%A9.js", "/é.js", "~/é.js"]],
  ])("%s", (absPath, names) => {
    expect(urlCandidates(absPath)).toEqual(names);
  });

  it.each([
    "",
    " ",
    "<anonymous>",
    "[native code]",
    "native",
    "node:internal/process",
    "data:text/javascript,1",
    "blob:https://e.com/1",
    "C:\\a\\b.js",
    "../b.js",
    "https://example.com",
    "~",
    "?q",
  ])("are empty for %j", (absPath) => {
    expect(urlCandidates(absPath)).toEqual([]);
  });

  it.each([
    ["~/assets/main.js", ["~assets/main.js", "~/assetsmain.js"]],
    ["https://e.com/b.js?v=1/2#a/b", ["https://e.comb.js", "~b.js"]],
    ["/srv/b.js", ["/srvb.js", "~srv/b.js", "~/srvb.js"]],
    ["b.js", ["~b.js"]],
    ["~/a//b.js", ["~a//b.js"]],
    ["<anonymous>", []],
  ])("of %s without a slash after the prefix", (absPath, names) => {
    expect([...withoutOneSlash(absPath).keys()]).toEqual(names);
  });

  it("are at most 40 without a slash, each of which becomes a candidate with a slash after its prefix", () => {
    const part = fc.stringMatching(/^[\w.%@[\]-]{1,8}$/);
    fc.assert(
      fc.property(fc.array(part, { minLength: 1, maxLength: 30 }), (parts) => {
        const absPath = `https://example.com/${parts.join("/")}`;
        const names = withoutOneSlash(absPath);
        const corrected = [...names].map(([name, prefix]) => `${prefix}/${name.slice(prefix.length)}`);
        expect(names.size).toBeLessThanOrEqual(40);
        expect(urlCandidates(absPath)).toEqual(expect.arrayContaining(corrected));
      }),
    );
  });

  it("range from the URL to ~ and its path, without the fragment", () => {
    const part = fc.stringMatching(/^[\w.~!$&'()*+,;=:@[\]-]{0,8}$/);
    const path = fc.array(part, { minLength: 1, maxLength: 5 }).map((parts) => `/${parts.join("/")}`);
    fc.assert(
      fc.property(path, fc.option(part), fc.option(part), (written, query, fragment) => {
        const search = query === null ? "" : `?${query}`;
        const names = urlCandidates(`https://example.com${written}${search}${fragment === null ? "" : `#${fragment}`}`);
        const expected = [`https://example.com${written}${search}`, `https://example.com${written}`, `~${written}${search}`, `~${written}`];
        expect(names).toEqual([...new Set(expected)]);
      }),
    );
  });

  it("are few for any text", () => {
    fc.assert(
      fc.property(fc.string(), (text) => {
        expect(urlCandidates(text).length).toBeLessThanOrEqual(8);
      }),
    );
    expect(urlCandidates(`https://${"a:/".repeat(100_000)}`).length).toBeGreaterThan(0);
  });
});

describe("a reference", () => {
  it.each([
    ["b.js.map", "~/a/b.js", "~/a/b.js.map"],
    ["b.js.map?v=1#x", "~/a/b.js?v=2", "~/a/b.js.map?v=1"],
    ["./maps/b.map", "~/a/b.js", "~/a/maps/b.map"],
    ["../maps/b.map", "~/a/b.js", "~/maps/b.map"],
    ["../../../maps/b.map", "~/a/b.js", "~/maps/b.map"],
    ["/maps/b.map", "~/a/b.js", "~/maps/b.map"],
    ["~/maps/b.map", "https://e.com/a/b.js", "~/maps/b.map"],
    ["https://cdn.com/b.map", "~/a/b.js", "https://cdn.com/b.map"],
    ["//cdn.com/b.map", "https://e.com/b.js", "https://cdn.com/b.map"],
    ["//cdn.com/b.map", "~/b.js", "~/b.map"],
    ["b.map", "https://e.com/a/b.js", "https://e.com/a/b.map"],
    ["/b.map", "https://e.com/a/b.js", "https://e.com/b.map"],
    ["b.map", "app:///b.js", "app:///b.map"],
    ["b.map", "/srv/a/b.js", "/srv/a/b.map"],
    ["b.map", "b.js", "/b.map"],
    ["?v=2", "~/b.js?v=1", "~/b.js?v=2"],
    ["a/..", "~/x/b.js", "~/x/"],
    ["[id].js.map", "~/x/[id].js", "~/x/[id].js.map"],
  ])("%s in %s is %s", (reference, file, resolved) => {
    expect(resolveReference(reference, file)).toBe(resolved);
  });

  it.each([
    ["data:application/json;base64,e30=", "~/b.js"],
    ["blob:x", "~/b.js"],
    ["", "~/b.js"],
    ["#a", "~/b.js"],
    ["b.map", "<anonymous>"],
  ])("%j in %s is not a file", (reference, file) => {
    expect(resolveReference(reference, file)).toBeNull();
  });

  it("of plain segments is resolved as in a browser", () => {
    const segment = fc.constantFrom(".", "..", "a", "b.map", "c-d");
    const path = fc.array(segment, { minLength: 1, maxLength: 6 }).map((parts) => parts.join("/"));
    fc.assert(
      fc.property(path, fc.boolean(), (written, isRooted) => {
        const reference = isRooted ? `/${written}` : written;
        expect(resolveReference(reference, "https://e.com/x/y/z.js")).toBe(new URL(reference, "https://e.com/x/y/z.js").href);
      }),
    );
  });
});

describe("nearest names", () => {
  const names = ["~/static/js/app.js", "~/js/app.js", "~/js/vendor.js", "~/app.js", "~/js/app.js.map", "~/other/deep/er/app.js"];

  it("share the most segments at the end, and have the fewest others", () => {
    expect(nearestNames("https://e.com/assets/js/app.js?v=1", names, 4)).toEqual([
      { name: "~/static/js/app.js", sharedSegments: 2, isOtherBuild: false },
      { name: "~/js/app.js", sharedSegments: 2, isOtherBuild: false },
      { name: "~/other/deep/er/app.js", sharedSegments: 1, isOtherBuild: false },
      { name: "~/app.js", sharedSegments: 1, isOtherBuild: false },
    ]);
  });

  it("recognize another build of the same file", () => {
    const built = ["~/js/app.77d0ce41.js", "~/js/vendor.77d0ce41.js", "~/js/app.js"];
    expect(nearestNames("~/js/app.3f2a91bc.js", built)).toEqual([{ name: "~/js/app.77d0ce41.js", sharedSegments: 0, isOtherBuild: true }]);
    expect(nearestNames("~/_next/main-0123456789abcdef.js", ["~/_next/main-fedcba9876543210.js"])).toHaveLength(1);
    expect(nearestNames("~/js/app.min.js", ["~/js/app.max.js"])).toEqual([]);
  });

  it("have the same last segment without hashes", () => {
    expect(baseNameWithoutHash("https://e.com/js/app.3f2a91bc.js?v=1")).toBe(baseNameWithoutHash("~/app.77d0ce41.js"));
    expect(baseNameWithoutHash("~/js/app.js")).not.toBe(baseNameWithoutHash("~/js/app.js.map"));
    expect(baseNameWithoutHash("")).toBe("");
    const name = fc.stringMatching(/^~?(\/(a|b|app[.-][0-9a-f]{4,8}\.js|app\.js|\W{1,3}|)){0,4}$/);
    fc.assert(
      fc.property(name, fc.array(name), (wanted, all) => {
        for (const near of nearestNames(wanted, all)) expect(baseNameWithoutHash(near.name)).toBe(baseNameWithoutHash(wanted));
      }),
    );
  });

  it("are empty if none is similar", () => {
    expect(nearestNames("~/x.js", names)).toEqual([]);
    expect(nearestNames("", names)).toEqual([]);
    expect(nearestNames("<anonymous>", names)).toEqual([]);
  });

  it("are the same for any order of the names, and limited", () => {
    const name = fc.array(fc.constantFrom("a", "b", "c.js", "d.js"), { minLength: 1, maxLength: 4 }).map((parts) => `~/${parts.join("/")}`);
    fc.assert(
      fc.property(fc.array(name, { maxLength: 120 }), name, fc.integer({ min: 1, max: 3 }), (all, wanted, limit) => {
        const near = nearestNames(wanted, all, limit);
        expect(near).toEqual(nearestNames(wanted, all.toReversed(), limit));
        expect(near.length).toBeLessThanOrEqual(limit);
        const best = Math.max(0, ...all.map((one) => nearestNames(wanted, [one])[0]?.sharedSegments ?? 0));
        expect(near[0]?.sharedSegments ?? 0).toBe(best);
      }),
    );
  });
});
