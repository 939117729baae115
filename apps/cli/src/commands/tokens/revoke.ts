import { command } from "../../command.ts";
import { flag, required } from "../../parameters.ts";
import { wantedOrganization } from "../../wanted.ts";

type Revoked = { readonly id: string; readonly revoked: true };

/** Ends a token. */
export const revokeToken = command({
  describe: "end a token at once",
  arguments: { id: required("<id>", "its id, as `tokens list` shows it") },
  options: { personal: flag("--personal", "one of your own tokens") },
  examples: ["tokens revoke 12", "tokens revoke 7 --personal"],
  writes: true,
  async run(context, { id, personal }): Promise<Revoked | undefined> {
    const { client } = context;
    if (personal) await context.write("me.revokeToken", { token: id }, (sent) => client.me.revokeToken.mutate(sent));
    else {
      const input = { organization: wantedOrganization(context), token: id };
      await context.write("tokens.revoke", input, (sent) => client.tokens.revoke.mutate(sent));
    }
    return { id, revoked: true };
  },
  print: ({ id }) => `Revoked token ${id}`,
});
