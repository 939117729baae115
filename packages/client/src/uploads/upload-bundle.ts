import type { AssemblyView } from "@landfall/schema/artifacts/uploads";
import { type ClientOptions, createConnection } from "../connection.ts";
import { abortedError, LandfallError } from "../landfall-error.ts";
import type { RetryPolicy } from "../retry.ts";
import { type ByteSource, type Chunk, cutChunks, type ChunkedFile, readChunkOptions, type SendChunks, sendChunks } from "./chunks.ts";
import { createRestCaller, type RestCall } from "./rest-caller.ts";

/** The progress of an upload, in bytes of the bundle. `done` never decreases within a step. */
export type UploadProgress = { readonly step: "reading" | "sending"; readonly done: number; readonly total: number };

export type UploadBundle = {
  readonly organization: string;
  /** Slugs or ids; at least one. */
  readonly projects: readonly string[];
  /** The release of the files, which need not exist. Without one, they are found only by debug id. */
  readonly version?: string | null;
  /** Only together with a version. */
  readonly dist?: string | null;
  /** An artifact bundle: an open file, or bytes in memory. */
  readonly bundle: ByteSource;
  /** Whether to wait until the server has assembled and processed the bundle; true by default. */
  readonly waits?: boolean;
  /** The longest wait, in milliseconds; five minutes by default. */
  readonly maxWaitMs?: number;
  readonly signal?: AbortSignal | undefined;
  readonly onProgress?: (progress: UploadProgress) => void;
};

export type UploadedBundle = {
  /** `ok` once its files can be found; the others only if `waits` is false. */
  readonly state: "ok" | "created" | "assembling";
  /** The SHA-1 of the bundle. */
  readonly checksum: string;
  /** The size of the bundle, in bytes. */
  readonly size: number;
  /** How many bytes were sent; 0 if the server had all of them. */
  readonly sentBytes: number;
};

const NEVER = new AbortController().signal;
const FIVE_MINUTES = 300_000;

/** Chunks can be swept between two requests, or two uploads can overlap. More rounds than this mean another problem. */
const ROUNDS = 3;

/**
 * Uploads an artifact bundle in chunks and lets the server assemble it (contract 9). The bundle is read block by block. Only missing chunks
 * are sent, so an interrupted upload continues and the same bundle is not sent twice. Requests are retried if the server is unreachable or
 * overloaded.
 * @throws LandfallError `invalid` if the server cannot read the bundle; `too_large` before anything is sent; `unavailable` if the server is
 * not done within `maxWaitMs`; `aborted`.
 */
export async function uploadBundle(server: ClientOptions, upload: UploadBundle): Promise<UploadedBundle> {
  const connection = createConnection(server);
  const { bundle, waits = true, maxWaitMs = FIVE_MINUTES, signal = NEVER, onProgress = () => {} } = upload;
  const call = createRestCaller(connection);
  const path = `/organizations/${encodeURIComponent(upload.organization)}`;
  const options = readChunkOptions(await call({ method: "GET", path: `${path}/chunk-upload/`, signal }));
  if (bundle.size > options.maxFileSize) throw tooLarge(bundle.size, options.maxFileSize);
  const onRead = (done: number): void => onProgress({ step: "reading", done, total: bundle.size });
  const file = await cutChunks(bundle, options.chunkSize, { signal, onRead });
  const assemble = createAssembleCall(call, `${path}/artifactbundle/assemble/`, { ...upload, signal }, file);
  const sending = { call, path: `${path}/chunk-upload/`, options, signal };

  let assembly = await assemble();
  let sentBytes = 0;
  for (let round = 0; assembly.state === "not_found" && round < ROUNDS; round += 1) {
    sentBytes += await sendMissing(bundle, missingOf(file, assembly), sending, onProgress);
    assembly = await assemble();
  }
  if (waits) assembly = await pollUntilDone(assembly, assemble, { wait: connection.retry.wait, maxWaitMs, signal });
  return { state: stateOf(assembly), checksum: file.checksum, size: bundle.size, sentBytes };
}

function missingOf({ chunks }: ChunkedFile, { missingChunks }: AssemblyView): Chunk[] {
  const missing = new Set(missingChunks);
  // A file may contain the same chunk twice.
  return chunks.filter(({ sha1 }) => missing.delete(sha1));
}

/** Sends the chunks. Returns their size in bytes. */
async function sendMissing(
  bundle: ByteSource,
  chunks: readonly Chunk[],
  sending: Omit<SendChunks, "onSent">,
  onProgress: (progress: UploadProgress) => void,
): Promise<number> {
  const total = chunks.reduce((sum, { size }) => sum + size, 0);
  let done = 0;
  onProgress({ step: "sending", done, total });
  const onSent = (bytes: number): void => onProgress({ step: "sending", done: (done += bytes), total });
  await sendChunks(bundle, chunks, { ...sending, onSent });
  return total;
}

const FIRST_PAUSE_MS = 100;
const MAX_PAUSE_MS = 2_000;

type PollOptions = { readonly wait: RetryPolicy["wait"]; readonly maxWaitMs: number; readonly signal: AbortSignal };

/** Polls with increasing pauses until the assembly has succeeded or failed. */
async function pollUntilDone(assembly: AssemblyView, assemble: Assemble, { wait, maxWaitMs, signal }: PollOptions): Promise<AssemblyView> {
  let current = assembly;
  let pause = FIRST_PAUSE_MS;
  for (let waited = 0; current.state === "created" || current.state === "assembling"; waited += pause) {
    if (waited >= maxWaitMs) throw assemblyPending(maxWaitMs);
    pause = Math.min(MAX_PAUSE_MS, pause * 1.5, maxWaitMs - waited);
    await wait(pause, signal);
    if (signal.aborted) throw abortedError(signal.reason);
    current = await assemble();
  }
  return current;
}

type Assemble = () => Promise<AssemblyView>;

function createAssembleCall(
  call: RestCall,
  path: string,
  { projects, version, dist, signal }: UploadBundle,
  { checksum, chunks }: ChunkedFile,
): Assemble {
  const body = {
    checksum,
    chunks: chunks.map(({ sha1 }) => sha1),
    projects,
    version: version || undefined,
    dist: dist || undefined,
  };
  return async () => readAssembly(await call({ method: "POST", path, body, signal }));
}

function stateOf({ state, detail, missingChunks }: AssemblyView): UploadedBundle["state"] {
  if (state === "ok" || state === "created" || state === "assembling") return state;
  if (state === "error") {
    throw new LandfallError(detail ?? "The server could not assemble the bundle.", { code: "invalid", reason: "assembly_failed" });
  }
  throw new LandfallError(`The server lost ${missingChunks.length} uploaded chunks. Upload the bundle again.`, {
    code: "unavailable",
    reason: "chunks_lost",
  });
}

const tooLarge = (size: number, limit: number): LandfallError =>
  new LandfallError(`The bundle has ${size} bytes; the limit of the server is ${limit}. Upload the files in several bundles.`, {
    code: "too_large",
  });

const assemblyPending = (ms: number): LandfallError =>
  new LandfallError(
    `The server is still processing the bundle after ${Math.round(ms / 1000)} s. All data was sent, and processing continues.`,
    {
      code: "unavailable",
      reason: "assembly_pending",
    },
  );

const STATES: readonly AssemblyView["state"][] = ["not_found", "created", "assembling", "ok", "error"];

/** Reads the state of an assembly (contract 9.3). @throws LandfallError `internal` if the response is not valid. */
function readAssembly(body: unknown): AssemblyView {
  const fields: Readonly<Record<string, unknown>> = typeof body === "object" && body !== null ? { ...body } : {};
  const state = STATES.find((name) => name === fields["state"]);
  if (state === undefined) {
    throw new LandfallError(`Invalid response about the bundle: ${JSON.stringify(body)?.slice(0, 200)}`, {
      code: "internal",
    });
  }
  const missing = Array.isArray(fields["missingChunks"]) ? fields["missingChunks"] : [];
  const detail = typeof fields["detail"] === "string" ? fields["detail"] : null;
  return { state, missingChunks: missing.filter((sha1) => typeof sha1 === "string"), detail };
}
