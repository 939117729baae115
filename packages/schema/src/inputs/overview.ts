import { NoInput } from "./nothing.ts";

/** The home page asks for nothing in particular. */
export const GetOverviewInput = NoInput;
