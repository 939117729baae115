import { connect } from "node:net";

/** Sends bytes as they are to the server at `url` and answers all it says until it closes the connection. */
export function rawRequest(url: string, text: string): Promise<string> {
  const { hostname, port } = new URL(url);
  return new Promise((resolve, reject) => {
    let said = "";
    const socket = connect(Number(port), hostname, () => socket.write(text, "latin1"));
    socket.setEncoding("latin1").on("data", (part: string) => (said += part));
    socket.setTimeout(5000, () => socket.destroy(new Error(`no end of the answer:\n${said}`)));
    socket.once("error", reject).once("close", () => resolve(said));
  });
}
