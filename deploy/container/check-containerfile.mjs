import { execFileSync, spawn } from "node:child_process";
import { chmodSync, cpSync, existsSync, mkdirSync, mkdtempSync, readFileSync, realpathSync, rmSync, writeFileSync } from "node:fs";
import { createRequire } from "node:module";
import { tmpdir } from "node:os";
import path from "node:path";
import { fileURLToPath } from "node:url";

/**
 * Runs the instructions of the Containerfile without a container engine, as root on Debian with debootstrap: each stage in a root file system
 * of its own, made by debootstrap, with the Node of this repository. Then it runs the result as a container would: as the user of the file,
 * with a read-only root, and with the health check; and stops it with SIGTERM. It checks the steps, not an engine.
 *
 * Usage: node deploy/container/check-containerfile.mjs [folder with a minimal Debian, which is created if it does not exist]
 */
const repository = fileURLToPath(new URL("../..", import.meta.url));
const work = mkdtempSync(path.join(tmpdir(), "landfall-container-"));
const base = path.resolve(process.argv[2] ?? path.join(work, "base"));
const run = (command, args, options = {}) => execFileSync(command, args, { stdio: ["ignore", "inherit", "inherit"], ...options });
/** Those of this machine, which may trust a proxy. */
const CERTIFICATES = "etc/ssl/certs/ca-certificates.crt";
const report = (text) => process.stdout.write(`${text}\n`);

if (!existsSync(path.join(base, "etc"))) {
  run("debootstrap", ["--variant=minbase", "--include=ca-certificates", "trixie", base], { stdio: ["ignore", "ignore", "inherit"] });
}

/** Returns the instructions of a file, with their continuation lines joined. */
function instructionsOf(file) {
  const lines = readFileSync(file, "utf8").replace(/\\\n/g, " ").split("\n");
  return lines.filter((line) => /^[A-Z]+ /.test(line)).map((line) => /^([A-Z]+) (.*)$/.exec(line).slice(1));
}

/** Copies the base, and puts Node and npm where the image of Node has them. */
function createRoot(name) {
  const root = path.join(work, name);
  run("cp", ["-a", base, root]);
  const require = createRequire(path.join(repository, "package.json"));
  const node = path.join(path.dirname(realpathSync(require.resolve("node/package.json"))), "bin", "node");
  cpSync(realpathSync(node), path.join(root, "usr/local/bin/node"));
  chmodSync(path.join(root, "usr/local/bin/node"), 0o755);
  const npm = path.resolve(realpathSync(execFileSync("sh", ["-c", "command -v npm"], { encoding: "utf8" }).trim()), "../..");
  cpSync(npm, path.join(root, "usr/local/lib/node_modules/npm"), { recursive: true });
  for (const program of ["npm", "npx"]) {
    const file = path.join(root, "usr/local/bin", program);
    writeFileSync(file, `#!/bin/sh\nexec node /usr/local/lib/node_modules/npm/bin/${program}-cli.js "$@"\n`);
    chmodSync(file, 0o755);
  }
  for (const file of ["etc/resolv.conf", "etc/hosts", CERTIFICATES])
    cpSync(path.join("/", file), path.join(root, file), { dereference: true });
  return { root, workdir: "/", env: {}, user: "0:0", entrypoint: [], command: [], health: [], volumes: [] };
}

/** What a build on this machine needs to reach the registry. */
const proxies = Object.entries(process.env).filter(([name]) => /^(npm_config_registry|https?_proxy|no_proxy)$/i.test(name));
const buildEnv = { ...Object.fromEntries(proxies), NODE_EXTRA_CA_CERTS: `/${CERTIFICATES}` };
const PATH = "/usr/local/bin:/usr/local/sbin:/usr/sbin:/usr/bin:/sbin:/bin";

/** Runs a shell command in a stage, with /proc, as a build does. */
function runInStage({ root, workdir, env }, command) {
  const script = 'mount -t proc proc "$0/proc" && exec chroot "$0" /bin/sh -c "$1"';
  run("unshare", ["--mount", "sh", "-c", script, root, `cd ${workdir} && ${command}`], {
    env: { PATH, HOME: "/root", ...buildEnv, ...env },
  });
}

const stages = new Map();
let stage;
for (const [instruction, text] of instructionsOf(path.join(repository, "deploy/container/Containerfile"))) {
  report(`${instruction} ${text}`);
  if (instruction === "FROM") {
    const name = / AS (\w+)/.exec(text)?.[1] ?? "final";
    stages.set(name, (stage = createRoot(name)));
  } else if (instruction === "WORKDIR") {
    stage.workdir = text;
    mkdirSync(path.join(stage.root, text), { recursive: true });
  } else if (instruction === "COPY") copy(text);
  else if (instruction === "RUN") runInStage(stage, text);
  else if (instruction === "ENV") {
    for (const [, name, value] of text.matchAll(/(\w+)=(\S+)/g)) stage.env[name] = value;
  } else if (instruction === "USER") stage.user = text;
  else if (instruction === "VOLUME") stage.volumes.push(text);
  else if (instruction === "HEALTHCHECK") stage.health = JSON.parse(text.slice(text.indexOf("[")));
  else if (instruction === "ENTRYPOINT") stage.entrypoint = JSON.parse(text);
  else if (instruction === "CMD") stage.command = JSON.parse(text);
  else if (!["EXPOSE", "STOPSIGNAL"].includes(instruction)) throw new Error(`${instruction} is not known here`);
}

/** `COPY . .` copies the files that git knows, which .dockerignore does not exclude. */
function copy(text) {
  const [, from, source, target] = /^(?:--from=(\w+) )?(\S+) (\S+)$/.exec(text);
  const destination = path.join(stage.root, path.resolve(stage.workdir, target));
  if (from !== undefined) return run("cp", ["-a", path.join(stages.get(from).root, source), destination]);
  run("sh", ["-c", `git -C "${repository}" archive HEAD | tar -x -C "${destination}"`]);
}

await check(stage);
rmSync(work, { recursive: true, force: true });

async function check({ root, env, user, entrypoint, command, health, volumes, workdir }) {
  const [uid, gid] = user.split(":");
  // In a mount namespace of its own, the root is read-only; volumes and /tmp are not.
  const mounts = [
    `mount --bind "${root}" "${root}"`,
    ...volumes.map((volume) => `mount --bind "${root}${volume}" "${root}${volume}"`),
    `mount -t tmpfs tmpfs "${root}/tmp"`,
    `mount -t proc proc "${root}/proc"`,
    `mount -o remount,bind,ro "${root}"`,
  ];
  const enter = `cd "${root}${workdir}" && exec chroot --userspec=${uid}:${gid} "${root}" "$@"`;
  const script = `${mounts.join(" && ")} && ${enter}`;
  const server = spawn("unshare", ["--mount", "sh", "-c", script, "sh", ...entrypoint, ...command], {
    env: { PATH, ...env },
    stdio: ["ignore", "pipe", "inherit"],
  });
  const ended = new Promise((resolve) => server.once("exit", (code, signal) => resolve(code ?? signal)));
  const started = performance.now();
  await Promise.race([
    new Promise((resolve) => server.stdout.on("data", (text) => String(text).includes("ready on") && resolve())),
    ended.then((code) => Promise.reject(new Error(`the server ended with ${code}`))),
  ]);
  report(`ready after ${((performance.now() - started) / 1000).toFixed(1)} s`);
  try {
    const status = readFileSync(`/proc/${server.pid}/status`, "utf8");
    const owner = /^Uid:\s+(\d+)/m.exec(status)[1];
    if (owner !== uid) throw new Error(`the server runs as ${owner}, not as ${uid}`);
    const probe = `touch /written 2>/dev/null || touch /app/written 2>/dev/null`;
    if (canRun(["nsenter", "--mount", `--target=${server.pid}`, "chroot", root, "sh", "-c", probe]))
      throw new Error("the root is writable");
    run("chroot", [`--userspec=${user}`, root, ...health], { env: { PATH, ...env } });
    report("healthy");
    const response = await fetch("http://127.0.0.1:3000/sign-in");
    if (response.status !== 200) throw new Error(`the page responds with ${response.status}`);
    report("serves pages");
  } finally {
    server.kill("SIGTERM");
  }
  const code = await ended;
  if (code !== 0) throw new Error(`the server ended with ${code} after SIGTERM`);
  report("stopped on SIGTERM");
}

function canRun([program, ...args]) {
  try {
    execFileSync(program, args, { stdio: "ignore" });
    return true;
  } catch {
    return false;
  }
}
