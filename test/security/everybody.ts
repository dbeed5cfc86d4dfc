import type { Officer, Reply, ServiceHere } from '../service/index.js';
import { accountsOf, ORGANS, type OrganName } from './register-of-roles.js';

/** Who may do something, written by hand: of each kind of organ the roles, separated by blanks. */
export type Cells = Partial<Readonly<Record<OrganName, string>>>;

/** An account for every role in every kind of organ. */
export const everybody = (Object.keys(ORGANS) as OrganName[]).flatMap(accountsOf);

export const partsOf = (account: string): readonly [OrganName, string] => account.split('.') as [OrganName, string];

export const isIn = (cells: Cells | undefined, account: string): boolean => {
  const [name, role] = partsOf(account);
  return (cells?.[name] ?? '').split(' ').includes(role);
};

/**
 * Who may know of a case at all. Of the two sides, those whose role works on cases: whoever keeps a side's service or clock
 * running has no business with the people a case names. Their auditors read as auditors of the city do.
 */
export const READERS = {
  asking: 'head deputyHead handler clerk auditor',
  asked: 'head deputyHead handler clerk auditor',
  third: 'auditor',
  office: 'supervisor auditor',
} as const satisfies Cells;

export const mayRead = (account: string): boolean => isIn(READERS, account);

/** What everybody is to be answered. */
export const expectedOf = (cell: (account: string) => unknown): Record<string, unknown> =>
  Object.fromEntries(everybody.map((account) => [account, cell(account)]));

/** What everybody is answered, in turn. */
export async function outcomesOf(
  here: ServiceHere,
  of: (officer: Officer, account: string) => Promise<unknown>,
): Promise<Record<string, unknown>> {
  const found: Record<string, unknown> = {};
  for (const account of everybody) found[account] = await of(here.as(account), account);
  return found;
}

/** All of an answer but when it was given and under which trace. */
export const bytesOf = ({ status, text, headers }: Reply): object => ({
  status,
  text: text.replace(/"traceId":"[0-9a-f]{32}"/, '"traceId"'),
  headers: [...headers].filter(([name]) => name !== 'date' && name !== 'traceparent'),
});
