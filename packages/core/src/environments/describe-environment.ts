import type { EnvironmentRow } from "@landfall/db/rows";
import type { EnvironmentView } from "@landfall/schema/views/organization";

/** An environment as the wire shows it. */
export const describeEnvironment = ({ id, name }: EnvironmentRow, isHidden: boolean): EnvironmentView => ({
  id: String(id),
  name,
  isHidden,
});
