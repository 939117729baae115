import { AppError } from "../app-error.ts";

/** 400 for a bundle the project does not have (contract 9.6). */
export const bundleNotFound = (bundleId: string): AppError =>
  new AppError("invalid", `The artifact bundle with ${bundleId} is not bound to this project or doesn't exist`, { reason: "error" });
