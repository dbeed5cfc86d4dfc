/**
 * Whether `text` is an address of one of the protocols with a host. Several hosts separated by commas, as database
 * drivers write them, are let through: the driver says the rest.
 */
export function parseConnectionUrl(text: string, protocols: readonly string[]): boolean {
  const match = /^([a-z][a-z+]*:)\/\/([^/?#\s]+)([/?#]\S*)?$/.exec(text);
  return match !== null && protocols.includes(match[1] ?? '');
}

const LOOPBACK = /^(localhost|127(\.\d{1,3}){3}|\[::1\])$/;

/**
 * Whether `text` is an address that nobody on the way can answer in another's name: https, or http on this machine
 * (RFC 9700 section 2.6; RFC 8252 section 7.3 for loopback).
 */
export function isTrustworthyUrl(text: string): boolean {
  const url = URL.canParse(text) ? new URL(text) : undefined;
  return url?.protocol === 'https:' || (url?.protocol === 'http:' && LOOPBACK.test(url.hostname));
}

/** What is wrong with an address that is not {@link isTrustworthyUrl}. */
export const UNTRUSTWORTHY = '须为以 https:// 开头的地址（只有本机地址可以用 http://）';
