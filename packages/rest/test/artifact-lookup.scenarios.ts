import { makeBundle } from "@landfall/testing/artifacts/make-bundle";
import { expect } from "vitest";
import { release } from "./making.ts";
import { DENIED, NOT_FOUND } from "./refusals.ts";
import type { Sharing } from "./run-scenarios.ts";
import { as, call, get, type Step } from "./steps.ts";
import { APP, first, ONE, second, third, THREE, three, VENDOR } from "./three-bundles.ts";
import { formOf, sha1 } from "./upload-form.ts";
import { archived } from "./uploading.ts";

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

/** Finding what a stack trace needs (contract 2, row 37). */
export const lookups: Sharing = {
  before: [
    ...three,
    release("1.0"),
    release("old"),
    release("far", "baz"),
    archived("old", { files: { a: { url: "~/a.js", content: "a" }, b: { url: "~/b.js", content: "b" } } }),
    as("manager")
      .call("POST", "O/releases/old/files/", { raw: formOf(["file", "single", "x"], ["name", "~/a.js"], ["header", "Sourcemap:a.js.map"]) })
      .answers(201),
    as("manager")
      .call("POST", "O/releases/far/files/", { raw: formOf(["file", "far", "x"], ["name", "~/a.js"]) })
      .answers(201),
  ],
  sharing: [
    {
      name: "row 37 a debug id leads to the last bundle that has it, in whatever form it is written",
      steps: [
        get(`${LOOKUP}?debug_id=${APP}`)
          .answers(200)
          .exactly([bundle("debug-id", firstBytes ?? new Uint8Array())]),
        get(`${LOOKUP}?debug_id=${APP.toUpperCase().replaceAll("-", "")}`).answers(200, [{ resolved_with: "debug-id" }]),
        get(`${LOOKUP}?debug_id=${VENDOR}`)
          .answers(200)
          .exactly([bundle("debug-id", secondBytes ?? new Uint8Array())]),
        get(`${LOOKUP}?debug_id=${ONE}`).answers(200).exactly([]),
        get(`${LOOKUP}?debug_id=nonsense`).answers(200).exactly([]),
        get(`P/bar/artifact-lookup/?debug_id=${APP}`).answers(200).exactly([]),
      ],
    },
    {
      name: "row 37 an address leads to the bundles of the release and dist that have it, however it is written",
      steps: [
        ...["~/app.js", "https://example.com/app.js", "https://example.com/app.js?v=3#x", "/app.js"].map((url) =>
          get(`${LOOKUP}?release=1.0&url=${encodeURIComponent(url)}`)
            .answers(200)
            .exactly([bundle("index", firstBytes ?? new Uint8Array()), bundle("index", secondBytes ?? new Uint8Array())]),
        ),
        get(`${LOOKUP}?release=2.0&dist=d1&url=~/app.js`)
          .answers(200)
          .exactly([bundle("index", secondBytes ?? new Uint8Array())]),
        get(`${LOOKUP}?release=2.0&url=~/app.js`).answers(200).exactly([]),
        get(`${LOOKUP}?release=1.0&dist=d1&url=~/app.js`).answers(200).exactly([]),
        get(`${LOOKUP}?release=1.0&url=~/app`).answers(200).exactly([]),
        get(`${LOOKUP}?release=1.0`).answers(200).exactly([]),
        get(`${LOOKUP}?url=~/app.js`).answers(200).exactly([]),
        get(LOOKUP).answers(200).exactly([]),
      ],
    },
    {
      name: "row 37 a debug id that is nowhere leaves it to the address",
      steps: [get(`${LOOKUP}?debug_id=${THREE}&release=1.0&url=~/app.js`).answers(200, [{ resolved_with: "index" }, {}])],
    },
    {
      name: "row 37 without a bundle a release's own files and archives are found, with their headers",
      steps: [
        get(`${LOOKUP}?release=old&url=https://example.com/a.js`).answers(200, [
          { id: expect.stringMatching(/^release_archive\/\d+$/), type: "bundle", resolved_with: "release-old" },
          {
            id: expect.stringMatching(/^release_file\/\d+$/),
            type: "file",
            resolved_with: "release-old",
            abs_path: "~/a.js",
            headers: { Sourcemap: "a.js.map" },
          },
        ]),
        get(`${LOOKUP}?release=old&url=~/b.js`).answers(200, [{ type: "bundle" }]),
        get(`${LOOKUP}?release=old&url=~/c.js`).answers(200).exactly([]),
        get(`${LOOKUP}?release=far&url=~/a.js`).answers(200).exactly([]),
      ],
    },
    {
      name: "row 37 what was found is downloaded where it says, by who may",
      steps: [
        async ({ wire, organization, token }) => {
          const path = `/projects/${organization.slug}/foo/artifact-lookup/`;
          const manager = await token("manager");
          const wanted = [`debug_id=${APP}`, "release=old&url=~/a.js"];
          const sums: string[] = [];
          for (const query of wanted) {
            const { body } = await wire.get(`${path}?${query}`, { token: manager });
            if (!Array.isArray(body)) throw new Error("no list was answered");
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
      name: "row 37 nothing else is downloaded",
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
            .answers(404, NOT_FOUND),
        ),
        async (on) => {
          const { id: name } = await bundle("", thirdBytes ?? new Uint8Array())(on);
          await as("manager").get(`${LOOKUP}?download=${name}`).answers(200)(on);
          await as("manager").get(`P/bar/artifact-lookup/?download=${name}`).answers(404, NOT_FOUND)(on);
        },
      ],
    },
    {
      name: "10.1 a release counts the files of its bundles, else its own",
      steps: [
        get("O/releases/1.0/meta/").answers(200, { releaseFileCount: 5, isArtifactBundle: true }),
        get("O/releases/old/meta/").answers(200, { releaseFileCount: 3, isArtifactBundle: false }),
        as("manager").get("O/releases/far/meta/").answers(200, { releaseFileCount: 1, isArtifactBundle: false }),
      ],
    },
    {
      name: "row 37 the project must be within reach",
      steps: [
        as("other").get(LOOKUP).answers(403, DENIED),
        as("ci").get(LOOKUP).answers(200),
        call("GET", "P/nope/artifact-lookup/").answers(404, NOT_FOUND),
      ],
    },
  ],
};
