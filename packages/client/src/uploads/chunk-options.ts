import type { ChunkOptionsView } from "@landfall/schema/views/chunk-options";
import { LandfallError } from "../landfall-error.ts";

export type ChunkOptions = Pick<
  ChunkOptionsView,
  "chunkSize" | "chunksPerRequest" | "maxRequestSize" | "maxFileSize" | "concurrency" | "compression"
>;

const SIZES = ["chunkSize", "chunksPerRequest", "maxRequestSize", "maxFileSize", "concurrency"] as const;

/**
 * What a server says of how it takes uploads (contract 9.1). Its address for them is left alone: it is the one this client calls anyhow, and
 * a token never goes where only an answer says. Throws `internal` for what cannot be followed, such as chunks of no bytes.
 */
export function readChunkOptions(answer: unknown): ChunkOptions {
  const told = asOptions(answer);
  const odd = SIZES.find((name) => !Number.isSafeInteger(told[name]) || Number(told[name]) < 1);
  if (odd !== undefined || told.hashAlgorithm !== "sha1") {
    throw new LandfallError(
      `The server's upload options cannot be followed: ${odd ?? "hashAlgorithm"} is ${String(told[odd ?? "hashAlgorithm"])}.`,
      {
        code: "internal",
      },
    );
  }
  return { ...sizesOf(told), compression: Array.isArray(told.compression) ? told.compression : [] };
}

/** Anything may be answered; every field is looked at before it is used. */
const asOptions = (answer: unknown): Partial<ChunkOptionsView> => (typeof answer === "object" && answer !== null ? answer : {});

const sizesOf = (told: Partial<ChunkOptionsView>): Omit<ChunkOptions, "compression"> => ({
  chunkSize: Number(told.chunkSize),
  chunksPerRequest: Number(told.chunksPerRequest),
  maxRequestSize: Number(told.maxRequestSize),
  maxFileSize: Number(told.maxFileSize),
  concurrency: Number(told.concurrency),
});
