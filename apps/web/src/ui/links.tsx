import Link from "next/link";
import type { ComponentProps, ReactNode } from "react";

/** A link to one of our pages. Pages are made for each request, so that fetching them ahead would be work for nobody. */
export function PageLink(props: ComponentProps<typeof Link>) {
  return <Link prefetch={false} {...props} />;
}

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

/** The address a stored text leads to, when it is one of the web; null for all else, such as a script. */
export function safeWebUrl(text: string | null): string | null {
  if (text === null || !URL.canParse(text)) return null;
  const { protocol, href } = new URL(text);
  return protocol === "https:" || protocol === "http:" ? href : null;
}
