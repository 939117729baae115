import { DAY } from "@landfall/domain/durations";
import path from "node:path";
import { expect, test } from "vitest";
import { initialize } from "./provisioned.ts";
import { runAdmin } from "./run-program.ts";
import { runningServer } from "./running-server.ts";
import { scratchDir } from "./scratch-dir.ts";
import { uploadFile } from "./upload-file.ts";
import { useDatabase } from "./use-database.ts";

const AT = ["--org", "acme", "--project", "web"];

test("`retention` previews and deletes expired artifacts beside a running server", async () => {
  using scratch = scratchDir();
  const dataDir = path.join(scratch.path, "data");
  const { token } = await initialize(dataDir, "--org", "acme", "--project", "web", "--email", "olga@acme.test");
  await using server = await runningServer(dataDir);
  const file = await uploadFile(server.url, token ?? "", "x".repeat(2048));
  expect(await runAdmin(dataDir, "retention", "run", ...AT)).toMatchObject({
    code: 1,
    stderr: "The project web has no retention rule and keeps everything.\n",
  });
  useDatabase(dataDir, (db) => {
    db.prepare("update release_files set date_created = date_created - ?").run(10 * DAY);
    db.prepare("insert into retention_rules (project_id, keep_days, environments, date_changed) select id, 5, '[]', 0 from projects").run();
  });
  const preview = await runAdmin(dataDir, "retention", "preview", ...AT);
  expect(preview.stdout).toMatch(/^files of 1\.0 {2}1 file {2}2\.0 KiB {2}uploaded \d{4}-\S+Z\n$/);
  expect(preview.stderr).toBe("0 bundles and files of 1 release: 1 file, 2.0 KiB would be deleted.\n");
  const report = JSON.parse((await runAdmin(dataDir, "retention", "preview", ...AT, "--json")).stdout);
  expect(report).toMatchObject({ totals: { bundles: 0, releases: 1, files: 1, bytes: 2048 }, isWhole: true, items: [{ id: "1.0" }] });

  const ran = await runAdmin(dataDir, "retention", "run", ...AT);
  expect(ran).toMatchObject({ code: 0, stdout: "0 bundles and files of 1 release: 1 file, 2.0 KiB deleted.\n" });
  const deleted = await fetch(server.url + file, { headers: { Authorization: `Bearer ${token}` } });
  expect(deleted.status).toBe(404);
  await deleted.text();
});
