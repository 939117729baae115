import { execFile } from "node:child_process";
import { cpSync, mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import path from "node:path";
import { fileURLToPath } from "node:url";
import { promisify } from "node:util";

/** A data directory in a temporary folder, with an organization, projects, and tokens. */
export interface DataDirectory {
  readonly path: string;
  /** The SQLite file. */
  readonly file: string;
  readonly organization: string;
  /** The slugs and ids of its projects, in the given order. */
  readonly projects: readonly { readonly slug: string; readonly id: number }[];
  /** An organization token, as used in CI. */
  readonly token: string;
  /** A token of the owner, which can read uploads. */
  readonly ownerToken: string;
  /** Copies the data to a new directory; this one must not be in use. */
  copy(): DataDirectory;
  remove(): void;
}

const WEB = fileURLToPath(new URL("../../../apps/web/", import.meta.url));

/** The path of a file in `apps/web`. */
export const webFile = (name: string): string => path.join(WEB, name);

/** The owner of the organization with the password. */
export type Owner = { readonly email: string; readonly password: string };

type Provisioning = { readonly projects?: readonly string[]; readonly owner?: Owner };

/** Provisions a data directory with the admin command. */
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
  const provisioned: Provisioned = JSON.parse(stdout);
  return directory(folder, {
    organization: provisioned.organization,
    projects: provisioned.projects.map(({ slug, id }) => ({ slug, id: Number(id) })),
    token: provisioned.ciToken,
    ownerToken: provisioned.token,
  });
}

/** The used fields of the output of `admin init --json`. */
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
