import { createHash } from "node:crypto";
import { setTimeout as wait } from "node:timers/promises";
import * as z from "zod";

export type Bytes = Uint8Array<ArrayBuffer>;

/** The state of an assembly: contract 9.3. */
type State = { readonly state: string; readonly detail: string | null };

const State = z.object({ state: z.string(), detail: z.string().nullable().default(null) });

/** Uploads to the organization "acme" as clients do. */
export interface ArtifactClient {
  /** Sends a form to the chunk upload endpoint. */
  send(form: FormData): Promise<{ readonly status: number; readonly text: string }>;
  /** Uploads an archive in chunks, requests its assembly, and polls until the assembly has ended. */
  offer(archive: Bytes, as: "artifact bundle" | "release archive"): Promise<State>;
}

const CHUNK = 8 * 1024 * 1024;
const CHUNKS = 3;

export const sha1 = (bytes: Uint8Array): string => createHash("sha1").update(bytes).digest("hex");

/** A client of the server at `url`. Release archives are those of the release 1.0 of the project web, which must exist. */
export function artifactClient(url: string, token: string): ArtifactClient {
  const base = `${url}/api/0/organizations/acme/`;
  const headers = { Authorization: `Bearer ${token}` };

  async function send(form: FormData) {
    const response = await fetch(`${base}chunk-upload/`, { method: "POST", headers, body: form });
    return { status: response.status, text: await response.text() };
  }
  async function post(path: string, body: unknown): Promise<State> {
    const response = await fetch(base + path, {
      method: "POST",
      headers: { ...headers, "Content-Type": "application/json" },
      body: JSON.stringify(body),
    });
    if (response.status !== 200) throw new Error(`${path} responded with ${response.status}: ${await response.text()}`);
    return State.parse(await response.json());
  }
  return {
    send,
    async offer(archive, as) {
      const chunks = Array.from({ length: Math.ceil(archive.length / CHUNK) }, (_, at) => archive.subarray(at * CHUNK, (at + 1) * CHUNK));
      for (let start = 0; start < chunks.length; start += CHUNKS) {
        const form = new FormData();
        for (const chunk of chunks.slice(start, start + CHUNKS)) form.append("file", new File([chunk], sha1(chunk)));
        const { status, text } = await send(form);
        if (status !== 200) throw new Error(`the chunk upload responded with ${status}: ${text}`);
      }
      const request = { checksum: sha1(archive), chunks: chunks.map(sha1) };
      const [path, body] =
        as === "artifact bundle"
          ? ["artifactbundle/assemble/", { ...request, projects: ["web"], version: "1.0" }]
          : ["releases/1.0/assemble/", request];
      for (let polls = 0; polls < 2000; polls += 1) {
        const state = await post(path, body);
        if (state.state === "ok" || state.state === "error") return state;
        await wait(10);
      }
      throw new Error("an archive was not assembled in time");
    },
  };
}
