import type { Role } from "@landfall/schema/scope";
import classes from "./role-choice.module.css";
import { ROLE_DESCRIPTIONS } from "./roles.ts";

type RoleSelectProps = { readonly roles: readonly Role[]; readonly chosen: string; readonly error: string | undefined };

/** The roles to choose from, each with what it may do. */
export function RoleSelect({ roles, chosen, error }: RoleSelectProps) {
  return (
    <fieldset className={classes["roles"]}>
      <legend>Role</legend>
      {roles.map((role) => (
        <label key={role}>
          <input type="radio" name="role" value={role} defaultChecked={role === chosen} required />
          <span>
            <strong>{role}</strong> {ROLE_DESCRIPTIONS[role]}
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
