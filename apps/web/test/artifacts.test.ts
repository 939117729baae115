import { createHash } from "node:crypto";
import { readdirSync, readFileSync } from "node:fs";
import { request } from "node:http";
import path from "node:path";
import { makeBundle } from "@landfall/testing/artifacts/make-bundle";
import { expect, test, vi } from "vitest";
import { provisioned } from "./provisioned.ts";
import { runningServer } from "./running-server.ts";
import { scratchDir } from "./scratch-dir.ts";
import { seededRandom } from "./seeded-random.ts";

type Bytes = Uint8Array<ArrayBuffer>;

const MIB = 1024 * 1024;
const ORGANIZATION = "/api/0/organizations/acme/";
const sha1 = (bytes: Bytes): string => createHash("sha1").update(bytes).digest("hex");

/** Returns a bundle of a few megabytes that hardly compresses, different for each seed. */
function largeBundle(seed: number): Bytes {
  const random = seededRandom(seed);
  const content = Array.from({ length: MIB }, () => Math.floor(random() * 2 ** 48).toString(36)).join("");
  return makeBundle({ files: { "app.js": { url: "~/app.js", content } } });
}

const chunksOf = (bytes: Bytes): Bytes[] =>
  Array.from({ length: Math.ceil(bytes.length / MIB) }, (_, at) => bytes.slice(at * MIB, (at + 1) * MIB));

async function upload(url: string, token: string, bytes: Bytes): Promise<void> {
  const form = new FormData();
  for (const chunk of chunksOf(bytes)) form.append("file", new File([chunk], sha1(chunk)));
  const response = await fetch(`${url}${ORGANIZATION}chunk-upload/`, {
    method: "POST",
    headers: { Authorization: `Bearer ${token}` },
    body: form,
  });
  expect([response.status, await response.text()]).toEqual([200, ""]);
}

async function assemble(url: string, token: string, bytes: Bytes): Promise<unknown> {
  const body = { checksum: sha1(bytes), chunks: chunksOf(bytes).map(sha1), projects: ["web"], version: "1.0" };
  const response = await fetch(`${url}${ORGANIZATION}artifactbundle/assemble/`, {
    method: "POST",
    headers: { Authorization: `Bearer ${token}`, "Content-Type": "application/json" },
    body: JSON.stringify(body),
  });
  return response.json();
}

test("the next server completes the assemblies of a killed one", { timeout: 120_000 }, async () => {
  using scratch = scratchDir();
  const dataDir = path.join(scratch.path, "data");
  const token = await provisioned(dataDir);
  const bundles = [1, 2, 3].map(largeBundle);
  for (const bytes of bundles) {
    await using server = await runningServer(dataDir);
    await upload(server.url, token, bytes);
    expect(await assemble(server.url, token, bytes)).toEqual({ state: "created", missingChunks: [] });
    await server.stop("SIGKILL");
  }
  await using server = await runningServer(dataDir);
  for (const bytes of bundles) {
    await vi.waitFor(
      async () => expect(await assemble(server.url, token, bytes)).toEqual({ state: "ok", detail: null, missingChunks: [] }),
      {
        timeout: 20_000,
        interval: 50,
      },
    );
  }
  const folder = path.join(dataDir, "blobs");
  for (const head of readdirSync(folder).filter((name) => /^[0-9a-f]{2}$/.test(name))) {
    for (const rest of readdirSync(path.join(folder, head))) {
      const found = createHash("sha256")
        .update(readFileSync(path.join(folder, head, rest)))
        .digest("hex");
      expect(`${head}${rest}`).toContain(found);
    }
  }
});

test("a client that disconnects during an upload leaves nothing behind", { timeout: 60_000 }, async () => {
  using scratch = scratchDir();
  const dataDir = path.join(scratch.path, "data");
  const token = await provisioned(dataDir);
  await using server = await runningServer(dataDir);
  const sent = request(`${server.url}${ORGANIZATION}chunk-upload/`, {
    method: "POST",
    headers: { Authorization: `Bearer ${token}`, "Content-Type": "multipart/form-data; boundary=x", "Content-Length": 3_000_000 },
  });
  sent.on("error", () => undefined);
  sent.write('--x\r\nContent-Disposition: form-data; name="file"; filename="a"\r\n\r\n');
  await new Promise((resolve) => {
    sent.write(new Uint8Array(2_000_000), resolve);
  });
  await vi.waitFor(() => expect(readdirSync(path.join(dataDir, "blobs", "staged"))).toHaveLength(1), 5000);
  sent.destroy();
  await vi.waitFor(
    () => expect(server.log().map(({ msg, path: at }) => [msg, at])).toContainEqual(["request", `${ORGANIZATION}chunk-upload/`]),
    5000,
  );
  await vi.waitFor(() => expect(readdirSync(path.join(dataDir, "blobs", "staged"))).toEqual([]), 5000);
  expect(server.log().filter(({ msg }) => msg === "bug")).toEqual([]);
  const bytes = makeBundle({ files: {} });
  await upload(server.url, token, bytes);
  expect(await server.stop()).toEqual({ code: 0, signal: null });
});
