/** The texts every kind of field shares, as Django REST framework words them (contract §1.19). */
export const REQUIRED = "This field is required.";
export const NOT_NULL = "This field may not be null.";
export const NOT_BLANK = "This field may not be blank.";
export const NOT_A_STRING = "Not a valid string.";
export const NO_NULL_CHARACTERS = "Null characters are not allowed.";

/** The text for a string longer than `max` Unicode code points. */
export function tooManyCharacters(max: number): string {
  return `Ensure this field has no more than ${max} characters.`;
}

/** The text for a lone surrogate, naming its code unit as `U+D800`. */
export function surrogateNotAllowed(codeUnit: number): string {
  return `Surrogate characters are not allowed: U+${codeUnit.toString(16).toUpperCase()}.`;
}
