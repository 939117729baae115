import { createHash } from "node:crypto";
import { type BundleParts, makeBundle } from "@landfall/testing/artifacts/make-bundle";
import { expect, vi } from "vitest";
import type { BrowserWorld } from "./browser-world.ts";

type Bundle = {
  /** "acme" by default. */
  readonly organization?: string;
  readonly projects: readonly string[];
  readonly version?: string;
  readonly dist?: string;
  readonly parts: BundleParts;
};

const CHUNK = 8 * 1024 * 1024;

/** Uploads an artifact bundle and waits until it is assembled. Returns its bytes. */
export async function uploadBundle(world: BrowserWorld, { organization = "acme", parts, ...released }: Bundle): Promise<Buffer> {
  const bytes = makeBundle(parts);
  const chunks = Array.from({ length: Math.ceil(bytes.length / CHUNK) }, (_, at) => bytes.slice(at * CHUNK, (at + 1) * CHUNK));
  const form = new FormData();
  for (const chunk of chunks) form.append("file", new File([chunk], sha1(chunk)));
  await send(world, `/organizations/${organization}/chunk-upload/`, form);
  const assemble = () =>
    world.rest("POST", `/organizations/${organization}/artifactbundle/assemble/`, {
      checksum: sha1(bytes),
      chunks: chunks.map(sha1),
      ...released,
    });
  await vi.waitFor(async () => expect(await assemble()).toMatchObject({ state: "ok" }), { timeout: 20_000 });
  return Buffer.from(bytes);
}

/** Uploads a release file. */
export async function uploadOwnFile(world: BrowserWorld, version: string, name: string, content: string): Promise<void> {
  const form = new FormData();
  form.append("name", name);
  form.append("file", new File([content], "file"));
  await send(world, `/organizations/acme/releases/${encodeURIComponent(version)}/files/`, form);
}

async function send(world: BrowserWorld, target: string, form: FormData): Promise<void> {
  const headers = { Authorization: `Bearer ${world.token}` };
  const response = await fetch(`${world.server.url}/api/0${target}`, { method: "POST", headers, body: form });
  if (!response.ok) throw new Error(`${target} responded with ${response.status}: ${await response.text()}`);
}

const sha1 = (bytes: Uint8Array): string => createHash("sha1").update(bytes).digest("hex");

const SOURCE = `export function addToCart(item: Item) {
  throw new Error(\`\${item.name} is sold out\`);
}

addToCart(last);
`;

/** Minified code whose column 14 is from line 2 of its source, in `addToCart`. */
export const SCRIPT = 'function t(e){throw new Error(e.name+" is sold out")}t(last);\n//# sourceMappingURL=app.js.map\n';

export const SOURCE_MAP = JSON.stringify({
  version: 3,
  file: "app.js",
  sources: ["../src/cart.ts"],
  sourcesContent: [SOURCE],
  names: ["addToCart"],
  mappings: "AAAAA,aACEA",
});
