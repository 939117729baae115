import { type LoadOrder, runLoad } from "./run-load.ts";

/*
 * The process that sends the requests, so that they do not slow down the measuring process. It receives orders from its parent, one at a
 * time, and exits with it.
 */
process.on("message", (order: LoadOrder) => {
  runLoad(order).then(
    (result) => process.send?.({ result }),
    (error: unknown) => process.send?.({ error: String(error) }),
  );
});
process.once("disconnect", () => process.exit(0));
