import { expect, test } from "vitest";
import { describeArtifacts } from "./format.ts";

const NOTHING = {
  bundles: 0,
  bundledFiles: 0,
  bundledSize: 0,
  files: 0,
  filesSize: 0,
  members: 0,
  archives: 0,
  archivesSize: 0,
  dists: [],
};

test.each([
  [{}, ""],
  [{ bundles: 1, bundledFiles: 1, bundledSize: 812, dists: [null] }, "1 file in 1 bundle, 812 bytes"],
  [
    { bundles: 2, bundledFiles: 1204, bundledSize: 2 ** 20, files: 1, filesSize: 7, dists: [null, "android", "ios"] },
    "1,204 files in 2 bundles, 1.0 MiB; 1 single file, 7 bytes; for no dist, android and ios",
  ],
  [{ members: 2, archives: 1, archivesSize: 1024, dists: ["ios"] }, "2 files in 1 archive, 1.0 KiB; for ios"],
])("%j", (more, text) => {
  expect(describeArtifacts({ ...NOTHING, ...more })).toBe(text);
});
