import { invalidField } from "../app-error.ts";
import { COMMON_PASSWORDS } from "./common-passwords.ts";

/** Words of an address shorter than this say nothing of a password that contains them. */
const MIN_DISTINCT_LENGTH = 5;

/**
 * Throws `invalid` at `field` for a password that is guessed first: one of the most common, one character or a short piece repeated, or
 * little more than the person's own address.
 */
export function assertStrongPassword(field: string, password: string, email: string): void {
  const text = password.normalize("NFKC").toLowerCase();
  if (COMMON_PASSWORDS.has(text)) throw invalidField(field, "This is one of the most common passwords. Choose another one.");
  if (REPEATED.test(text)) throw invalidField(field, "This password only repeats a few characters. Choose another one.");
  const own = [email, ...email.split(/[@.+_-]/)].map((part) => part.toLowerCase()).filter((part) => part.length >= MIN_DISTINCT_LENGTH);
  if (own.some((part) => text.replaceAll(part, "").length < MIN_DISTINCT_LENGTH))
    throw invalidField(field, "This password is too much like the e-mail address. Choose another one.");
}

/** One to four characters, again and again. */
const REPEATED = /^(.{1,4}?)\1+$/su;
