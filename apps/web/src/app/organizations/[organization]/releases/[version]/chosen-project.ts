import type { ReleaseView } from "@landfall/schema/views/release";
import { headers } from "next/headers";

/**
 * The project whose releases stand before and after this one: the one the address names, if the release is in it, else its first. A layout
 * is not told the query of the address, so that it is read from the request.
 */
export async function chosenProject({ projects }: ReleaseView): Promise<ReleaseView["projects"][number] | null> {
  const { searchParams } = new URL((await headers()).get("x-page") ?? "/", "http://landfall.invalid");
  const named = searchParams.get("project");
  return projects.find(({ slug }) => slug === named) ?? projects[0] ?? null;
}
