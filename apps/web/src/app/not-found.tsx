import type { Metadata } from "next";
import Link from "next/link";

export const metadata: Metadata = { title: "Not found" };

/** The answer to an address that is no page. */
export default function NotFound() {
  return (
    <>
      <h1>There is no such page</h1>
      <p>
        Check the address, or go to{" "}
        <Link href="/" prefetch={false}>
          the first page
        </Link>
        .
      </p>
    </>
  );
}
