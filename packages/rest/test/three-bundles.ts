import { at, type Step } from "./steps.ts";
import { bundled } from "./upload-steps.ts";

export const [ONE, TWO, THREE] = [
  "11111111-1111-1111-1111-111111111111",
  "22222222-2222-2222-2222-222222222222",
  "33333333-3333-3333-3333-333333333333",
];
export const APP = "aaaaaaaa-aaaa-4aaa-8aaa-aaaaaaaaaaaa";
export const VENDOR = "bbbbbbbb-bbbb-4bbb-8bbb-bbbbbbbbbbbb";

const script = (url: string, content: string, debugId?: string, headers: Readonly<Record<string, string>> = {}) => ({
  url,
  type: "minified_source",
  headers: { ...(debugId === undefined ? {} : { "debug-id": debugId }), ...headers },
  content,
});

export const first = {
  debug_id: ONE,
  files: {
    "files/_/_/app.js": script("~/app.js", "let app = 1;", APP, { Sourcemap: "app.js.map" }),
    "files/_/_/app.js.map": { url: "~/app.js.map", type: "source_map", headers: { "debug-id": APP }, content: "{}" },
    "files/_/_/vendor.js": script("~/vendor.js", "let vendor;", VENDOR),
  },
};
export const second = {
  debug_id: TWO,
  files: { "app.js": script("~/app.js", "let app = 2;"), "vendor.js": script("~/vendor.js", "let vendor;", VENDOR) },
};
export const third = { debug_id: THREE, files: { x: { url: "https://example.com/x.js?v=1", content: "x" } } };

/** Three bundles: for 1.0, for 1.0 and 2.0 with a dist, and one found only by debug ids. */
export const three: readonly Step[] = [
  bundled(first, { version: "1.0" }),
  at("2026-01-03"),
  bundled(second, { version: "1.0", projects: ["foo", "bar"] }),
  bundled(second, { version: "2.0", dist: "d1" }),
  at("2026-01-04"),
  bundled(third),
];
