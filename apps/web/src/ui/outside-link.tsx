import type { ReactNode } from "react";
import { safeWebUrl } from "./web-link.ts";

type ExternalLinkProps = {
  readonly href: string | null;
  readonly className?: string;
  readonly title?: string;
  readonly children: ReactNode;
};

/** A link to another site, from stored text: text alone when that is no address of the web. */
export function ExternalLink({ href, children, ...rest }: ExternalLinkProps) {
  const address = safeWebUrl(href);
  if (address === null) return <span {...rest}>{children}</span>;
  return (
    <a href={address} rel="noopener noreferrer" {...rest}>
      {children}
    </a>
  );
}
