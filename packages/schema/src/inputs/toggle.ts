import * as z from "zod";

/** A boolean of a body. */
export const bool = () => z.boolean("Must be a valid boolean.");
