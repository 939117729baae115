import { expect, test } from "vitest";
import { banner } from "./banner.ts";
import { VERSION } from "./version.ts";

const env = { databaseUrl: null, dataDir: "/srv/landfall", url: null };
const local = "http://localhost:3000";

const firstRun = {
  setupUrl: "http://localhost:3000/setup/abc",
  settings: { url: "http://localhost:3000", organization: "default", token: "sntrys_x", project: "app" },
  file: "/srv/landfall/first-run.txt",
};

test("later starts show the URL and the data directory", () => {
  expect(banner({ env, local, firstRun: null })).toBe(
    `Landfall ${VERSION}
  address  http://localhost:3000
  data     /srv/landfall (SQLite: one server process at a time)

Landfall is ready on http://localhost:3000
`,
  );
});

test("the first start shows the setup link, the client settings, and the file that keeps them", () => {
  const text = banner({ env, local, firstRun });
  expect(text).toContain("kept in /srv/landfall/first-run.txt:");
  expect(text).toContain("    http://localhost:3000/setup/abc\n");
  expect(text).toContain(
    `    export SENTRY_URL=http://localhost:3000
    export SENTRY_ORG=default
    export SENTRY_AUTH_TOKEN=sntrys_x
    export SENTRY_PROJECT=app
`,
  );
  expect(text.endsWith("\nLandfall is ready on http://localhost:3000\n")).toBe(true);
});

test("without a file, the reader is asked to keep the secrets", () => {
  expect(banner({ env, local, firstRun: { ...firstRun, file: null } })).toContain("Shown this once, so keep it:");
});

test("shows PostgreSQL without its password, and the public URL if it is set", () => {
  const text = banner({ env: { ...env, databaseUrl: "postgres://me:secret@db/x", url: "https://landfall.test" }, local, firstRun: null });
  expect(text).toContain("  address  https://landfall.test\n  data     PostgreSQL\n");
  expect(text).not.toContain("secret");
});
