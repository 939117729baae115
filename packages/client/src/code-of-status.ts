import type { LandfallErrorCode } from "./landfall-error.ts";

const BY_STATUS: Readonly<Record<number, LandfallErrorCode>> = {
  401: "unauthenticated",
  403: "forbidden",
  404: "network",
  408: "unavailable",
  413: "too_large",
  415: "unsupported_media_type",
  429: "rate_limited",
  502: "unavailable",
  503: "unavailable",
  504: "unavailable",
  507: "storage_full",
};

/** The code of an answer that is none of tRPC's, such as a proxy's: a 404 means that no Landfall server is there. */
export const codeOfStatus = (status: number): LandfallErrorCode => BY_STATUS[status] ?? (status < 400 ? "network" : "internal");
