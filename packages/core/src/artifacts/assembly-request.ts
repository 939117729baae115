import { type Assembly, readAssembly } from "@landfall/schema/inputs/assemble";
import * as z from "zod";
import { AppError } from "../app-error.ts";

/** A request the wire answers with `{"error": …}` (contract 1.19). */
export const invalidRequest = (message: string): AppError => new AppError("invalid", message, { reason: "error" });

const assemblyInput = (isBundle: boolean): z.ZodType<Assembly> =>
  z.unknown().transform((body) => {
    const read = readAssembly(body, { isBundle });
    if (!read.ok) throw invalidRequest(read.problem);
    return read.value;
  });

/** The input of a release bundle's assembly. Anything may be given; what is wrong is thrown in the wire's words. */
export const AssembleReleaseInput = assemblyInput(false);

/** The input of an artifact bundle's assembly. */
export const AssembleBundleInput = assemblyInput(true);
