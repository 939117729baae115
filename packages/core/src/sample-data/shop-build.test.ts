import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import path from "node:path";
import { runInNewContext } from "node:vm";
import { parseSourceMap } from "@landfall/artifacts/maps/parse-source-map";
import { build } from "esbuild";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { SHOP_CODE, SHOP_SOURCES, SHOP_TRACE, shopBuild } from "./shop-build.ts";

let folder: string;
beforeAll(() => (folder = mkdtempSync(path.join(tmpdir(), "landfall-shop-"))));
afterAll(() => rmSync(folder, { recursive: true }));

describe("the build of the shop", () => {
  test("is the output of esbuild for its sources", async () => {
    const assets = path.join(folder, "assets");
    for (const { path: source, text } of SHOP_SOURCES) {
      const file = path.join(assets, source);
      mkdirSync(path.dirname(file), { recursive: true });
      writeFileSync(file, text);
    }
    const { outputFiles } = await build({
      entryPoints: [path.join(assets, SHOP_SOURCES.at(-1)?.path ?? "")],
      outfile: path.join(assets, "checkout.js"),
      absWorkingDir: folder,
      write: false,
      bundle: true,
      minify: true,
      format: "iife",
      sourcemap: true,
    });
    const textOf = (end: string): string => outputFiles.find((file) => file.path.endsWith(end))?.text ?? "";
    expect(textOf(".js").split("\n", 1)).toEqual([SHOP_CODE]);
    const { debugId, debug_id: older, ...map } = JSON.parse(shopBuild("web@1.0.0").map);
    expect([debugId, older]).toEqual([debugId, debugId]);
    // The line with the debug id is before the code.
    const { mappings, ...built } = JSON.parse(textOf(".map"));
    expect(map).toEqual({ ...built, mappings: `;${mappings}` });
  });

  test("has the same debug id in script and map, and a different one for each version", () => {
    const { script, map, debugId } = shopBuild("web@1.0.0");
    expect(parseSourceMap(map).debugId).toBe(debugId);
    expect(script).toContain(`//# debugId=${debugId}`);
    expect(shopBuild("web@1.0.0")).toEqual({ name: "checkout.js", script, map, debugId });
    expect(shopBuild("web@1.0.1").debugId).not.toBe(debugId);
  });

  test("fails with an empty cart, with the stack of its trace", () => {
    const clicks: (() => void)[] = [];
    const button = { addEventListener: (_: string, click: () => void) => clicks.push(click) };
    const globals: Record<string, unknown> = {
      document: { querySelectorAll: () => [button] },
      sessionStorage: { getItem: () => null },
    };
    runInNewContext(shopBuild("web@1.0.0").script, globals, { filename: "https://shop.example/assets/checkout.js" });
    const thrown = thrownBy(clicks[0]);
    const placesIn = (stack: string) => [...stack.matchAll(/https:[^)\s]+:\d+:\d+/g)].map(String);
    expect(placesIn(SHOP_TRACE)).toHaveLength(3);
    expect(placesIn(thrown)).toEqual(placesIn(SHOP_TRACE));
    expect(thrown.split("\n", 1)).toEqual(SHOP_TRACE.split("\n", 1));
    expect(globals).toMatchObject({ SENTRY_RELEASE: { id: "web@1.0.0" } });
  });
});

function thrownBy(work: (() => void) | undefined): string {
  try {
    work?.();
  } catch (error) {
    // An error of another realm is not an instance of `Error` here.
    return String(Reflect.get(Object(error), "stack"));
  }
  throw new Error("nothing was thrown");
}
