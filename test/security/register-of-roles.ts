import { writeFileSync } from 'node:fs';

/** Every role an appointment can carry. */
export const ROLES = [
  'head',
  'deputyHead',
  'handler',
  'clerk',
  'supervisor',
  'auditor',
  'operator',
  'clockKeeper',
  'registrar',
  'lawKeeper',
] as const;

/**
 * Organs by how they stand to the case of the test: it asked, it was asked, it is a third one of the same city, the
 * establishment office of the city, one of another city.
 */
export const ORGANS = {
  asking: { id: uuid(1), name: '请求示例局', kind: 'administrative', region: '350200' },
  asked: { id: uuid(2), name: '协助示例局', kind: 'administrative', region: '350200' },
  third: { id: uuid(3), name: '无关示例局', kind: 'administrative', region: '350200' },
  office: { id: uuid(4), name: '机构编制示例办公室', kind: 'staffingOffice', region: '350200' },
  elsewhere: { id: uuid(5), name: '外地示例局', kind: 'administrative', region: '350500' },
} as const;

export type OrganName = keyof typeof ORGANS;

/** A second registrar and keeper of law data of the establishment office: nobody decides what they asked for themselves. */
export const SECOND = { id: uuid(3000), account: 'second.registrar', appointment: uuid(3001) } as const;

/** `asking.head`, …: one person for each role in each organ, each with one role. */
export const accountsOf = (name: OrganName): readonly string[] => ROLES.map((role) => `${name}.${role}`);

export const idOf = (account: string): string => uuid(1000 + accounts.indexOf(account));

export const appointmentOf = (account: string): string => uuid(2000 + accounts.indexOf(account));

const names = Object.keys(ORGANS) as OrganName[];
const accounts = names.flatMap(accountsOf);

export function writeRegister(path: string): void {
  const register = {
    organs: Object.values(ORGANS),
    persons: [
      ...accounts.map((account) => ({ id: idOf(account), name: `示例人员${account}`, account })),
      { id: SECOND.id, name: '示例人员', account: SECOND.account },
    ],
    appointments: [
      ...names.flatMap((name) =>
        ROLES.map((role) => ({
          id: appointmentOf(`${name}.${role}`),
          person: idOf(`${name}.${role}`),
          organ: ORGANS[name].id,
          post: '示例职务',
          roles: [role],
          from: '2020-01-01',
        })),
      ),
      {
        id: SECOND.appointment,
        person: SECOND.id,
        organ: ORGANS.office.id,
        post: '示例职务',
        roles: ['registrar', 'lawKeeper'],
        from: '2020-01-01',
      },
    ],
  };
  writeFileSync(path, JSON.stringify(register));
}

function uuid(n: number): string {
  return `00000000-0000-4000-8000-${String(n).padStart(12, '0')}`;
}
