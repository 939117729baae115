import { ruledText } from "./text.ts";

const MIN_PASSWORD = 10;
const MAX_PASSWORD = 128;

/** A password to set: 10 to 128 characters, exactly as typed. */
export const password = () =>
  ruledText({
    max: MAX_PASSWORD,
    trim: false,
    rule: (value) => ([...value].length < MIN_PASSWORD ? `Ensure this field has at least ${MIN_PASSWORD} characters.` : null),
  });
