import { CreateToken } from "./create-token.tsx";
import { usefulScopes } from "./scope-words.ts";

/** CI has tokens of the organization, which outlive people's accounts. */
const OFFERED = usefulScopes.filter((scope) => scope !== "org:ci");

/** A button to make a token of the viewer's own. `organization` is empty outside of any. */
export function CreateOwnToken({ organization }: { readonly organization: string }) {
  return <CreateToken owner="me" organization={organization} scopes={OFFERED} />;
}
