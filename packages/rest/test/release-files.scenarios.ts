import { expect } from "vitest";
import { withFile, downloads, file, FILES, idOf, PROJECT_FILES, send, textOf } from "./file-steps.ts";
import { release } from "./setup-steps.ts";
import { BLANK, DENIED, most, NOT_FOUND, REQUIRED } from "./error-bodies.ts";
import type { Scenario, Sharing } from "./run-scenarios.ts";
import { as, call, del, get, post, put } from "./steps.ts";
import { formOf, sha1 } from "./upload-form.ts";
import { nothingStaged } from "./upload-steps.ts";

/** Accepted and rejected uploads (contract 8.1; 17, E14). */
export const uploads: readonly Scenario[] = [
  {
    name: "E14 a file is returned with its headers, size and checksum",
    steps: [
      release("1"),
      send(
        formOf(
          ["file", "function() { }", "app.js", "application/javascript"],
          ["name", "http://example.com/application.js"],
          ["header", "X-SourceMap: http://example.com "],
        ),
      )
        .returns(201)
        .exactly({
          id: expect.stringMatching(/^\d+$/),
          name: "http://example.com/application.js",
          dist: null,
          headers: { "Content-Type": "application/javascript", "X-SourceMap": "http://example.com" },
          size: 14,
          sha1: sha1("function() { }"),
          dateCreated: "2026-01-02T03:04:05.678Z",
        }),
    ],
  },
  {
    name: "8.1 the default name is the filename without folders, and the order of fields does not matter",
    steps: [
      release("1"),
      send(formOf(["dist", "d 1"], ["header", "a:b:c"], ["header", "Content-Type:text/x"], ["file", "", "build/app.js"])).returns(201, {
        name: "app.js",
        dist: "d 1",
        size: 0,
        headers: { a: "b:c", "Content-Type": "text/x" },
      }),
    ],
  },
  {
    name: "8.1 a name and dist exist once; another dist is another file",
    steps: [
      release("1"),
      file("~/a.js", "1"),
      send(formOf(["file", "2", "x"], ["name", "~/a.js"])).returns(409, {
        detail: "A file matching this name already exists for the given release",
      }),
      file("~/a.js", "2", "d1"),
      send(formOf(["file", "2", "x"], ["name", "~/a.js"], ["dist", "d1"])).returns(409),
      file("~/A.js", "3"),
      get(FILES).listsBy("sha1", sha1("3"), sha1("1"), sha1("2")),
      nothingStaged,
    ],
  },
  {
    name: "8.1 the last of two files in a form is used",
    steps: [release("1"), send(formOf(["file", "1", "a"], ["file", "2", "b"])).returns(201, { name: "b", sha1: sha1("2") })],
  },
  {
    name: "8.1 parallel uploads of one name leave one file",
    steps: [
      release("1"),
      async (on) => {
        const { wire, organization, token } = on;
        const path = `/organizations/${organization.slug}/releases/1/files/`;
        const manager = await token("manager");
        const replies = await Promise.all(
          Array.from({ length: 6 }, (_, index) => wire.call("POST", path, { token: manager, raw: formOf(["file", `${index}`, "a.js"]) })),
        );
        expect(replies.map((reply) => reply.status).toSorted((a, b) => a - b)).toEqual([201, 409, 409, 409, 409, 409]);
      },
      get(FILES).listsBy("name", "a.js"),
    ],
  },
  {
    name: "8.6 a file requires access to the projects of the release, and a scope that writes",
    steps: [
      release("1", "foo", "baz"),
      call("POST", FILES, { raw: formOf(["file", "1", "a"]) }).returns(404, NOT_FOUND),
      call("POST", PROJECT_FILES, { raw: formOf(["file", "1", "a"]) }).returns(404, NOT_FOUND),
      as("both")
        .call("POST", FILES, { raw: formOf(["file", "1", "a"]) })
        .returns(201),
      as("both")
        .call("POST", PROJECT_FILES, { raw: formOf(["file", "1", "b"]) })
        .returns(201),
      as("reader")
        .call("POST", FILES, { raw: formOf(["file", "1", "c"]) })
        .returns(403, DENIED),
      as("anonymous")
        .call("POST", FILES, { raw: formOf(["file", "1", "c"]) })
        .returns(401),
      call("POST", "O/releases/nope/files/", { raw: formOf(["file", "1", "c"]) }).returns(404, NOT_FOUND),
      get(FILES).listsBy("name", "a", "b"),
      get(PROJECT_FILES).listsBy("name", "a", "b"),
      as("both").get("P/bar/releases/1/files/").returns(404, NOT_FOUND),
    ],
  },
];

const refused = (name: string, raw: FormData, detail: string): Scenario => ({
  name,
  steps: [send(raw).returns(400, { detail }), get(FILES).listsBy("name"), nothingStaged],
});

const WHITE = "File name must not contain special whitespace characters";

export const refusedUploads: Sharing = {
  before: [release("1")],
  sharing: [
    refused("E14 a file is needed", formOf(["name", "a.js"]), "Missing uploaded file"),
    refused("E14 a file under another name is none", formOf(["upload", "x", "a.js"]), "Missing uploaded file"),
    refused("E14 a name is needed", formOf(["file", "x", "a.js"], ["name", ""]), "File name must be specified"),
    refused("8.1 a file without a name of its own needs one", formOf(["file", "x", ""]), "File name must be specified"),
    refused("8.1 file is no name", formOf(["file", "x", "file"]), "File name must be specified"),
    ...["a\n.js", "a\r.js", "a\t.js", "~/x/a\\b.js"].map((name) =>
      refused(`E14 ${JSON.stringify(name)} is not a name`, formOf(["file", "x", "a.js"], ["name", name]), WHITE),
    ),
    refused(
      "8.1 a name is not endless",
      formOf(["file", "x", "a"], ["name", "x".repeat(501)]),
      "File name must have no more than 500 characters",
    ),
    refused("8.1 a name without NUL", formOf(["file", "x", "a"], ["name", "a\0"]), "File name must not contain null characters"),
    refused("8.1 a dist is not endless", formOf(["file", "x", "a"], ["dist", "d".repeat(65)]), "dist must have no more than 64 characters"),
    refused("E14 a header has a colon", formOf(["file", "x", "a"], ["header", "lol"]), "header value was not formatted correctly"),
    refused(
      "E14 a header is one line",
      formOf(["file", "x", "a"], ["header", "a: b\r\nc"]),
      "header value must not contain special whitespace characters",
    ),
    { name: "E14 a body that is not a form has no file", steps: [post(FILES, {}).returns(400, { detail: "Missing uploaded file" })] },
  ],
};

/** One file: described, downloaded, renamed, deleted (contract 8.3–8.5; 17, E16). */
export const single: readonly Scenario[] = [
  {
    name: "8.3 a file is described, and downloaded as bytes without a type, unless a header in lower case sets one",
    steps: [
      release("1"),
      file("~/js/ my   app.js", "let a = 'ü';"),
      send(formOf(["file", "{}", "x"], ["name", "map"], ["header", "content-type: application/json"])).returns(201),
      withFile("~/js/ my   app.js", (path) => get(path).returns(200, { name: "~/js/ my   app.js", size: 13 })),
      withFile("~/js/ my   app.js", (path) => downloads(path, "let a = 'ü';", " my app.js")),
      withFile("map", (path) => downloads(path, "{}", "map", "application/json")),
    ],
  },
  {
    name: "8.3 a name that a header cannot contain is sent in both forms",
    steps: [
      release("1"),
      file('~/a"b — ü.js', "x"),
      withFile('~/a"b — ü.js', (path) =>
        as("manager")
          .get(`${path}?download`)
          .returns(200)
          .headers({ "Content-Disposition": `attachment; filename="a_b _ _.js"; filename*=UTF-8''a%22b%20%E2%80%94%20%C3%BC.js` }),
      ),
    ],
  },
  {
    name: "8.3 downloading requires the scope project:write, describing does not",
    steps: [
      release("1"),
      file("~/a.js", "secret"),
      ...(["member", "ci", "reader", "releaser"] as const).flatMap((who) => [
        withFile("~/a.js", (path) => as(who).get(path).returns(200)),
        withFile("~/a.js", (path) => as(who).get(`${path}?download=1`).returns(403).exactly(undefined)),
      ]),
      withFile("~/a.js", (path) => as("writeKey").get(`${path}?download=1`).returns(200)),
      withFile("~/a.js", (path) => as("admin").get(`${path}?download=1`).returns(200)),
      withFile("~/a.js", (path) => as("foreignKey").get(`${path}?download=1`).returns(403, DENIED)),
    ],
  },
  {
    name: "8.3 ranges of a file, and no body when the file is unchanged",
    steps: [
      release("1"),
      file("~/a.js", "0123456789"),
      ...(
        [
          [{ Range: "bytes=2-5" }, 206, "bytes 2-5/10", "4"],
          [{ Range: "bytes=-3" }, 206, "bytes 7-9/10", "3"],
          [{ Range: "bytes=8-" }, 206, "bytes 8-9/10", "2"],
          [{ Range: "bytes=10-" }, 416, "bytes */10", "0"],
          [{ Range: "lines=1-2" }, 200, null, "10"],
          [{ Range: "bytes=0-1", "If-Range": `"${sha1("0123456789")}"` }, 206, "bytes 0-1/10", "2"],
          [{ Range: "bytes=0-1", "If-Range": '"other"' }, 200, null, "10"],
          [{ "If-None-Match": `"x", W/"${sha1("0123456789")}"` }, 304, null, null],
          [{ "If-None-Match": "*" }, 304, null, null],
          [{ "If-None-Match": '"x"' }, 200, null, "10"],
        ] as const
      ).map(([headers, status, range, length]) =>
        withFile("~/a.js", (path) =>
          as("manager")
            .get(`${path}?download=1`, { headers })
            .returns(status)
            .headers({ "Content-Range": range, "Content-Length": length }),
        ),
      ),
      withFile("~/a.js", textOf({ Range: "bytes=2-5" }, "2345")),
    ],
  },
  {
    name: "1.15 HEAD returns the headers of GET, without the bytes",
    steps: [
      release("1"),
      file("~/a.js", "0123456789"),
      withFile("~/a.js", (path) => as("manager").call("HEAD", `${path}?download=1`).returns(200).headers({ "Content-Length": "10" })),
    ],
  },
  {
    name: "E16 a file can be renamed, but not to an existing name or to an empty one",
    steps: [
      release("1"),
      file("~/a.js", "a"),
      file("~/b.js", "b"),
      withFile("~/a.js", (path) => put(path, { name: "~/b.js" }).returns(409)),
      withFile("~/a.js", (path) => put(path, { name: "~/a.js" }).returns(200)),
      withFile("~/a.js", (path) => put(path, {}).returns(400, { name: REQUIRED })),
      withFile("~/a.js", (path) => put(path, { name: "" }).returns(400, { name: BLANK })),
      withFile("~/a.js", (path) => put(path, { name: "x".repeat(201) }).returns(400, { name: most(200) })),
      withFile("~/a.js", (path) => put(path, { name: "foobar" }).returns(200, { name: "foobar", sha1: sha1("a") })),
      get(FILES).listsBy("name", "foobar", "~/b.js"),
      file("~/a.js", "again"),
    ],
  },
  {
    name: "E16 a file that does not exist is 404 for every method",
    steps: [
      release("1"),
      release("2"),
      file("~/a.js", "a"),
      withFile("~/a.js", (path) => get(path.replace("/1/", "/2/")).returns(404, NOT_FOUND)),
      ...["999999", "0", "99999999999999999999", "X34vYXBwLmpz", "%25", "a b", "~"].flatMap((id) => [
        get(`${FILES}${encodeURIComponent(id)}/`).returns(404, NOT_FOUND),
        del(`${FILES}${encodeURIComponent(id)}/`).returns(404, NOT_FOUND),
        as("manager")
          .get(`${FILES}${encodeURIComponent(id)}/?download=1`)
          .returns(404, NOT_FOUND),
      ]),
      put(`${FILES}999999/`, { name: "x" }).returns(404, NOT_FOUND),
    ],
  },
  {
    name: "8.5 a file can be deleted, but not by CI, and its name used again",
    steps: [
      release("1"),
      file("~/a.js", "a"),
      withFile("~/a.js", (path) => as("ci").del(path).returns(403, DENIED)),
      withFile("~/a.js", (path) => del(path).returns(204).exactly(undefined)),
      get(FILES).listsBy("name"),
      file("~/a.js", "b"),
    ],
  },
  {
    name: "8.3 the same through a project of the release",
    steps: [
      release("1"),
      send(formOf(["file", "x", "x.js"]), PROJECT_FILES).returns(201),
      async (on) => {
        const path = `${PROJECT_FILES}${await idOf(on, "x.js")}/`;
        await get(path).returns(200, { name: "x.js" })(on);
        await get(`${path}?download=1`).returns(403).exactly(undefined)(on);
        await as("manager")
          .get(`${path}?download=1`)
          .returns(200)
          .headers({ ETag: `"${sha1("x")}"` })(on);
        await put(path, { name: "y.js" }).returns(200, { name: "y.js" })(on);
        await put(`${PROJECT_FILES}b64=/`, { name: "y.js" }).returns(400)(on);
        await del(path).returns(204)(on);
        await get(path).returns(404, NOT_FOUND)(on);
      },
    ],
  },
];
