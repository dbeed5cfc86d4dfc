/**
 * Whether `text` is an address of one of the protocols with a host. Several hosts separated by commas, as database
 * drivers write them, are let through: the driver says the rest.
 */
export function parseConnectionUrl(text: string, protocols: readonly string[]): boolean {
  const match = /^([a-z][a-z+]*:)\/\/([^/?#\s]+)([/?#]\S*)?$/.exec(text);
  return match !== null && protocols.includes(match[1] ?? '');
}
