import type { Owner } from "./data-directory.ts";

/** Somebody whose browser is signed in to a server. */
export interface SignedIn {
  /** Asks for a page; answers the milliseconds until all of its HTML was there. Throws when it is not answered with a page. */
  time(path: string): Promise<number>;
}

/** Signs in at a server as its page would. */
export async function signedIn(origin: string, owner: Owner): Promise<SignedIn> {
  const answer = await fetch(`${origin}/api/auth/sign-in/password`, {
    method: "POST",
    headers: { "Content-Type": "application/json", Origin: origin },
    body: JSON.stringify(owner),
  });
  if (!answer.ok) throw new Error(`signing in was answered ${answer.status}: ${await answer.text()}`);
  const cookie = answer.headers
    .getSetCookie()
    .map((set) => set.split(";", 1)[0])
    .join("; ");
  return {
    async time(path) {
      const started = performance.now();
      const page = await fetch(origin + path, { headers: { cookie }, redirect: "manual" });
      const html = await page.text();
      const took = performance.now() - started;
      if (page.status !== 200 || !html.includes("</html>")) throw new Error(`${path} was answered ${page.status}`);
      return took;
    },
  };
}
