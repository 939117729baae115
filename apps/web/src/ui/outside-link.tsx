import type { ReactNode } from "react";
import { webLink } from "./web-link.ts";

type OutsideLinkProps = {
  readonly href: string | null;
  readonly className?: string;
  readonly title?: string;
  readonly children: ReactNode;
};

/** A link to another site, from stored text: text alone when that is no address of the web. */
export function OutsideLink({ href, children, ...rest }: OutsideLinkProps) {
  const address = webLink(href);
  if (address === null) return <span {...rest}>{children}</span>;
  return (
    <a href={address} rel="noopener noreferrer" {...rest}>
      {children}
    </a>
  );
}
