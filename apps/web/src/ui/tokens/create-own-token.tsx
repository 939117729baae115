import { CreateToken } from "./create-token.tsx";
import { supportedScopes } from "./scope-words.ts";

/** CI has tokens of the organization, which outlive people's accounts. */
const OWN_TOKEN_SCOPES = supportedScopes.filter((scope) => scope !== "org:ci");

/** A button to make a token of the viewer's own. `organization` is empty outside of any. */
export function CreateOwnToken({ organization }: { readonly organization: string }) {
  return <CreateToken owner="me" organization={organization} scopes={OWN_TOKEN_SCOPES} />;
}
