import * as z from "zod";

/** A boolean of a body. */
export const toggle = () => z.boolean("Must be a valid boolean.");
