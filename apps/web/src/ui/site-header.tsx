import Link from "next/link";

/** The name of the product, as the way home. */
export function SiteHeader() {
  return (
    <header className="site">
      <Link href="/" prefetch={false}>
        Landfall
      </Link>
    </header>
  );
}
