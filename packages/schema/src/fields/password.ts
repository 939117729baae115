import { ruledText } from "./text.ts";

const SHORTEST = 10;
const LONGEST = 128;

/** A password to set: 10 to 128 characters, exactly as typed. */
export const password = () =>
  ruledText({
    max: LONGEST,
    trim: false,
    rule: (value) => ([...value].length < SHORTEST ? `Ensure this field has at least ${SHORTEST} characters.` : null),
  });
