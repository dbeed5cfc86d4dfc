import type { Metadata } from '@grpc/grpc-js';
import { accessDenied, unauthenticated } from './wire-error.js';

export interface Account {
  readonly password: string;
  /** May use `$all` and system streams. */
  readonly admin?: boolean;
}

/** What somebody wants to do to a stream, or to `$all`. */
export interface Wish {
  readonly user: string | undefined;
  readonly operation: 'read' | 'write' | 'delete';
  readonly stream: string;
}

/** Who may do what. Without accounts everybody may do everything, as on an insecure server. */
export class Access {
  /** A further rule of a test: what it returns true for is denied. */
  denies: (wish: Wish) => boolean = () => false;

  constructor(private readonly accounts?: Readonly<Record<string, Account>>) {}

  /** @throws WireError */
  check(metadata: Metadata, wish: Omit<Wish, 'user'>): void {
    const user = this.#userOf(metadata);
    if (this.denies({ ...wish, user })) throw accessDenied();
    if (!this.accounts) return;
    const account = user === undefined ? undefined : this.accounts[user];
    if (!account || (wish.stream.startsWith('$') && !account.admin)) throw accessDenied();
  }

  #userOf(metadata: Metadata): string | undefined {
    const [header] = metadata.get('authorization');
    if (!this.accounts || header === undefined) return undefined;
    const encoded = /^Basic (.+)$/.exec(String(header))?.[1] ?? '';
    const [, user = '', password] = /^([^:]*):(.*)$/s.exec(Buffer.from(encoded, 'base64').toString('utf8')) ?? [];
    if (!Object.hasOwn(this.accounts, user) || this.accounts[user]?.password !== password) throw unauthenticated();
    return user;
  }
}
