import { statSync } from "node:fs";
import { parentPort, workerData } from "node:worker_threads";
import Database from "better-sqlite3";
import { configureWriter, writeNoop } from "./connection.ts";

/** A request to the thread: `copy` during writes, `restart` while no transaction runs, `close` to end it. */
export type CheckpointRequest = "copy" | "restart" | "close";

/** Pages in the log, and how many of them were copied into the database; `busy` if a reader or another process prevented the rest. */
export type CheckpointResult = { readonly busy: boolean; readonly log: number; readonly checkpointed: number };

export type CheckpointReply =
  | { readonly result: CheckpointResult }
  | { readonly error: { readonly code: string; readonly message: string } };

/** The input of the thread. A log larger than `keptBytes` is truncated to zero at a restart. */
export type CheckpointWorkerData = { readonly file: string; readonly keptBytes: number };

/** How long a restart waits for readers and for other processes, in milliseconds; writers wait meanwhile. */
const patience = 200;

/** The thread that copies a SQLite log into its database, so that the event loop does not wait for the syncs of a checkpoint. */
function serve(port: NonNullable<typeof parentPort>, { file, keptBytes }: CheckpointWorkerData): void {
  const db = configureWriter(new Database(file, { timeout: patience, fileMustExist: true }), "normal");
  const openGuard = () => new Database(file, { timeout: patience, fileMustExist: true, readonly: true });
  /** Two readers, so that one begins before the other ends. */
  let [guard, other] = [openGuard(), openGuard()];

  /**
   * A reader that began now prevents writers from starting the log over once all is copied, which would sync on the writer's thread.
   * It stays until `restart`.
   */
  function copy(): CheckpointResult {
    const { log, checkpointed } = checkpoint("noop");
    // A reader that begins after the whole log was copied does not prevent it; the earlier one still does.
    if (guard.inTransaction && log === checkpointed) return { busy: false, log, checkpointed };
    other.exec("begin; select 1 from sqlite_master limit 1");
    endRead(guard);
    [guard, other] = [other, guard];
    return checkpoint("passive");
  }

  /** Starts the log over with a write of its own, which syncs the new header here. The write changes nothing. */
  function restart(): CheckpointResult {
    endRead(guard);
    const result = checkpoint(statSync(`${file}-wal`).size > keptBytes ? "truncate" : "restart");
    return isBusy(() => writeNoop(db)) ? { ...result, busy: true } : result;
  }

  function checkpoint(mode: "noop" | "passive" | "restart" | "truncate"): CheckpointResult {
    const [row] = db.prepare<[], { busy: number; log: number; checkpointed: number }>(`pragma wal_checkpoint(${mode})`).all();
    if (!row) throw new Error("A checkpoint returned nothing.");
    return { busy: row.busy !== 0, log: row.log, checkpointed: row.checkpointed };
  }

  port.on("message", (request: CheckpointRequest) => {
    if (request === "close") {
      for (const connection of [guard, other, db]) connection.close();
      port.close();
    } else port.postMessage(reply(request === "copy" ? copy : restart));
  });
}

function endRead(guard: Database.Database): void {
  if (guard.inTransaction) guard.exec("commit");
}

/** Whether `write` failed because of another process's lock. */
function isBusy(write: () => void): boolean {
  try {
    write();
    return false;
  } catch (error) {
    if (error instanceof Database.SqliteError && error.code.startsWith("SQLITE_BUSY")) return true;
    throw error;
  }
}

/** Errors lose their code when they are sent to another thread. */
function reply(work: () => CheckpointResult): CheckpointReply {
  try {
    return { result: work() };
  } catch (error) {
    const { code, message } = error instanceof Database.SqliteError ? error : { code: "", message: String(error) };
    return { error: { code, message } };
  }
}

if (parentPort === null) throw new Error("This file is the start of a worker thread.");
serve(parentPort, workerData);
