import { connect } from "node:net";

/** Sends text unchanged to the server at `url`. Returns everything that the server sends until it closes the connection. */
export function rawRequest(url: string, text: string): Promise<string> {
  const { hostname, port } = new URL(url);
  return new Promise((resolve, reject) => {
    let received = "";
    const socket = connect(Number(port), hostname, () => socket.write(text, "latin1"));
    socket.setEncoding("latin1").on("data", (part: string) => (received += part));
    socket.setTimeout(5000, () => socket.destroy(new Error(`the response did not end:\n${received}`)));
    socket.once("error", reject).once("close", () => resolve(received));
  });
}
