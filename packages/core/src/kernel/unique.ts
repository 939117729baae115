import { isUniqueViolation } from "@landfall/db/store-error";
import type { AppError } from "./app-error.ts";

/** Awaits a write. Throws `refusal()` if a value, such as a slug, is already in use by another row. */
export async function unlessTaken<T>(write: PromiseLike<T>, refusal: () => AppError): Promise<T> {
  try {
    return await write;
  } catch (error) {
    throw isUniqueViolation(error) ? refusal() : error;
  }
}
