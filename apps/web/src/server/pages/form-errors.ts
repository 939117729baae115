import { toAppError } from "@landfall/core/kernel/app-error";

/** What somebody who filled in a form has to mend: by field, or of the whole. */
export type FormErrors = {
  readonly kind: "refused";
  readonly message: string | null;
  readonly fields: Readonly<Record<string, string>>;
};

/** What may be told of a failure to whoever filled in the form. Throws what is a bug. */
export function formErrors(error: unknown): FormErrors {
  const failure = toAppError(error);
  if (failure === null) throw error;
  const fields = Object.fromEntries(failure.issues.map(({ path, message }) => [String(path[0]), message]));
  return { kind: "refused", message: failure.issues.length === 0 ? failure.message : null, fields };
}
