import { AppError } from "../app-error.ts";

/** 409 for a second file of a name and dist (contract 8.1). */
export const fileConflict = (): AppError => new AppError("conflict", "A file matching this name already exists for the given release");
