import Link from "next/link";
import type { ComponentProps } from "react";

/** A link to one of our pages. Pages are made for each request, so that fetching them ahead would be work for nobody. */
export function PageLink(props: ComponentProps<typeof Link>) {
  return <Link prefetch={false} {...props} />;
}
