import { notFound } from "next/navigation";

/** Any other path below an organization. Without this route, Next would show its page for unknown URLs, without the navigation. */
export default function UnknownPage(): never {
  notFound();
}
