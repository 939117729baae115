import { makeBundle } from "@landfall/testing/artifacts/make-bundle";
import { expect } from "vitest";
import { release } from "./setup-steps.ts";
import { DENIED, NOT_FOUND } from "./error-bodies.ts";
import type { Sharing } from "./run-scenarios.ts";
import { as, call, get, type Step } from "./steps.ts";
import { APP, first, ONE, second, third, THREE, three, VENDOR } from "./three-bundles.ts";
import { formOf, sha1 } from "./upload-form.ts";
import { archived } from "./upload-steps.ts";

const LOOKUP = "P/foo/artifact-lookup/";

const bundle = (by: string, bytes: Uint8Array<ArrayBuffer>) => async (on: Parameters<Step>[0]) => {
  const { artifactBundles } = on.store.read.tables;
  const rows = await on.store.read.select().from(artifactBundles);
  const row = rows.find((one) => one.organizationId === on.organization.id && one.checksum === sha1(bytes));
  const name = `artifact_bundle/${row?.id}`;
  const url = `http://landfall.test/api/0/projects/${on.organization.slug}/foo/artifact-lookup/?download=${name}`;
  return { id: name, type: "bundle", url, resolved_with: by };
};

const [firstBytes, secondBytes, thirdBytes] = [first, second, third].map(makeBundle);

/** Looking up the files for a stack trace (contract 2, row 37). */
export const lookups: Sharing = {
  before: [
    ...three,
    release("1.0"),
    release("old"),
    release("far", "baz"),
    archived("old", { files: { a: { url: "~/a.js", content: "a" }, b: { url: "~/b.js", content: "b" } } }),
    as("manager")
      .call("POST", "O/releases/old/files/", { raw: formOf(["file", "single", "x"], ["name", "~/a.js"], ["header", "Sourcemap:a.js.map"]) })
      .returns(201),
    as("manager")
      .call("POST", "O/releases/far/files/", { raw: formOf(["file", "far", "x"], ["name", "~/a.js"]) })
      .returns(201),
  ],
  sharing: [
    {
      name: "row 37 a debug id finds the newest bundle that has it, in any notation",
      steps: [
        get(`${LOOKUP}?debug_id=${APP}`)
          .returns(200)
          .exactly([bundle("debug-id", firstBytes ?? new Uint8Array())]),
        get(`${LOOKUP}?debug_id=${APP.toUpperCase().replaceAll("-", "")}`).returns(200, [{ resolved_with: "debug-id" }]),
        get(`${LOOKUP}?debug_id=${VENDOR}`)
          .returns(200)
          .exactly([bundle("debug-id", secondBytes ?? new Uint8Array())]),
        get(`${LOOKUP}?debug_id=${ONE}`).returns(200).exactly([]),
        get(`${LOOKUP}?debug_id=nonsense`).returns(200).exactly([]),
        get(`P/bar/artifact-lookup/?debug_id=${APP}`).returns(200).exactly([]),
      ],
    },
    {
      name: "row 37 a URL finds the bundles of the release and dist that contain it, in any notation",
      steps: [
        ...["~/app.js", "https://example.com/app.js", "https://example.com/app.js?v=3#x", "/app.js"].map((url) =>
          get(`${LOOKUP}?release=1.0&url=${encodeURIComponent(url)}`)
            .returns(200)
            .exactly([bundle("index", firstBytes ?? new Uint8Array()), bundle("index", secondBytes ?? new Uint8Array())]),
        ),
        get(`${LOOKUP}?release=2.0&dist=d1&url=~/app.js`)
          .returns(200)
          .exactly([bundle("index", secondBytes ?? new Uint8Array())]),
        get(`${LOOKUP}?release=2.0&url=~/app.js`).returns(200).exactly([]),
        get(`${LOOKUP}?release=1.0&dist=d1&url=~/app.js`).returns(200).exactly([]),
        get(`${LOOKUP}?release=1.0&url=~/app`).returns(200).exactly([]),
        get(`${LOOKUP}?release=1.0`).returns(200).exactly([]),
        get(`${LOOKUP}?url=~/app.js`).returns(200).exactly([]),
        get(LOOKUP).returns(200).exactly([]),
      ],
    },
    {
      name: "row 37 an unknown debug id falls back to the URL",
      steps: [get(`${LOOKUP}?debug_id=${THREE}&release=1.0&url=~/app.js`).returns(200, [{ resolved_with: "index" }, {}])],
    },
    {
      name: "row 37 without a bundle a release's own files and archives are found, with their headers",
      steps: [
        get(`${LOOKUP}?release=old&url=https://example.com/a.js`).returns(200, [
          { id: expect.stringMatching(/^release_archive\/\d+$/), type: "bundle", resolved_with: "release-old" },
          {
            id: expect.stringMatching(/^release_file\/\d+$/),
            type: "file",
            resolved_with: "release-old",
            abs_path: "~/a.js",
            headers: { Sourcemap: "a.js.map" },
          },
        ]),
        get(`${LOOKUP}?release=old&url=~/b.js`).returns(200, [{ type: "bundle" }]),
        get(`${LOOKUP}?release=old&url=~/c.js`).returns(200).exactly([]),
        get(`${LOOKUP}?release=far&url=~/a.js`).returns(200).exactly([]),
      ],
    },
    {
      name: "row 37 a found file is downloaded from its URL by callers with access",
      steps: [
        async ({ wire, organization, token }) => {
          const path = `/projects/${organization.slug}/foo/artifact-lookup/`;
          const manager = await token("manager");
          const wanted = [`debug_id=${APP}`, "release=old&url=~/a.js"];
          const sums: string[] = [];
          for (const query of wanted) {
            const { body } = await wire.get(`${path}?${query}`, { token: manager });
            if (!Array.isArray(body)) throw new Error("the response is not a list");
            for (const { url } of body) {
              const target = String(url).replace("http://landfall.test/api/0", "");
              expect((await wire.get(target, { token: await token("member") })).status).toBe(403);
              const { status, headers } = await wire.get(target, { token: manager });
              expect(status).toBe(200);
              sums.push(headers.get("etag") ?? "");
            }
          }
          const archive = makeBundle({ files: { a: { url: "~/a.js", content: "a" }, b: { url: "~/b.js", content: "b" } } });
          expect(sums).toEqual(
            [firstBytes ?? new Uint8Array(), archive, new TextEncoder().encode("single")].map((bytes) => `"${sha1(bytes)}"`),
          );
        },
      ],
    },
    {
      name: "row 37 other downloads are rejected",
      steps: [
        ...[
          "",
          "artifact_bundle",
          "artifact_bundle/",
          "artifact_bundle/999999",
          "release_file/0",
          "constructor/1",
          "__proto__/1",
          "../x",
          "blob/1",
        ].map((download) =>
          as("manager")
            .get(`${LOOKUP}?download=${encodeURIComponent(download)}`)
            .returns(404, NOT_FOUND),
        ),
        async (on) => {
          const { id: name } = await bundle("", thirdBytes ?? new Uint8Array())(on);
          await as("manager").get(`${LOOKUP}?download=${name}`).returns(200)(on);
          await as("manager").get(`P/bar/artifact-lookup/?download=${name}`).returns(404, NOT_FOUND)(on);
        },
      ],
    },
    {
      name: "10.1 a release counts the files of its bundles, or else its own files",
      steps: [
        get("O/releases/1.0/meta/").returns(200, { releaseFileCount: 5, isArtifactBundle: true }),
        get("O/releases/old/meta/").returns(200, { releaseFileCount: 3, isArtifactBundle: false }),
        as("manager").get("O/releases/far/meta/").returns(200, { releaseFileCount: 1, isArtifactBundle: false }),
      ],
    },
    {
      name: "row 37 the project must be within reach",
      steps: [
        as("other").get(LOOKUP).returns(403, DENIED),
        as("ci").get(LOOKUP).returns(200),
        call("GET", "P/nope/artifact-lookup/").returns(404, NOT_FOUND),
      ],
    },
  ],
};
