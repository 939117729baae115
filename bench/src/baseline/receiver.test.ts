import { createHash } from "node:crypto";
import { once } from "node:events";
import { mkdtempSync, readdirSync, readFileSync, rmSync } from "node:fs";
import { createServer } from "node:http";
import { tmpdir } from "node:os";
import path from "node:path";
import { expect, it } from "vitest";
import { uploadRequests } from "../load/upload-request.ts";
import { receiver } from "./receiver.ts";

const sum = (kind: string, bytes: Uint8Array): string => createHash(kind).update(bytes).digest("hex");

it.each([false, true])("stores each chunk of a request in a separate file, named by its checksums (packed: %s)", async (isPacked) => {
  const folder = mkdtempSync(path.join(tmpdir(), "landfall-bench-test-"));
  const server = createServer(receiver(folder)).listen(0, "127.0.0.1");
  try {
    await once(server, "listening");
    const address = server.address();
    const port = typeof address === "object" ? address?.port : 0;
    const shape = { chunks: 3, chunkBytes: 200_000, isPacked };
    const { head, sent, body } = uploadRequests(shape);
    const target = `http://127.0.0.1:${port}/?chunks=3&head=${head}&sent=${sent}${isPacked ? "&packed=1" : ""}`;
    const response = await fetch(target, { method: "POST", body: new Uint8Array(Buffer.concat(body(5))) });
    expect(response.status).toBe(200);
    const kept = readdirSync(folder, { recursive: true, withFileTypes: true }).filter((entry) => entry.isFile());
    expect(kept).toHaveLength(3);
    for (const { parentPath, name } of kept) {
      const bytes = readFileSync(path.join(parentPath, name));
      expect([bytes.length, name]).toEqual([200_000, `${sum("sha256", bytes)}-${sum("sha1", bytes)}`]);
    }
  } finally {
    server.close();
    server.closeAllConnections();
    rmSync(folder, { recursive: true });
  }
});
