import Link from "next/link";
import type { ComponentProps, ReactNode } from "react";

/** A link to a page of the app, without prefetching: each page is rendered per request. */
export function PageLink(props: ComponentProps<typeof Link>) {
  return <Link prefetch={false} {...props} />;
}

type ExternalLinkProps = {
  readonly href: string | null;
  readonly className?: string;
  readonly title?: string;
  readonly children: ReactNode;
};

/** A link to another site, from stored text; renders plain text unless that is an HTTP URL. */
export function ExternalLink({ href, children, ...rest }: ExternalLinkProps) {
  const url = safeWebUrl(href);
  if (url === null) return <span {...rest}>{children}</span>;
  return (
    <a href={url} rel="noopener noreferrer" {...rest}>
      {children}
    </a>
  );
}

/** Returns the normalized URL if it is HTTP or HTTPS; null for anything else, such as `javascript:`. */
export function safeWebUrl(text: string | null): string | null {
  if (text === null || !URL.canParse(text)) return null;
  const { protocol, href } = new URL(text);
  return protocol === "https:" || protocol === "http:" ? href : null;
}
