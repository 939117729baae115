import { createHash } from "node:crypto";
import { gunzipSync } from "node:zlib";
import { describe, expect, it } from "vitest";
import { UPLOAD_TYPE, uploadRequests } from "./upload-request.ts";

const sha1 = (bytes: Uint8Array): string => createHash("sha1").update(bytes).digest("hex");

async function filesOf(body: readonly Buffer[]): Promise<{ name: string; filename: string; bytes: Buffer }[]> {
  const form = await new Response(new Uint8Array(Buffer.concat(body)), { headers: { "content-type": UPLOAD_TYPE } }).formData();
  return Promise.all(
    [...form].map(async ([name, file]) => {
      if (typeof file === "string") throw new Error("a chunk is a file");
      return { name, filename: file.name, bytes: Buffer.from(await file.arrayBuffer()) };
    }),
  );
}

describe("uploadRequests", () => {
  it.each([
    { isPacked: false, name: "file" },
    { isPacked: true, name: "file_gzip" },
  ])("are forms of chunks named by their sums, no two alike ($name)", async ({ isPacked, name }) => {
    const requests = uploadRequests({ chunks: 3, chunkBytes: 50_000, isPacked });
    const files = [...(await filesOf(requests.body(0))), ...(await filesOf(requests.body(1)))];
    expect(files.map((file) => file.name)).toEqual(Array.from({ length: 6 }, () => name));
    const chunks = files.map(({ bytes }) => (isPacked ? gunzipSync(bytes) : bytes));
    expect(chunks.map(({ length }) => length)).toEqual(Array.from({ length: 6 }, () => 50_000));
    expect(files.map(({ filename }) => filename)).toEqual(chunks.map(sha1));
    expect(new Set(chunks.map(sha1)).size).toBe(6);
  });

  it.each([false, true])("have the positions of the chunks (packed: %s)", (isPacked) => {
    const { head, sent, length, body } = uploadRequests({ chunks: 2, chunkBytes: 1000, isPacked });
    const bytes = Buffer.concat(body(9));
    expect(bytes.length).toBe(length);
    for (const start of [head, head + sent + 2 + head]) {
      const chunk = bytes.subarray(start, start + sent);
      expect(bytes.subarray(0, start).toString("latin1")).toContain(`filename="${sha1(isPacked ? gunzipSync(chunk) : chunk)}"`);
    }
  });

  it("compress about as well as scripts", () => {
    const [plain, packed] = [false, true].map((isPacked) => uploadRequests({ chunks: 1, chunkBytes: 1_000_000, isPacked }).sent);
    expect((plain ?? 0) / (packed ?? 1)).toBeGreaterThan(3);
    expect((plain ?? 0) / (packed ?? 1)).toBeLessThan(7);
  });
});
