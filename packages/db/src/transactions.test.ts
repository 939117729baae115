import { expect, test } from "vitest";
import { createTransactionTracker } from "./transactions.ts";

const quiet = () => {};
const owner = {};

test("a transaction is current for its own handle, across awaits, until its work ends", async () => {
  const units = createTransactionTracker(quiet);
  const over = expect.objectContaining({ code: "transaction_over" });
  expect(() => units.current(owner)).toThrow(over);
  let late: Promise<unknown> | undefined;
  await units.run(owner, async () => {
    await Promise.resolve();
    expect(units.current(owner)).toBeDefined();
    expect(() => units.current({})).toThrow(over);
    late = Promise.resolve().then(async () => {
      for (let turn = 0; turn < 10; turn++) await Promise.resolve();
      return units.current(owner);
    });
  });
  await expect(late).rejects.toEqual(over);
  expect(() => units.current(owner)).toThrow(over);
});

test("rejects nesting, but not concurrent transactions or those started after the end", async () => {
  const units = createTransactionTracker(quiet);
  let goOn = () => {};
  const gate = new Promise<void>((resolve) => {
    goOn = resolve;
  });
  let later: Promise<void> | undefined;
  const first = units.run(owner, async () => {
    expect(() => units.refuseNesting()).toThrow(expect.objectContaining({ code: "nested_transaction" }));
    later = gate.then(() => units.refuseNesting());
  });
  units.refuseNesting();
  await first;
  goOn();
  await expect(later).resolves.toBeUndefined();
});

test("transactions of two stores are independent", async () => {
  const [one, other] = [createTransactionTracker(quiet), createTransactionTracker(quiet)];
  await one.run(owner, async () => {
    other.refuseNesting();
    await other.run(owner, async () => {
      expect(one.current(owner)).not.toBe(other.current(owner));
    });
  });
});

test("after-commit work is returned with the value, and dropped after an error", async () => {
  const reported: unknown[] = [];
  const units = createTransactionTracker((error, during) => reported.push([error, during]));
  const ran: number[] = [];
  const { value, afterCommit } = await units.run(owner, async () => {
    units.current(owner).afterCommit.push(
      () => ran.push(1),
      () => {
        throw "a string";
      },
      () => ran.push(2),
    );
    return "value";
  });
  expect([value, ran]).toEqual(["value", []]);
  afterCommit();
  expect([ran, reported]).toEqual([[1, 2], [["a string", "after-commit work"]]]);
  await expect(units.run(owner, () => Promise.reject(new Error("stop")))).rejects.toThrow("stop");
});

test("an error of the reporter is ignored", async () => {
  const units = createTransactionTracker(() => {
    throw new Error("no log");
  });
  const ran: number[] = [];
  const { afterCommit } = await units.run(owner, async () => {
    const fails = () => {
      throw new Error("first");
    };
    units.current(owner).afterCommit.push(fails, () => ran.push(2));
  });
  afterCommit();
  expect(ran).toEqual([2]);
});
