import { runningApp } from "#server/pages/running-app.ts";

type Route = { readonly params: Promise<{ readonly name: string }> };

/** A picture of the documentation. */
export async function GET(_request: Request, { params }: Route): Promise<Response> {
  const picture = runningApp().documents.picture((await params).name);
  if (picture === null) return new Response("There is no such picture.\n", { status: 404 });
  return new Response(picture, { headers: { "Content-Type": "image/png", "Cache-Control": "public, max-age=300" } });
}
