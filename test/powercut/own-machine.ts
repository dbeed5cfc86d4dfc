import { execFile, spawn } from 'node:child_process';
import { randomUUID } from 'node:crypto';
import { once } from 'node:events';
import { writeFile } from 'node:fs/promises';
import { promisify } from 'node:util';

const run = promisify(execFile);

/** Mounts and processes of its own, all of which end with the first process in it, however that ends. */
const OWN = ['--mount', '--pid', '--fork', '--kill-child', '--mount-proc', '--'];

/** Why this machine cannot give a process mounts of its own; undefined when it can. */
export async function whyNotOwn(): Promise<string | undefined> {
  if (process.platform !== 'linux') return `本机系统是 ${process.platform}`;
  if (process.getuid?.() !== 0) return '当前用户不是 root';
  return run('unshare', [...OWN, 'true']).then(
    () => undefined,
    (error: Error) => `无法建立独立的挂载空间（${error.message.trim()}）`,
  );
}

/** Runs a program of Node's in mounts and processes of its own, so that nobody else sees them and nothing is left. */
export async function runOnOwn(args: readonly string[], env: NodeJS.ProcessEnv): Promise<number> {
  const child = spawn('unshare', [...OWN, process.execPath, ...args], { env, stdio: 'inherit' });
  for (const signal of ['SIGINT', 'SIGTERM', 'SIGHUP'] as const) process.on(signal, () => child.kill('SIGKILL'));
  const [code] = (await once(child, 'exit')) as [number | null];
  return code ?? 1;
}

const BOOT_ID = '/proc/sys/kernel/random/boot_id';

/**
 * Lets the processes here see a machine that has booted anew, as after any power cut, though the kernel has run on.
 * @param file where what they read is kept from then on.
 */
export async function bootAnew(file: string): Promise<void> {
  await writeFile(file, `${randomUUID()}\n`);
  await run('umount', [BOOT_ID]).catch(() => undefined);
  await run('mount', ['--bind', file, BOOT_ID]);
}
