"use client";

import { usePathname } from "next/navigation";
import type { DocumentGroup } from "#server/docs/documents.ts";
import { PageLink } from "#ui/links.tsx";
import classes from "./documents.module.css";

/** The list of all documents, with the current one marked. */
export function DocumentList({ groups }: { readonly groups: readonly DocumentGroup[] }) {
  const path = usePathname();
  return (
    <nav aria-label="All documents" className={classes["list"]}>
      {groups.map(({ name, documents }) => (
        <section key={name} aria-label={name}>
          <h2>{name}</h2>
          <ul>
            {documents.map(({ title, href }) => (
              <li key={href}>
                <PageLink href={href} aria-current={href === path ? "page" : undefined}>
                  {title}
                </PageLink>
              </li>
            ))}
          </ul>
        </section>
      ))}
    </nav>
  );
}
