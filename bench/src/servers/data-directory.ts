import { execFile } from "node:child_process";
import { cpSync, mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import path from "node:path";
import { fileURLToPath } from "node:url";
import { promisify } from "node:util";

/** A data directory with an organization, projects and a token, below a folder of its own that goes away with it. */
export interface DataDirectory {
  readonly path: string;
  /** The SQLite file. */
  readonly file: string;
  readonly organization: string;
  /** The slugs and ids of its projects, in the order asked for. */
  readonly projects: readonly { readonly slug: string; readonly id: number }[];
  /** An organization token, as CI uses it. */
  readonly token: string;
  /** A token of the organization's owner, who may read what was uploaded. */
  readonly ownerToken: string;
  /** Another directory with the same data; this one must not be in use. */
  copy(): DataDirectory;
  remove(): void;
}

const WEB = fileURLToPath(new URL("../../../apps/web/", import.meta.url));

/** The file below `apps/web` of this name. */
export const webFile = (name: string): string => path.join(WEB, name);

/** Somebody who owns the organization, and what they sign in with. */
export type Owner = { readonly email: string; readonly password: string };

type Provisioning = { readonly projects?: readonly string[]; readonly owner?: Owner };

/** Provisions a data directory as an operator would, from the command line. */
export async function provisionDirectory({ projects = ["web"], owner }: Provisioning = {}): Promise<DataDirectory> {
  const folder = newFolder();
  const flags = [
    ...projects.flatMap((slug) => ["--project", slug]),
    "--email",
    owner?.email ?? "owner@example.test",
    ...(owner ? ["--password-stdin"] : []),
  ];
  const running = promisify(execFile)(process.execPath, [webFile("admin.ts"), "init", "--org", "acme", ...flags, "--json"], {
    env: { ...process.env, LANDFALL_DATA_DIR: folder },
  });
  running.child.stdin?.end(owner?.password ?? "");
  const { stdout } = await running;
  const made: Provisioned = JSON.parse(stdout);
  return directory(folder, {
    organization: made.organization,
    projects: made.projects.map(({ slug, id }) => ({ slug, id: Number(id) })),
    token: made.ciToken,
    ownerToken: made.token,
  });
}

/** What `admin init --json` prints, as far as it is used. */
type Provisioned = {
  readonly organization: string;
  readonly projects: readonly { slug: string; id: string }[];
  readonly ciToken: string;
  readonly token: string;
};

type Contents = Pick<DataDirectory, "organization" | "projects" | "token" | "ownerToken">;

function directory(folder: string, contents: Contents): DataDirectory {
  return {
    ...contents,
    path: folder,
    file: path.join(folder, "landfall.db"),
    copy() {
      const other = newFolder();
      cpSync(folder, other, { recursive: true });
      return directory(other, contents);
    },
    remove() {
      folders.delete(folder);
      rmSync(folder, { recursive: true, force: true });
    },
  };
}

const folders = new Set<string>();
process.once("exit", () => {
  for (const folder of folders) rmSync(folder, { recursive: true, force: true });
});

function newFolder(): string {
  const folder = mkdtempSync(path.join(tmpdir(), "landfall-bench-"));
  folders.add(folder);
  return folder;
}
