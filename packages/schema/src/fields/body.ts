import { addIssue } from "./field.ts";
import { objectField, OWN_ERRORS, readMembers } from "./object.ts";
import type { ObjectField, Shape } from "./object.ts";

/**
 * A whole request body (contract §1.7): as `object()`, but a missing body counts as `{}` and null answers
 * "No data provided" under `non_field_errors`.
 */
export function body<Members extends Shape>(shape: Members): ObjectField<Members> {
  return objectField(shape, {
    readsEmpty: true,
    read: (payload, context) => {
      if (payload.value === null) {
        addIssue(payload, "No data provided", [OWN_ERRORS]);
        return undefined;
      }
      payload.value ??= {};
      return readMembers(payload, shape, context);
    },
  });
}
