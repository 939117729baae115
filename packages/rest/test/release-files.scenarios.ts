import { expect } from "vitest";
import { about, downloads, file, FILES, idOf, PROJECT_FILES, send, textOf } from "./about-files.ts";
import { release } from "./making.ts";
import { BLANK, DENIED, most, NOT_FOUND, REQUIRED } from "./refusals.ts";
import type { Scenario, Sharing } from "./run-scenarios.ts";
import { as, call, del, get, post, put } from "./steps.ts";
import { formOf, sha1 } from "./upload-form.ts";
import { nothingStaged } from "./uploading.ts";

/** What is uploaded, and what is refused (contract 8.1; 17, E14). */
export const uploads: readonly Scenario[] = [
  {
    name: "E14 a file is told with its headers, size and checksum",
    steps: [
      release("1"),
      send(
        formOf(
          ["file", "function() { }", "app.js", "application/javascript"],
          ["name", "http://example.com/application.js"],
          ["header", "X-SourceMap: http://example.com "],
        ),
      )
        .answers(201)
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
    name: "8.1 its name is the file's own, without folders, when none is given, and what comes first makes no difference",
    steps: [
      release("1"),
      send(formOf(["dist", "d 1"], ["header", "a:b:c"], ["header", "Content-Type:text/x"], ["file", "", "build/app.js"])).answers(201, {
        name: "app.js",
        dist: "d 1",
        size: 0,
        headers: { a: "b:c", "Content-Type": "text/x" },
      }),
    ],
  },
  {
    name: "8.1 one name and dist there is once; another dist is another file",
    steps: [
      release("1"),
      file("~/a.js", "1"),
      send(formOf(["file", "2", "x"], ["name", "~/a.js"])).answers(409, {
        detail: "A file matching this name already exists for the given release",
      }),
      file("~/a.js", "2", "d1"),
      send(formOf(["file", "2", "x"], ["name", "~/a.js"], ["dist", "d1"])).answers(409),
      file("~/A.js", "3"),
      get(FILES).listsBy("sha1", sha1("3"), sha1("1"), sha1("2")),
      nothingStaged,
    ],
  },
  {
    name: "8.1 of two files in a form the last one counts",
    steps: [release("1"), send(formOf(["file", "1", "a"], ["file", "2", "b"])).answers(201, { name: "b", sha1: sha1("2") })],
  },
  {
    name: "8.1 many that upload one name at once leave one file",
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
    name: "8.6 a file is for everybody's projects of the release, and for who may write",
    steps: [
      release("1", "foo", "baz"),
      call("POST", FILES, { raw: formOf(["file", "1", "a"]) }).answers(404, NOT_FOUND),
      call("POST", PROJECT_FILES, { raw: formOf(["file", "1", "a"]) }).answers(404, NOT_FOUND),
      as("both")
        .call("POST", FILES, { raw: formOf(["file", "1", "a"]) })
        .answers(201),
      as("both")
        .call("POST", PROJECT_FILES, { raw: formOf(["file", "1", "b"]) })
        .answers(201),
      as("reader")
        .call("POST", FILES, { raw: formOf(["file", "1", "c"]) })
        .answers(403, DENIED),
      as("nobody")
        .call("POST", FILES, { raw: formOf(["file", "1", "c"]) })
        .answers(401),
      call("POST", "O/releases/nope/files/", { raw: formOf(["file", "1", "c"]) }).answers(404, NOT_FOUND),
      get(FILES).listsBy("name", "a", "b"),
      get(PROJECT_FILES).listsBy("name", "a", "b"),
      as("both").get("P/bar/releases/1/files/").answers(404, NOT_FOUND),
    ],
  },
];

const refused = (name: string, raw: FormData, detail: string): Scenario => ({
  name,
  steps: [send(raw).answers(400, { detail }), get(FILES).listsBy("name"), nothingStaged],
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
      refused(`E14 ${JSON.stringify(name)} is no name`, formOf(["file", "x", "a.js"], ["name", name]), WHITE),
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
    { name: "E14 a body that is no form holds no file", steps: [post(FILES, {}).answers(400, { detail: "Missing uploaded file" })] },
  ],
};

/** One file: told, downloaded, renamed, deleted (contract 8.3–8.5; 17, E16). */
export const single: readonly Scenario[] = [
  {
    name: "8.3 a file is told, and downloaded as bytes of no type; only a header in lower case says one",
    steps: [
      release("1"),
      file("~/js/ my   app.js", "let a = 'ü';"),
      send(formOf(["file", "{}", "x"], ["name", "map"], ["header", "content-type: application/json"])).answers(201),
      about("~/js/ my   app.js", (path) => get(path).answers(200, { name: "~/js/ my   app.js", size: 13 })),
      about("~/js/ my   app.js", (path) => downloads(path, "let a = 'ü';", " my app.js")),
      about("map", (path) => downloads(path, "{}", "map", "application/json")),
    ],
  },
  {
    name: "8.3 a name that a header cannot hold is told in both ways",
    steps: [
      release("1"),
      file('~/a"b — ü.js', "x"),
      about('~/a"b — ü.js', (path) =>
        as("manager")
          .get(`${path}?download`)
          .answers(200)
          .headers({ "Content-Disposition": `attachment; filename="a_b _ _.js"; filename*=UTF-8''a%22b%20%E2%80%94%20%C3%BC.js` }),
      ),
    ],
  },
  {
    name: "8.3 downloading needs the scope project:write, telling does not",
    steps: [
      release("1"),
      file("~/a.js", "secret"),
      ...(["member", "ci", "reader", "releaser"] as const).flatMap((who) => [
        about("~/a.js", (path) => as(who).get(path).answers(200)),
        about("~/a.js", (path) => as(who).get(`${path}?download=1`).answers(403).exactly(undefined)),
      ]),
      about("~/a.js", (path) => as("writeKey").get(`${path}?download=1`).answers(200)),
      about("~/a.js", (path) => as("admin").get(`${path}?download=1`).answers(200)),
      about("~/a.js", (path) => as("foreignKey").get(`${path}?download=1`).answers(403, DENIED)),
    ],
  },
  {
    name: "8.3 a part of a file, and nothing when nothing changed",
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
        about("~/a.js", (path) =>
          as("manager")
            .get(`${path}?download=1`, { headers })
            .answers(status)
            .headers({ "Content-Range": range, "Content-Length": length }),
        ),
      ),
      about("~/a.js", textOf({ Range: "bytes=2-5" }, "2345")),
    ],
  },
  {
    name: "1.15 HEAD tells the same as GET, without the bytes",
    steps: [
      release("1"),
      file("~/a.js", "0123456789"),
      about("~/a.js", (path) => as("manager").call("HEAD", `${path}?download=1`).answers(200).headers({ "Content-Length": "10" })),
    ],
  },
  {
    name: "E16 a file is renamed; not onto another one, nor to nothing",
    steps: [
      release("1"),
      file("~/a.js", "a"),
      file("~/b.js", "b"),
      about("~/a.js", (path) => put(path, { name: "~/b.js" }).answers(409)),
      about("~/a.js", (path) => put(path, { name: "~/a.js" }).answers(200)),
      about("~/a.js", (path) => put(path, {}).answers(400, { name: REQUIRED })),
      about("~/a.js", (path) => put(path, { name: "" }).answers(400, { name: BLANK })),
      about("~/a.js", (path) => put(path, { name: "x".repeat(201) }).answers(400, { name: most(200) })),
      about("~/a.js", (path) => put(path, { name: "foobar" }).answers(200, { name: "foobar", sha1: sha1("a") })),
      get(FILES).listsBy("name", "foobar", "~/b.js"),
      file("~/a.js", "again"),
    ],
  },
  {
    name: "E16 what is not there is 404, whatever is asked of it",
    steps: [
      release("1"),
      release("2"),
      file("~/a.js", "a"),
      about("~/a.js", (path) => get(path.replace("/1/", "/2/")).answers(404, NOT_FOUND)),
      ...["999999", "0", "99999999999999999999", "X34vYXBwLmpz", "%25", "a b", "~"].flatMap((id) => [
        get(`${FILES}${encodeURIComponent(id)}/`).answers(404, NOT_FOUND),
        del(`${FILES}${encodeURIComponent(id)}/`).answers(404, NOT_FOUND),
        as("manager")
          .get(`${FILES}${encodeURIComponent(id)}/?download=1`)
          .answers(404, NOT_FOUND),
      ]),
      put(`${FILES}999999/`, { name: "x" }).answers(404, NOT_FOUND),
    ],
  },
  {
    name: "8.5 a file is deleted, not by CI, and another can have its name",
    steps: [
      release("1"),
      file("~/a.js", "a"),
      about("~/a.js", (path) => as("ci").del(path).answers(403, DENIED)),
      about("~/a.js", (path) => del(path).answers(204).exactly(undefined)),
      get(FILES).listsBy("name"),
      file("~/a.js", "b"),
    ],
  },
  {
    name: "8.3 the same through a project of the release",
    steps: [
      release("1"),
      send(formOf(["file", "x", "x.js"]), PROJECT_FILES).answers(201),
      async (on) => {
        const path = `${PROJECT_FILES}${await idOf(on, "x.js")}/`;
        await get(path).answers(200, { name: "x.js" })(on);
        await get(`${path}?download=1`).answers(403).exactly(undefined)(on);
        await as("manager")
          .get(`${path}?download=1`)
          .answers(200)
          .headers({ ETag: `"${sha1("x")}"` })(on);
        await put(path, { name: "y.js" }).answers(200, { name: "y.js" })(on);
        await put(`${PROJECT_FILES}b64=/`, { name: "y.js" }).answers(400)(on);
        await del(path).answers(204)(on);
        await get(path).answers(404, NOT_FOUND)(on);
      },
    ],
  },
];
