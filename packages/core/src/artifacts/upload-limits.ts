/** What uploads are held to, as told to clients (contract 9.1). Sizes in bytes, before compression. */
export const UPLOAD_LIMITS = {
  chunkSize: 8 * 1024 * 1024,
  chunksPerRequest: 64,
  maxRequestSize: 32 * 1024 * 1024,
  maxFileSize: 2 * 1024 * 1024 * 1024,
  concurrency: 8,
} as const;
