import { createHash } from "node:crypto";
import { nameKey, textKey } from "@landfall/core/records/artifacts/file-keys";
import type { DataDirectory } from "../servers/data-directory.ts";
import { openLoader } from "./loader.ts";
import { sha } from "./seed-release.ts";

/** Files per bundle: scripts and their maps. Each bundle belongs to one release. */
const FILES_A_BUNDLE = 500;

/** The names and ids of the file with this number. */
export function indexedFile(index: number): { readonly url: string; readonly debugId: string; readonly version: string } {
  const bundle = Math.floor(index / FILES_A_BUNDLE);
  const place = index % FILES_A_BUNDLE;
  const script = Math.floor(place / 2);
  return {
    url: `~/assets/page-${script}.js${place % 2 === 0 ? "" : ".map"}`,
    debugId: debugIdOf(`${bundle}/${script}`),
    version: `web@${bundle}`,
  };
}

const debugIdOf = (name: string): string =>
  createHash("sha256")
    .update(name)
    .digest("hex")
    .replace(/^(.{8})(.{4}).(.{3}).(.{3})(.{12}).*$/, "$1-$2-4$3-8$4-$5");

/** Stores the rows of `count` files in bundles of the first project, like uploads, but without their content. */
export function loadIndexedFiles(data: DataDirectory, count: number): void {
  const [project] = data.projects;
  if (!project) throw new Error("indexed files need a project");
  const loader = openLoader(data);
  const { db } = loader;
  const insertBlob = db.prepare(
    "insert into blobs (id, name, sha256, sha1, size, date_created, date_last_used) values (?, ?, ?, ?, 1000000, 0, 0)",
  );
  const insertBundle = db.prepare(
    "insert into artifact_bundles (id, organization_id, bundle_id, blob_id, checksum, file_count, date_created) values (?, 1, ?, ?, ?, ?, 0)",
  );
  const linkProject = db.prepare("insert into artifact_bundle_projects (project_id, bundle_id) values (?, ?)");
  const insertRelease = db.prepare("insert into artifact_releases (id, organization_id, version, dist) values (?, 1, ?, '')");
  const linkRelease = db.prepare("insert into artifact_bundle_releases (artifact_release_id, bundle_id) values (?, ?)");
  const insertFile = db.prepare(
    `insert into artifact_files (bundle_id, organization_id, path, path_key, url, name_key, type, debug_id, headers, size, place)
     values (?, 1, ?, ?, ?, ?, ?, ?, '{}', 2000, '{}')`,
  );
  const insertUrl = db.prepare("insert into artifact_urls (artifact_release_id, url_key, bundle_id) values (?, ?, ?)");

  const bundle = (id: number, version: string) => {
    const checksum = sha(id);
    insertBlob.run(id, `00/${checksum}`, checksum, checksum);
    insertBundle.run(id, debugIdOf(checksum), id, checksum, FILES_A_BUNDLE);
    linkProject.run(project.id, id);
    insertRelease.run(id, version);
    linkRelease.run(id, id);
  };
  loader.each(["artifact_files", "artifact_urls"], count, (index) => {
    const { url, debugId, version } = indexedFile(index);
    const id = Math.floor(index / FILES_A_BUNDLE) + 1;
    if (index % FILES_A_BUNDLE === 0) bundle(id, version);
    const path = url.replace("~", "files/_/_");
    insertFile.run(id, path, textKey(path), url, nameKey(url), index % 2 === 0 ? 2 : 3, debugId);
    insertUrl.run(id, textKey(url), id);
  });
  loader.close();
}
