import { createHash } from "node:crypto";
import type { BundleParts } from "@landfall/testing/artifacts/make-bundle";
import { SCRIPT, SOURCE_MAP } from "./upload-artifacts.ts";

const CHUNKS = ["account", "cart", "checkout", "index", "product", "search", "vendor"];

/** Returns the output of a build of a shop: its chunks and their maps, of which one is missing. */
export function builtShop(): BundleParts {
  const files = CHUNKS.flatMap((chunk) => {
    const name = `${chunk}-${digest(chunk).slice(0, 8)}.js`;
    const headers = { "debug-id": debugId(chunk), sourcemap: `${name}.map` };
    const url = `~/assets/${name}`;
    const content = SCRIPT.repeat(40);
    return [
      { path: `assets/${name}`, url, type: "minified_source", headers, content },
      ...(chunk === "vendor"
        ? []
        : [
            {
              path: `assets/${name}.map`,
              url: `${url}.map`,
              type: "source_map",
              headers: { "debug-id": debugId(chunk) },
              content: SOURCE_MAP,
            },
          ]),
    ];
  });
  return { debug_id: debugId("shop"), files: Object.fromEntries(files.map(({ path, ...file }) => [path, file])) };
}

const digest = (text: string): string => createHash("sha1").update(text).digest("hex");

const debugId = (text: string): string => digest(text).replace(/^(.{8})(.{4}).(.{3}).(.{3})(.{12}).*$/, "$1-$2-4$3-8$4-$5");
