import * as z from "zod";

/** The input of an operation that takes none: whatever is sent is not looked at. */
export const NoInput = z.unknown();
