/** The error for an object that does not exist, or that the caller may not know about (contract 1.20). */
export const NOT_FOUND = { detail: "The requested resource does not exist" };

/** The error for a missing permission (contract 1.20). */
export const DENIED = { detail: "You do not have permission to perform this action." };

export const REQUIRED = ["This field is required."];
export const BLANK = ["This field may not be blank."];
export const NULL = ["This field may not be null."];
export const NO_TEXT = ["Not a valid string."];
export const NO_URL = ["Enter a valid URL."];
export const NO_DATE = ["Datetime has wrong format. Use one of these formats instead: YYYY-MM-DDThh:mm[:ss[.uuuuuu]][+HH:MM|-HH:MM|Z]."];

export const most = (characters: number): string[] => [`Ensure this field has no more than ${characters} characters.`];
export const noList = (pythonType: string): string[] => [`Expected a list of items but got type "${pythonType}".`];
