import { ruledText } from "./text.ts";

const EMAIL_PATTERN = /^[^\s@]+@[^\s@]+$/;

/** An e-mail address. A host without a dot will do: small networks have such. */
export const emailAddress = () => ruledText({ max: 254, rule: (value) => (EMAIL_PATTERN.test(value) ? null : "Enter a valid email address.") });
