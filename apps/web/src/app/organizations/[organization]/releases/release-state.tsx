import type { ReleaseLineView } from "@landfall/schema/views/release-line";
import { Chip } from "../../../../ui/chip.tsx";

/** Whether a release is out of the ordinary: archived, or not released yet. */
export function ReleaseState({ line: { status, dateReleased } }: { readonly line: ReleaseLineView }) {
  if (status === "archived") return <Chip title="Archived: left out of lists unless asked for">archived</Chip>;
  return <span className="soft">{dateReleased === null ? "unreleased" : "open"}</span>;
}
