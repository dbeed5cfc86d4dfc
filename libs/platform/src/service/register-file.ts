import { readFile } from 'node:fs/promises';
import { organSeedFrom, type OrganSeed } from '#libs/law';

/** The operator's register file cannot be read. */
export class RegisterFileRefused extends Error {
  override readonly name = 'RegisterFileRefused';
}

/** The register in the operator's file. @throws RegisterFileRefused; DataFaulty naming every fault of what is in it. */
export async function registerIn(path: string): Promise<OrganSeed> {
  return organSeedFrom(await contentOf(path));
}

async function contentOf(path: string): Promise<unknown> {
  try {
    return JSON.parse(await readFile(path, 'utf8')) as unknown;
  } catch (error) {
    const reason = error instanceof SyntaxError ? '不是合法的 JSON' : '无法打开';
    throw new RegisterFileRefused(`KESU_ORGANS：机关登记文件${reason}：${path}（${(error as Error).message}）`, {
      cause: error,
    });
  }
}
