import type { AssemblyView } from "@landfall/schema/views/assembly";
import { LandfallError } from "../landfall-error.ts";

const STATES: readonly AssemblyView["state"][] = ["not_found", "created", "assembling", "ok", "error"];

/** How an assembly stands, from the server's answer (contract 9.3). Throws `internal` for an answer that does not tell. */
export function readAssembly(answer: unknown): AssemblyView {
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
