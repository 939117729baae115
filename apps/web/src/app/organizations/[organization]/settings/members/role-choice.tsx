import type { Role } from "@landfall/schema/scope";
import classes from "./role-choice.module.css";
import { ROLE_WORDS } from "./roles.ts";

type RoleChoiceProps = { readonly roles: readonly Role[]; readonly chosen: string; readonly error: string | undefined };

/** The roles to choose from, each with what it may do. */
export function RoleChoice({ roles, chosen, error }: RoleChoiceProps) {
  return (
    <fieldset className={classes["roles"]}>
      <legend>Role</legend>
      {roles.map((role) => (
        <label key={role}>
          <input type="radio" name="role" value={role} defaultChecked={role === chosen} required />
          <span>
            <strong>{role}</strong> {ROLE_WORDS[role]}
          </span>
        </label>
      ))}
      {error !== undefined && (
        <p className="wrong" role="alert">
          {error}
        </p>
      )}
    </fieldset>
  );
}
