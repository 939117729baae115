import { readFileSync, statSync } from "node:fs";
import path from "node:path";
import { describe, expect, test } from "vitest";
import { runningServer } from "./running-server.ts";
import { scratchDir } from "./scratch-dir.ts";

const settingsIn = (text: string) =>
  Object.fromEntries([...text.matchAll(/export (SENTRY_\w+)=(\S+)/g)].map(([, name, value]) => [name, value]));

describe("the first start on an empty data directory", () => {
  test("creates an organization, a project, a working CI token and a setup link; later starts show no secret", async () => {
    using scratch = scratchDir();
    const dataDir = path.join(scratch.path, "data");
    await using first = await runningServer(dataDir);
    const output = first.program.stdout();
    const settings = settingsIn(output);
    expect(settings).toMatchObject({ SENTRY_URL: first.url, SENTRY_ORG: "default", SENTRY_PROJECT: "app" });
    expect(output).toMatch(new RegExp(`${first.url}/setup/[0-9a-f]{64}\\n`));

    const response = await fetch(`${settings.SENTRY_URL}/api/0/organizations/${settings.SENTRY_ORG}/releases/`, {
      method: "POST",
      headers: { Authorization: `Bearer ${settings.SENTRY_AUTH_TOKEN}`, "Content-Type": "application/json" },
      body: JSON.stringify({ version: "1.0.0", projects: [settings.SENTRY_PROJECT] }),
    });
    expect(response.status).toBe(201);

    const file = path.join(dataDir, "first-run.txt");
    expect(statSync(file).mode & 0o777).toBe(0o600);
    expect(statSync(path.join(dataDir, "landfall.db")).mode & 0o077).toBe(0);
    expect(settingsIn(readFileSync(file, "utf8"))).toEqual(settings);
    expect(await first.stop()).toEqual({ code: 0, signal: null });
    expect(first.program.stderr()).not.toContain(settings.SENTRY_AUTH_TOKEN);

    await using second = await runningServer(dataDir);
    expect(second.program.stdout()).not.toMatch(/sntry|setup|export/);
    expect(readFileSync(file, "utf8")).toContain(settings.SENTRY_AUTH_TOKEN);
  });

  test("uses the slugs and the URL of the environment", async () => {
    using scratch = scratchDir();
    await using server = await runningServer(path.join(scratch.path, "data"), {
      LANDFALL_ORG: "acme",
      LANDFALL_PROJECT: "web",
      LANDFALL_URL: "https://landfall.test/",
    });
    const settings = settingsIn(server.program.stdout());
    expect(settings).toMatchObject({ SENTRY_URL: "https://landfall.test", SENTRY_ORG: "acme", SENTRY_PROJECT: "web" });
    const [, payload = ""] = String(settings.SENTRY_AUTH_TOKEN).split("_");
    expect(JSON.parse(Buffer.from(payload, "base64").toString())).toMatchObject({ org: "acme", url: "https://landfall.test" });
  });
});
