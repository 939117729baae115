import type { OrganizationPage } from "../../../../page-data/organization-page.ts";
import { type ListAddress, listInput } from "./list-address.ts";
import type { Besides } from "./nothing-listed.tsx";

/** What an empty list leaves out. */
export async function readBesides(
  { call, organization }: Pick<OrganizationPage, "call" | "organization">,
  address: ListAddress,
): Promise<Besides> {
  const [archived, all] = await Promise.all([
    call.releases.count({ organization, ...listInput(address), status: "archived" }),
    call.releases.count({ organization, status: "" }),
  ]);
  const beyond = all.count > 0 ? all : await call.releases.count({ organization, project: ["-1"], status: "" });
  return { archived, all, beyond };
}
