import { getStorage } from "@landfall/core/artifacts/get-storage";
import { setStorageQuota } from "@landfall/core/artifacts/set-storage-quota";
import { ByteSize } from "@landfall/schema/fields/byte-size";
import { Command, InvalidArgumentError } from "commander";
import type { Env } from "../../env.ts";
import { formatBytes } from "../ui/bytes-text.ts";
import { actingAsServer } from "./acting-as.ts";
import type { Output } from "./output.ts";
import { withApp, withReadingApp } from "./with-app.ts";

type QuotaOptions = { readonly org: string; readonly set?: number; readonly default?: boolean; readonly json?: boolean };

/** `quota`: how many bytes of artifacts an organization may store. */
export function quotaCommand(env: () => Env, out: Output): Command {
  return new Command("quota")
    .description("Prints or changes how many bytes of artifacts an organization may store. Works beside a running server.")
    .requiredOption("--org <slug>", "the organization")
    .option("--set <size>", "the new quota, such as 20GiB", sizeArgument)
    .option("--default", "use the default, LANDFALL_ARTIFACT_QUOTA, again")
    .option("--json", "print JSON")
    .action(async (options: QuotaOptions, command: Command) => {
      const { org: organization, set, json } = options;
      if (set !== undefined && options.default) command.error("error: use either --set or --default");
      const isChange = set !== undefined || options.default === true;
      const { bytes, quota } = await (isChange ? withApp : withReadingApp)(env(), async (app) => {
        const context = await actingAsServer(app);
        if (isChange) await setStorageQuota(context, { organization, quota: set ?? null });
        return getStorage(context, { organization, per_page: 1 });
      });
      if (json) return out.json({ organization, bytes, quota });
      out.print(`${organization}: ${formatBytes(bytes)} of ${quota === null ? "no limit" : formatBytes(quota)}`);
    });
}

function sizeArgument(text: string): number {
  const { data } = ByteSize.safeParse(text);
  if (data === undefined) throw new InvalidArgumentError("Use a size such as 500MiB or 20GiB.");
  return data;
}
