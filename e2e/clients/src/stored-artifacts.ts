import { z } from "zod";
import { WireDate } from "./rest-api.ts";
import type { RunningServer } from "./start-server.ts";

/** An artifact bundle in the list of a project (releases.md 9.5). */
const WireBundle = z.object({
  bundleId: z.string(),
  associations: z.array(z.object({ release: z.string().nullable(), dist: z.string().nullable() })),
  fileCount: z.number().int(),
  dateModified: WireDate.nullable(),
  date: WireDate,
});

/** A file of a bundle (releases.md 9.6). */
export const WireBundleFile = z.object({
  id: z.string(),
  fileType: z.number().int(),
  filePath: z.string(),
  fileSize: z.number().int(),
  debugId: z.string().nullable(),
  sourcemap: z.string().nullable(),
});

/** A result of the lookup for a stack frame. */
const WireFound = z.object({ id: z.string(), type: z.enum(["bundle", "file"]), url: z.string(), resolved_with: z.string() });

type WireBundle = z.output<typeof WireBundle>;
export type WireBundleFile = z.output<typeof WireBundleFile>;
type WireFound = z.output<typeof WireFound>;

/** Reads the uploads of a project over the REST API. */
export interface StoredArtifacts {
  /** The bundles, newest first; `query` is a release, a dist, or a bundle id. */
  bundles(query?: string): Promise<readonly WireBundle[]>;
  /** The files of the newest bundle with that id, by URL. */
  files(bundleId: string): Promise<readonly WireBundleFile[]>;
  /** The content of one of these files. */
  read(bundleId: string, file: WireBundleFile): Promise<Buffer>;
  /** Looks up files by debug id, or by URL, release, and dist. */
  lookUp(lookup: Readonly<Record<string, string>>): Promise<readonly WireFound[]>;
  /** Downloads a result from its URL. */
  fetchFound(found: WireFound): Promise<Buffer>;
}

/** Creates a reader of the artifacts of a project. All methods throw for a status other than 200. */
export function storedArtifacts({ url, token }: Pick<RunningServer, "url" | "token">, slug: "web" | "api" = "web"): StoredArtifacts {
  const project = `${url}/api/0/projects/acme/${slug}`;
  async function fetchBytes(target: string): Promise<Buffer> {
    const response = await fetch(target, { headers: { authorization: `Bearer ${token}` } });
    const bytes = Buffer.from(await response.arrayBuffer());
    if (response.status !== 200) throw new Error(`GET ${target} returned ${response.status}: ${bytes.toString("utf8").slice(0, 500)}`);
    return bytes;
  }
  const read = async <T extends z.ZodType>(path: string, shape: T): Promise<z.output<T>> =>
    shape.parse(JSON.parse((await fetchBytes(`${project}${path}`)).toString("utf8")));
  return {
    bundles: (query = "") =>
      read(`/files/artifact-bundles/?${new URLSearchParams({ query, per_page: "100" }).toString()}`, z.array(WireBundle)),
    files: async (bundleId) => (await read(`/artifact-bundles/${bundleId}/files/`, z.object({ files: z.array(WireBundleFile) }))).files,
    read: (bundleId, { id }) => fetchBytes(`${project}/artifact-bundles/${bundleId}/files/${encodeURIComponent(id)}/`),
    lookUp: (lookup) => read(`/artifact-lookup/?${new URLSearchParams(lookup).toString()}`, z.array(WireFound)),
    fetchFound: (found) => fetchBytes(found.url),
  };
}
