import { DAY } from "@landfall/domain/durations";
import type { DataDirectory } from "../servers/data-directory.ts";
import { openLoader, RELEASES } from "./loader.ts";
import { seedRelease, sha } from "./seed-release.ts";

/** The data of a small installation: releases with commits, authors, and deploys, and newer archived ones without. */
export const SMALL = { releases: 1000, archived: 200, authors: 20 } as const;

/** The version of the `index`-th release of the small history. Those from `SMALL.releases` on are archived and have no commits or deploys. */
export const smallVersion = (index: number): string => `web@1.${Math.floor(index / 100)}.${index % 100}`;

/** Stores the small history: each open release has one commit by one of the authors, and one deploy. */
export function loadSmallHistory(data: DataDirectory): void {
  const [project] = data.projects;
  if (!project) throw new Error("the small history needs a project");
  const loader = openLoader(data);
  const { db } = loader;
  loader.each(RELEASES, SMALL.releases + SMALL.archived, (index) => {
    loader.release(project.id, seedRelease(index + 1, index, smallVersion(index), index >= SMALL.releases));
  });
  const now = Date.UTC(2024, 0, 1);
  db.prepare("insert into repositories (id, organization_id, name, date_created) values (1, 1, 'acme/web', ?)").run(now);
  db.prepare("insert into environments (id, organization_id, name, date_created) values (1, 1, 'production', ?)").run(now);
  const author = db.prepare("insert into commit_authors (id, organization_id, email, name) values (?, 1, ?, ?)");
  for (let id = 1; id <= SMALL.authors; id += 1) author.run(id, `author${id}@example.com`, `Author ${id}`);
  const commit = db.prepare(
    "insert into commits (id, organization_id, repository_id, sha, message, author_id, date_created) values (?, 1, 1, ?, ?, ?, ?)",
  );
  const link = db.prepare("insert into release_commits (release_id, position, commit_id) values (?, 0, ?)");
  const deploy = db.prepare(
    "insert into deploys (id, organization_id, release_id, environment_id, date_finished, date_created) values (?, 1, ?, 1, ?, ?)",
  );
  const change = db.prepare(
    "update releases set commit_count = 1, last_commit_id = ?, author_ids = ?, deploy_count = 1, last_deploy_id = ? where id = ?",
  );
  db.transaction(() => {
    for (let id = 1; id <= SMALL.releases; id += 1) {
      const by = (id % SMALL.authors) + 1;
      commit.run(id, sha(id), `Change number ${id} of many, with a message of usual length`, by, now + id);
      link.run(id, id);
      deploy.run(id, id, now + DAY + id, now + DAY + id);
      change.run(id, JSON.stringify([by]), id, id);
    }
  })();
  loader.close();
}
