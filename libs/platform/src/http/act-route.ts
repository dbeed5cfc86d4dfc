import type { CommandType } from '#libs/kernel';

/** One act over HTTP: what was done is a noun. */
export interface ActRoute {
  /** Below the system's root; `:id` stands for the case. Without one, the act opens a case. */
  readonly path: string;
  readonly command: CommandType;
  /** For people. */
  readonly says: string;
  /** Its operation's name, where several routes take the command; the command's own otherwise. */
  readonly name?: string;
}
