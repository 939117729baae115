import type { AssemblyView } from "@landfall/schema/artifacts/uploads";
import { type ClientOptions, createConnection } from "../connection.ts";
import { abortedError, LandfallError } from "../landfall-error.ts";
import type { RetryPolicy } from "../retry.ts";
import { type ByteSource, type Chunk, cutChunks, type CutFile, readChunkOptions, type SendChunks, sendChunks } from "./chunks.ts";
import { createRestCaller, type RestCall } from "./rest-caller.ts";

/** How far an upload has come, in bytes of the bundle. `done` only grows within a step. */
export type UploadProgress = { readonly step: "reading" | "sending"; readonly done: number; readonly total: number };

export type UploadBundle = {
  readonly organization: string;
  /** Slugs or ids; at least one. */
  readonly projects: readonly string[];
  /** The release its files belong to, which need not exist. Without one they are found by debug id alone. */
  readonly version?: string | null;
  /** Only together with a version. */
  readonly dist?: string | null;
  /** An artifact bundle: a file that was opened, or bytes in memory. */
  readonly bundle: ByteSource;
  /** Whether to stay until the server has put the bundle together and read it; true by default. */
  readonly waits?: boolean;
  /** How long to stay at most, in milliseconds; five minutes by default. */
  readonly maxWaitMs?: number;
  readonly signal?: AbortSignal;
  readonly onProgress?: (progress: UploadProgress) => void;
};

export type UploadedBundle = {
  /** `ok` once its files are found; the others when it was not waited for. */
  readonly state: "ok" | "created" | "assembling";
  /** The sha1 of the bundle. */
  readonly checksum: string;
  /** Of the whole bundle, in bytes. */
  readonly size: number;
  /** How many of its bytes had to be sent; 0 when the server had all of them. */
  readonly sentBytes: number;
};

const NEVER = new AbortController().signal;
const FIVE_MINUTES = 300_000;

/** The server may lose chunks to its sweep between two requests, or two uploads may cross; more than this is something else. */
const ROUNDS = 3;

/**
 * Uploads an artifact bundle in chunks and has the server put it together (contract 9). The bundle is read block by block; only what the
 * server lacks is sent, so that an upload that was cut off goes on where it ended, and the same bundle is not sent twice. Requests are
 * repeated when the server was busy or not there. Throws a LandfallError: `invalid` with the server's reason when it cannot read the bundle,
 * `too_large` before anything is sent, `unavailable` when it did not end within `maxWaitMs`, `aborted`.
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

  let standing = await assemble();
  let sentBytes = 0;
  for (let round = 0; standing.state === "not_found" && round < ROUNDS; round += 1) {
    sentBytes += await sendMissing(bundle, missingOf(file, standing), sending, onProgress);
    standing = await assemble();
  }
  if (waits) standing = await pollUntilDone(standing, assemble, { wait: connection.retry.wait, maxWaitMs, signal });
  return { state: stateOf(standing), checksum: file.checksum, size: bundle.size, sentBytes };
}

function missingOf({ chunks }: CutFile, { missingChunks }: AssemblyView): Chunk[] {
  const missing = new Set(missingChunks);
  // A file may hold the same bytes twice.
  return chunks.filter(({ sha1 }) => missing.delete(sha1));
}

/** Sends these chunks and answers how many bytes they were. */
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

const FIRST_PAUSE = 100;
const LONGEST_PAUSE = 2_000;

type PollOptions = { readonly wait: RetryPolicy["wait"]; readonly maxWaitMs: number; readonly signal: AbortSignal };

/** Asks again, ever more seldom, until the bundle was put together or was not. */
async function pollUntilDone(standing: AssemblyView, assemble: Assemble, { wait, maxWaitMs, signal }: PollOptions): Promise<AssemblyView> {
  let now = standing;
  let pause = FIRST_PAUSE;
  for (let waited = 0; now.state === "created" || now.state === "assembling"; waited += pause) {
    if (waited >= maxWaitMs) throw assemblyPending(maxWaitMs);
    pause = Math.min(LONGEST_PAUSE, pause * 1.5, maxWaitMs - waited);
    await wait(pause, signal);
    if (signal.aborted) throw abortedError(signal.reason);
    now = await assemble();
  }
  return now;
}

type Assemble = () => Promise<AssemblyView>;

function createAssembleCall(
  call: RestCall,
  path: string,
  { projects, version, dist, signal }: UploadBundle,
  { checksum, chunks }: CutFile,
): Assemble {
  const body = {
    checksum,
    chunks: chunks.map(({ sha1 }) => sha1),
    projects,
    ...(version ? { version } : {}),
    ...(dist ? { dist } : {}),
  };
  return async () => readAssembly(await call({ method: "POST", path, body, signal }));
}

function stateOf({ state, detail, missingChunks }: AssemblyView): UploadedBundle["state"] {
  if (state === "ok" || state === "created" || state === "assembling") return state;
  if (state === "error") {
    throw new LandfallError(detail ?? "The server could not put the bundle together.", { code: "invalid", reason: "assembly_failed" });
  }
  throw new LandfallError(`The server lacks ${missingChunks.length} of the chunks although they were sent. Upload the bundle again.`, {
    code: "unavailable",
    reason: "chunks_lost",
  });
}

const tooLarge = (size: number, most: number): LandfallError =>
  new LandfallError(`The bundle has ${size} bytes, and the server takes ${most}. Upload the files in parts.`, { code: "too_large" });

const assemblyPending = (ms: number): LandfallError =>
  new LandfallError(`The server was still at the bundle after ${Math.round(ms / 1000)} s; everything was sent, and it goes on by itself.`, {
    code: "unavailable",
    reason: "assembly_pending",
  });

const STATES: readonly AssemblyView["state"][] = ["not_found", "created", "assembling", "ok", "error"];

/** How an assembly stands, from the server's answer (contract 9.3). Throws `internal` for an answer that does not tell. */
function readAssembly(answer: unknown): AssemblyView {
  const told: Readonly<Record<string, unknown>> = typeof answer === "object" && answer !== null ? { ...answer } : {};
  const state = STATES.find((one) => one === told["state"]);
  if (state === undefined) {
    throw new LandfallError(`The server's answer about the bundle cannot be read: ${JSON.stringify(answer)?.slice(0, 200)}`, {
      code: "internal",
    });
  }
  const missing = Array.isArray(told["missingChunks"]) ? told["missingChunks"] : [];
  const detail = typeof told["detail"] === "string" ? told["detail"] : null;
  return { state, missingChunks: missing.filter((sha1) => typeof sha1 === "string"), detail };
}
